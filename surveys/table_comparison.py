"""A plain table beside what is published: quantities by period, memberships by their days."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.survey_intake import published_answers
from analytics.table_intake import published_measures, published_memberships
from data.catalogue import load_catalogue
from data.catalogue.survey import Question
from data.era import period_label
from data.extract import discharge_workbook
from data.harmonise.discharge_months import MONTH_MARK
from surveys.comparison import JUMP_PERCENT, Comparison, changes_of, jumps_of, missing_of
from surveys.readings import GAPS

_KEY = ["area_code", "measure_id", "period"]


def compare_measures(
    con: DuckDBPyConnection, measures: pd.DataFrame, *, names: Mapping[str, str]
) -> Comparison:
    """Return what changes of the published quantities, and what jumps from the period before."""
    if measures.empty:
        return Comparison()
    asked = sorted(set(measures["measure_id"]))
    published = published_measures(con, measures=asked)
    both = measures.merge(published, on=_KEY, how="left", suffixes=("", "_before"))
    now, then = both["status"] == "observed", both["status_before"] == "observed"
    same = (both["status"] == both["status_before"]) & (
        (both["value"] == both["value_before"]) | ~now
    )
    kind = np.select(
        [same, then & ~now, both["status_before"].notna()],
        ["unchanged", "withdrawn", "changed"],
        default="new",
    )
    changes = pd.DataFrame(
        {
            "area_code": both["area_code"],
            "area_name": both["area_code"].map(dict(names)),
            "question": _titles(both),
            "before": _words(both["value_before"], both["status_before"]),
            "after": _words(both["value"], both["status"]),
            "kind": kind,
        }
    )
    return Comparison(changes=changes, jumps=_jumps(measures, published, names))


def _titles(rows: pd.DataFrame) -> pd.Series:
    entries = load_catalogue().measures
    labels = {key: entry.label for key, entry in entries.items()}
    return rows["measure_id"].map(labels) + "・" + rows["period"].map(period_label)


def _words(values: pd.Series, statuses: pd.Series) -> list[str]:
    return [
        f"{value:,g}" if status == "observed" else GAPS.get(str(status), "")
        for value, status in zip(values, statuses, strict=True)
    ]


def _jumps(
    measures: pd.DataFrame, published: pd.DataFrame, names: Mapping[str, str]
) -> pd.DataFrame:
    """Return the values that differ by more than half from the period before, of any file."""
    columns = ["area_code", "area_name", "question", "last_year", "this_year", "change_percent"]
    pool = pd.concat([published, measures]).drop_duplicates(_KEY, keep="last")
    pool = pool[(pool["status"] == "observed") & pool["period"].str.contains(r"\d{4}$")]
    pool = pool.assign(year=pool["period"].str[-4:].astype(int), fiscal=pool["period"].str[:-4])
    before = pool.assign(year=pool["year"] + 1)
    pairs = pool.merge(
        before[["area_code", "measure_id", "fiscal", "year", "value"]],
        on=["area_code", "measure_id", "fiscal", "year"],
        suffixes=("", "_before"),
    ).merge(measures[_KEY], on=_KEY)
    percent = 100 * (pairs["value"] - pairs["value_before"]) / pairs["value_before"].abs()
    far = pairs.assign(change_percent=percent)[
        percent.abs().between(JUMP_PERCENT, np.inf, "neither")
    ]
    return far.assign(
        area_name=far["area_code"].map(dict(names)),
        question=_titles(far),
        last_year=far["value_before"],
        this_year=far["value"],
    )[columns].reset_index(drop=True)


def compare_discharge(
    con: DuckDBPyConnection, answers: pd.DataFrame, *, fiscal_year: int, names: Mapping[str, str]
) -> Comparison:
    """Return what changes of the counts by month, what jumps from the year before, who is missing.

    Only a month that is asked in both years can jump.
    """
    questions = month_questions()
    published, last_year = (
        published_answers(con, survey_id=discharge_workbook.SURVEY_ID, fiscal_year=year)
        for year in (fiscal_year, fiscal_year - 1)
    )
    zones = {code: name for code, name in names.items() if code.startswith("hc-")}
    return Comparison(
        changes=changes_of(answers, published, questions=questions, names=names),
        jumps=jumps_of(answers, last_year, questions=questions, names=names),
        missing=missing_of(answers, published, names=zones, prefecture=""),
    )


def month_questions() -> dict[str, Question]:
    """Return the questions of the care managers' form as they are asked of every month."""
    form = load_catalogue().surveys[discharge_workbook.SURVEY_ID]
    return {
        question.id + MONTH_MARK.format(month): question.model_copy(
            update={"label": f"{question.label}・{month}月"}
        )
        for question in form.questions
        for month in range(1, 13)
    }


def compare_memberships(
    con: DuckDBPyConnection, members: pd.DataFrame, *, names: Mapping[str, str]
) -> Comparison:
    """Return for every member and type of area in which areas it lies now and would lie."""
    if members.empty:
        return Comparison()
    types = sorted(set(members["parent_type"]))
    published = published_memberships(con, types=types)
    after, before = _by_member(members), _by_member(published)
    labels = {key: entry.label for key, entry in load_catalogue().area_types.items()}
    rows = []
    for (code, kind), words in after.items():
        now = before.get((code, kind), "")
        state = "unchanged" if now == words else ("changed" if now else "new")
        rows.append((code, names.get(code, ""), labels.get(kind, kind), now, words, state))
    columns = ["area_code", "area_name", "question", "before", "after", "kind"]
    return Comparison(changes=pd.DataFrame(rows, columns=columns))


def _by_member(rows: pd.DataFrame) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], list[str]] = {}
    columns = ["area_code", "parent_type", "parent_area_code", "parent_name"]
    ordered = rows.sort_values("parent_area_code")
    days = [ordered[name].map(_day) for name in ("valid_from", "valid_to")]
    for (code, kind, parent, name), first, last in zip(
        ordered[columns].itertuples(index=False), *days, strict=True
    ):
        dated = f"（{first}～{last}）" if first or last else ""
        found.setdefault((str(code), str(kind)), []).append(f"{name} {parent}{dated}")
    return {key: "、".join(words) for key, words in found.items()}


def _day(value: object) -> str:
    day = pd.to_datetime(pd.Series([value])).iloc[0]
    return "" if pd.isna(day) else day.date().isoformat()
