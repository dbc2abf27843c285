"""Monthly counts of admissions and discharges, kept as answers and summed to the fiscal year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pandas as pd

from data.catalogue import load_catalogue
from data.extract import Extract, RowIssue
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from data.harmonise.discharge_months import month_answers
from data.harmonise.printed_numbers import SIGNS

ACCEPTED_BY = "build"
CARE_LEVELS = ("support", "care")
# Counts that stand in one rate, so that a month counts only where all of them are there; each is
# no more than the one before.
GROUPS = (
    ("admissions_known", "admissions_informed"),
    ("discharges_known", "discharges_told", "discharges_late"),
)
_SIGNS = SIGNS | {"": "unanswered"}
_KEY = ["area_code", "month", "question_id"]


def harmonise_discharge(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Turn a workbook into monthly answers and into the year's measures of the same months."""
    form = extract.frames["form"].iloc[0]
    year = int(form["fiscal_year"])
    counts, issues = read_counts(extract.frames["counts"], areas)
    issues += set_contradictions_aside(counts)
    answers = _answers(counts, form, year)
    measures = year_measures(counts, year, areas).assign(source_id=source_id)
    covered = measures[["measure_id", "area_code"]].drop_duplicates()
    homes = sorted({code[3:5] for code in counts["area_code"]})
    coverage = [(f"survey:{form['survey_id']}:{year}", home) for home in homes]
    coverage += list(covered.itertuples(index=False, name=None))
    tables = {
        "survey_answer": answers,
        "survey_import": _import_row(form, answers["area_code"].nunique()),
        "measure": measures,
    }
    return Harmonised(tables, coverage, issues)


def read_counts(raw: pd.DataFrame, areas: AreaIndex) -> tuple[pd.DataFrame, list[RowIssue]]:
    """Return the counts that can be read; rows of no area or month are set aside by name."""
    known = {question.id for question in load_catalogue().surveys["discharge_form"].questions}
    raw = raw[~raw["area_code"].str.strip().str[3:5].isin(list(areas.left_out))]
    months = raw["month"].map(_month)
    codes = raw["area_code"].map(lambda text: _area(text, areas))
    issues = []
    for wrong, field, reason in (
        (codes.isna(), "area_code", "保健所の区域のコードではありません。"),
        (months.isna(), "month", "月として読めません。6 か 2024-06 のように書いてください。"),
    ):
        firsts = raw[wrong].drop_duplicates(["area_code", "month"])
        issues += [
            RowIssue(str(ref), field, str(found)[:100], reason)
            for ref, found in zip(firsts["source_ref"], firsts[field], strict=True)
        ]
    kept = raw.assign(area_code=codes, month=months)
    kept = kept[codes.notna() & months.notna() & raw["question_id"].isin(list(known))]
    once = kept.drop_duplicates(_KEY, keep="last")
    reason = "同じ保健所・月の行が後にもあるため、後の行を使いました。"
    twice = kept.drop(index=once.index).drop_duplicates(["area_code", "month"])
    issues += [RowIssue(str(ref), "month", "", reason) for ref in twice["source_ref"]]
    counts, misread = _with_status(once.astype({"month": int}))
    return counts, issues + misread


def _with_status(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[RowIssue]]:
    text = rows["value"].map(lambda cell: unicodedata.normalize("NFKC", cell).strip())
    status = text.map(_SIGNS)
    number = pd.to_numeric(
        text.str.replace(",", "").str.removesuffix("件"), errors="coerce"
    ).astype("float64")
    readable = (number >= 0) & (number % 1 == 0)
    misread = status.isna() & ~readable
    reason = "件数として読めないため、欠測としました。"
    issues = [
        RowIssue(str(ref), str(question), str(found)[:100], reason, set_aside=False)
        for ref, question, found in rows.loc[
            misread, ["source_ref", "question_id", "value"]
        ].itertuples(index=False)
    ]  # fmt: skip
    status = status.fillna("observed").mask(misread, "missing")
    number = number.where(status == "observed")
    return rows.assign(number=number, status=status).reset_index(drop=True), issues


def _month(text: str) -> int | None:
    found = re.fullmatch(r"(?:\d{4}[-/年])?(\d{1,2})月?", unicodedata.normalize("NFKC", text))
    return int(found[1]) if found and 1 <= int(found[1]) <= 12 else None


def _area(text: str, areas: AreaIndex) -> str | None:
    code = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"hc-\d{4,}", code) or code[3:5] not in areas.prefectures:
        return None
    return code if areas.zones is None or code in areas.zones else None


def _groups() -> Iterator[tuple[str, ...]]:
    for care in CARE_LEVELS:
        for group in GROUPS:
            yield tuple(f"{name}_{care}" for name in group)


def measure_ids() -> list[str]:
    """Return every measure that the form is summed to."""
    asked = [f"cm_{name}" for group in _groups() for name in group]
    return asked + [name.replace("told", "untold") for name in asked if "discharges_told" in name]


def _wide(counts: pd.DataFrame, group: tuple[str, ...]) -> pd.DataFrame:
    rows = counts[counts["question_id"].isin(group)]
    wide = rows.pivot(index=["area_code", "month"], columns="question_id", values="number")
    return wide.reindex(columns=list(group))


def set_contradictions_aside(counts: pd.DataFrame) -> list[RowIssue]:
    """Leave out the months in which a part is more than its whole, and name them."""
    issues = []
    for group in _groups():
        wide = _wide(counts, group)
        for whole, part in pairwise(group):
            wrong = wide.index[wide[part] > wide[whole]]
            hit = counts.set_index(["area_code", "month"]).index.isin(wrong)
            rows = counts[hit & (counts["question_id"] == part)]
            reason = "内訳が全体より多いため、この月のこの率に使う件数は欠測としました。"
            issues += [
                RowIssue(str(ref), part, f"{found:g}", reason, set_aside=False)
                for ref, found in zip(rows["source_ref"], rows["number"], strict=True)
            ]
            off = hit & counts["question_id"].isin(group)
            counts.loc[off, "status"] = "missing"
            counts.loc[off, "number"] = None
    return issues


def _answers(counts: pd.DataFrame, form: pd.Series, year: int) -> pd.DataFrame:
    return month_answers(counts).assign(
        survey_id=form["survey_id"],
        framework=load_catalogue().programme.framework_of(year).key,
        fiscal_year=year,
        note=None,
        import_id=f"import-{form['sha256'][:12]}",
    )


def year_measures(counts: pd.DataFrame, year: int, areas: AreaIndex) -> pd.DataFrame:
    """Return the sums over months in which every count of a rate is there, and of prefectures."""
    parts = []
    for group in _groups():
        whole = _wide(counts, group).dropna()
        sums = whole.groupby("area_code").sum()
        told, known = group[1], group[0]
        if told.startswith("discharges_told"):
            sums[told.replace("told", "untold")] = sums[known] - sums[told]
        sums = pd.concat([sums, _prefectures(sums, areas)])
        months = (
            whole.reset_index()
            .groupby("area_code")["month"]
            .agg(lambda found: "・".join(f"{month}月" for month in sorted(found)))
        )
        long = (
            sums.rename_axis("area_code")
            .reset_index()
            .melt(id_vars="area_code", var_name="question_id", value_name="value")
        )
        parts += [long.assign(months=long["area_code"].map(months)), _hidden(counts, group, sums)]
    frame = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(
        {
            "area_code": frame["area_code"],
            "measure_id": "cm_" + frame["question_id"],
            "period": f"FY{year}",
            "value": frame["value"].astype("float64"),
            "status": frame["value"].notna().map({True: "observed", False: "suppressed"}),
            "source_ref": frame["months"].map(
                lambda text: f"入退院（{text}の合計）" if pd.notna(text) else "保健所の区域の合計"
            ),
        }
    )


def _hidden(counts: pd.DataFrame, group: tuple[str, ...], sums: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of areas that the source suppresses in every month that it has."""
    rows = counts[counts["question_id"].isin(group) & (counts["status"] == "suppressed")]
    areas = [code for code in rows["area_code"].unique() if code not in sums.index]
    questions = list(sums.columns)
    return pd.DataFrame(
        [(code, question, None, None) for code in areas for question in questions],
        columns=["area_code", "question_id", "value", "months"],
    )


def _prefectures(sums: pd.DataFrame, areas: AreaIndex) -> pd.DataFrame:
    """Return the sums of the prefectures of which every health-centre area has counts."""
    if areas.zones is None:
        return sums.iloc[:0]
    expected = pd.Series([zone[3:5] for zone in areas.zones if zone.startswith("hc-")])
    homes = sums.index.to_series().str[3:5]
    wanted = expected.value_counts()
    found = homes.value_counts().reindex(wanted.index)
    totals = sums.groupby(homes.rename("area_code")).sum()
    return totals[totals.index.isin(wanted.index[wanted == found])]


def _import_row(form: pd.Series, respondents: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "import_id": [f"import-{form['sha256'][:12]}"],
            "survey_id": [form["survey_id"]],
            "fiscal_year": [int(form["fiscal_year"])],
            "file_name": [form["file_name"]],
            "sha256": [form["sha256"]],
            "accepted_by": [ACCEPTED_BY],
            "accepted_at": [datetime.now(UTC).replace(tzinfo=None, microsecond=0)],
            "row_count": [respondents],
            "superseded_by": pd.Series([None], dtype="object"),
        }
    )
