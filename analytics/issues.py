"""Issues named by the municipalities of two groups, side by side, and the groups to compare."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.activities import prefecture_rates
from analytics.form_answers import form_answers
from analytics.statistics.difference import difference_limits
from data.catalogue import load_catalogue

ENDS = 5
QUESTION = "issue"
_SIDES = ("left", "right")


def issue_labels() -> dict[str, str]:
    """Return the issues that municipalities can name, in the order of the form."""
    issues = load_catalogue().programme.issues.values()
    return {issue.key: issue.label for issue in issues if "municipality" in issue.respondents}


def implemented_shares(
    con: DuckDBPyConnection, *, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return one row per prefecture: done ÷ answering over all its items in per cent, and rank.

    Numerators and denominators are summed over municipalities and items. rank is 1 for the highest
    share; of equal shares the smaller code comes first; without any answer it is missing.
    """
    rates = prefecture_rates(con, area_code="00", framework=framework, fiscal_year=fiscal_year)
    sums = rates.groupby(["area_code", "area_name"], as_index=False)[["done", "answering"]].sum()
    share = (100 * sums["done"] / sums["answering"]).where(sums["answering"] > 0)
    frame = sums.assign(share=share).sort_values(["share", "area_code"], ascending=[False, True])
    known = frame["share"].notna()
    return frame.assign(rank=known.cumsum().where(known)).reset_index(drop=True)


def ends_of(shares: pd.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the prefectures that carry out most and fewest items: five, or halves where fewer."""
    known = shares.dropna(subset=["share"])
    count = min(ENDS, len(known) // 2)
    codes = [str(code) for code in known["area_code"]]
    return tuple(codes[:count]), tuple(codes[len(codes) - count :])


def compared_issues(
    con: DuckDBPyConnection, *, fiscal_year: int, left: tuple[str, ...], right: tuple[str, ...]
) -> pd.DataFrame:
    """Return one row per issue: who names it among those answering, in either group.

    A group is codes of municipalities, or of prefectures and the nation, which stand for all
    of theirs. Rates and their difference (left less right, with 95 % limits) are in per cent and
    percentage points; they are null where nobody of a group answered.
    """
    answers = form_answers(con, area_code="00", fiscal_year=fiscal_year, question_ids=(QUESTION,))
    frame = pd.DataFrame({"issue_key": list(issue_labels()), "label": issue_labels().values()})
    for side, codes in zip(_SIDES, (left, right), strict=True):
        frame = frame.join(_counted(answers, codes, side, list(frame["issue_key"])))
    sizes = {side: frame[f"{side}_answering"] for side in _SIDES}
    lower, upper = difference_limits(
        frame["left_named"], sizes["left"], frame["right_named"], sizes["right"]
    )
    return frame.assign(
        difference=frame["left_rate"] - frame["right_rate"],
        lower_ci=100 * lower,
        upper_ci=100 * upper,
    )


def _counted(
    answers: pd.DataFrame, codes: tuple[str, ...], side: str, issues: list[str]
) -> pd.DataFrame:
    members = answers[belongs(answers, codes)]
    named = members.loc[members["status"] == "observed", "value"].str.split(";")
    counts = named.explode().value_counts()
    number = pd.Series([int(counts.get(issue, 0)) for issue in issues])
    answering = len(named)
    counted = pd.DataFrame({f"{side}_named": number})
    counted[f"{side}_answering"] = answering
    counted[f"{side}_expected"] = len(members)
    counted[f"{side}_rate"] = 100 * number / answering if answering else float("nan")
    return counted


def belongs(rows: pd.DataFrame, codes: tuple[str, ...]) -> pd.Series:
    """Tell which municipalities belong to a group of municipalities, prefectures or the nation."""
    chosen = list(codes)
    inside = rows["area_code"].isin(chosen) | rows["prefecture_code"].isin(chosen)
    return inside | ("00" in codes)


def overlap(
    con: DuckDBPyConnection, *, fiscal_year: int, left: tuple[str, ...], right: tuple[str, ...]
) -> int:
    """Return how many municipalities of the year stand in both groups."""
    rows = form_answers(con, area_code="00", fiscal_year=fiscal_year, question_ids=(QUESTION,))
    return int((belongs(rows, left) & belongs(rows, right)).sum())


def sorted_by_difference(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the issues with the widest difference first; those without one stay last."""
    width = frame["difference"].abs().fillna(-1)
    return frame.loc[width.sort_values(ascending=False, kind="stable").index]


def issues_sentence(
    frame: pd.DataFrame, *, left_name: str, right_name: str, year_label: str
) -> str:
    """Say which issue differs most between the groups, by how much, and whether chance could."""
    known = frame.dropna(subset=["difference"])
    if known.empty:
        silent = [name for name, side in ((left_name, "left"), (right_name, "right"))
                  if not frame[f"{side}_answering"].max()]  # fmt: skip
        return f"{year_label}は、{'と'.join(silent)}に課題を答えた市町村がなく、比べられません。"
    row = sorted_by_difference(known).iloc[0]
    opening = (
        f"{year_label}、課題を答えた{left_name}の{int(row['left_answering']):,}市町村と"
        f"{right_name}の{int(row['right_answering']):,}市町村では、"
    )
    if row["difference"] == 0:
        return f"{opening}どの課題も挙げた割合が同じです。"
    higher = left_name if row["difference"] > 0 else right_name
    beyond = known[(known["lower_ci"] > 0) | (known["upper_ci"] < 0)]
    names = "」「".join(beyond["label"])
    chance = (
        f"偶然の変動の目安を超えて違うのは「{names}」です。"
        if len(beyond)
        else "どの課題の差も、偶然の変動の目安の範囲です。"
    )
    return (
        f"{opening}差が最も大きい課題は「{row['label']}」（{row['left_rate']:.1f}％と"
        f"{row['right_rate']:.1f}％、{higher}が{abs(row['difference']):.1f}ポイント高い）。{chance}"
    )
