"""Answers that contradict each other or come from nobody who was asked, and how they are read."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.form_answers import answers_to
from analytics.modes import RUNNING
from analytics.start_years import LATER, start_years
from data.catalogue import load_catalogue

# kind: (what is said of it, the rule by which it is read)
RULES = {
    "done_with_reason": (
        "実施と答えながら、実施していない理由も答えている",
        "実施に数え、理由は数えません。",
    ),
    "resting_with_mode": (
        "実施していないと答えながら、実施方法も答えている",
        "実施していないとし、実施方法は該当なしとします。",
    ),
    "started_later": (
        "着手年度が調査の年度より後になっている",
        "着手年度を不明とします。",
    ),
}
_COLUMNS = ["area_code", "area_name", "item_key", "kind"]


def answer_conflicts(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return area_code, area_name, item_key and kind of every contradiction; kinds are RULES."""
    items = load_catalogue().programme.items_of("h27r2")
    asked = tuple(
        f"item_{item.key}_{part}" for item in items for part in ("status", "reason", "mode")
    )
    answers = answers_to(con, area_code=area_code, fiscal_year=fiscal_year, question_ids=asked)
    observed = answers[answers["status"] == "observed"]
    parts = observed["question_id"].str.extract(r"^item_(?P<item_key>\w+)_(?P<part>\w+)$")
    wide = observed.join(parts).pivot_table(
        index=["area_code", "area_name", "item_key"], columns="part", values="value", aggfunc="min"
    )
    wide = wide.reindex(columns=["status", "reason", "mode"]).reset_index()
    found = [
        _named(wide[(wide["status"] == "done") & wide["reason"].notna()], "done_with_reason"),
        _named(
            wide[wide["status"].notna() & ~wide["status"].isin(RUNNING) & wide["mode"].notna()],
            "resting_with_mode",
        ),
        _later(con, area_code, fiscal_year),
    ]
    order = {item.key: place for place, item in enumerate(items)}
    whole = pd.concat([frame for frame in found if not frame.empty] or [found[0]])
    place = whole["item_key"].map(order).fillna(-1)
    return (
        whole.assign(place=place)
        .sort_values(["area_code", "place"], kind="stable")[_COLUMNS]
        .reset_index(drop=True)
    )


def _named(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    return rows[["area_code", "area_name", "item_key"]].assign(kind=kind)


def _later(con: DuckDBPyConnection, area_code: str, fiscal_year: int) -> pd.DataFrame:
    starts = start_years(con, area_code=area_code, fiscal_year=fiscal_year)
    later = starts[starts["kind"] == LATER]
    return later[["area_code", "area_name"]].assign(item_key=None, kind="started_later")


_STRANGERS = """
with expected as (
    select distinct descendant_code as area_code
    from area_descendant
    where
        ancestor_code = $area_code
        and level = 'municipality'
        and coalesce(valid_from, date '1900-01-01') <= make_date($fiscal_year, 10, 1)
        and coalesce(valid_to, date '9999-12-31') >= make_date($fiscal_year, 10, 1)
),
inside as (
    select distinct descendant_code as area_code
    from area_descendant
    where
        ancestor_code = $area_code
        and level = 'municipality'
),
final as (
    select distinct
        area.area_code,
        area.name as area_name,
        area.valid_from,
        area.valid_to
    from survey_answer
    inner join inside using (area_code)
    inner join area using (area_code)
    where
        survey_answer.survey_id = 'municipal_form'
        and survey_answer.fiscal_year = $fiscal_year
        and survey_answer.area_code not in (select area_code from expected)
    order by area.area_code
)
select * from final
"""


def answers_of_none_asked(
    con: DuckDBPyConnection, *, area_code: str, fiscal_year: int
) -> pd.DataFrame:
    """Return the municipalities that answered but did not exist on 1 October of the year."""
    values = {"area_code": area_code, "fiscal_year": fiscal_year}
    found: pd.DataFrame = con.execute(_STRANGERS, values).df()
    return found


def years_without_survey(years: tuple[tuple[int, str], ...]) -> list[int]:
    """Return the fiscal years between the first and the last of a framework that have no answers.

    `years` pairs each fiscal year that has answers with its framework.
    """
    missing: list[int] = []
    for framework in dict.fromkeys(framework for _, framework in years):
        own = [year for year, of in years if of == framework]
        missing += [year for year in range(min(own), max(own)) if year not in own]
    return sorted(missing)
