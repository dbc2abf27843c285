"""Who has answered the municipal form, the rate by prefecture and zone, and who is to be asked."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.form_answers import EXPECTED_NAMED
from data.derive.parts import WITHOUT_RESIDENTS

STATES = {
    "returned": "回答あり",
    "unanswered": "未回収（回答が一つもない）",
    "absent": "回答票なし（行がない）",
}
ZONES = ("prefecture", "secondary_medical_area", "health_center_area")

_RESPONDENTS = (
    "with"
    + EXPECTED_NAMED
    + """
form as (
    select
        area_code,
        count(*) as asked_questions,
        count(*) filter (where status <> 'unanswered') as filled_questions,
        bool_or(status in ('observed', 'suppressed', 'missing')) as answered
    from survey_answer
    where
        survey_id = 'municipal_form'
        and fiscal_year = $fiscal_year
    group by area_code
),

final as (
    select
        expected.area_code,
        expected.area_name,
        expected.prefecture_code,
        expected.prefecture_name,
        case
            when form.answered is null then 'absent'
            when form.answered then 'returned'
            else 'unanswered'
        end as state,
        form.asked_questions,
        form.filled_questions
    from expected
    left join form using (area_code)
    order by expected.area_code
)

select * from final
"""
)

_ZONES = """
with final as (
    select distinct
        zone.area_code as zone_code,
        zone.name as zone_name,
        inside.descendant_code as area_code
    from area_descendant as inside
    inner join area as zone
        on zone.area_code = inside.ancestor_code
    where
        zone.area_type = $zone_type
        and inside.level = 'municipality'
        and coalesce(inside.valid_from, date '1900-01-01') <= make_date($fiscal_year, 10, 1)
        and coalesce(inside.valid_to, date '9999-12-31') >= make_date($fiscal_year, 10, 1)
        and coalesce(zone.valid_from, date '1900-01-01') <= make_date($fiscal_year, 10, 1)
        and coalesce(zone.valid_to, date '9999-12-31') >= make_date($fiscal_year, 10, 1)
    order by
        zone.area_code,
        inside.descendant_code
)

select * from final
"""


def respondents(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return one row per municipality asked: whether it answered, and how many questions.

    state is returned, unanswered (a form without any answer) or absent (no row in what is loaded);
    filled_questions counts every answer but blanks, so that 該当なし is an answer.
    """
    bound = {
        "area_code": area_code,
        "level": "municipality",
        "fiscal_year": fiscal_year,
        "without_office": list(WITHOUT_RESIDENTS),
    }
    rows: pd.DataFrame = con.execute(_RESPONDENTS, bound).df()
    return rows


def zones_of(con: DuckDBPyConnection, *, zone_type: str, fiscal_year: int) -> pd.DataFrame:
    """Return which municipality lay in which zone of a kind on 1 October of the fiscal year."""
    bound = {"zone_type": zone_type, "fiscal_year": fiscal_year}
    zones: pd.DataFrame = con.execute(_ZONES, bound).df()
    return zones


def response_rates(
    con: DuckDBPyConnection, *, area_code: str, fiscal_year: int, zone_type: str
) -> pd.DataFrame:
    """Return one row per prefecture or zone: returned ÷ expected in per cent, and the rest apart.

    Only municipalities inside the area count; a zone that reaches beyond it is told of its part.
    """
    rows = respondents(con, area_code=area_code, fiscal_year=fiscal_year)
    zones = zones_of(con, zone_type=zone_type, fiscal_year=fiscal_year)
    joined = zones.merge(rows[["area_code", "state"]], on="area_code")
    counts = (
        joined.groupby(["zone_code", "zone_name"], sort=True)["state"]
        .value_counts()
        .unstack(fill_value=0)
        .reindex(columns=list(STATES), fill_value=0)
    )
    counts["expected"] = counts[list(STATES)].sum(axis=1)
    counts["rate"] = 100 * counts["returned"] / counts["expected"]
    frame = counts.reset_index().rename_axis(columns=None)
    return frame.rename(columns={"zone_code": "area_code", "zone_name": "area_name"})


def to_ask(rows: pd.DataFrame) -> pd.DataFrame:
    """Return those that have not answered, by prefecture and code."""
    return rows[rows["state"] != "returned"].reset_index(drop=True)


def response_sentence(rows: pd.DataFrame, *, area_name: str, year_label: str) -> str:
    """Say how many answered, of how many, and who has not (six names at most)."""
    if rows.empty:
        return f"{area_name}には、{year_label}に調査の対象となる市町村がありません。"
    missing = to_ask(rows)
    expected, returned = len(rows), len(rows) - len(missing)
    opening = (
        f"{area_name}の{year_label}は、対象{expected:,}市町村のうち{returned:,}が回答"
        f"（{100 * returned / expected:.1f}％）。"
    )
    if missing.empty:
        return f"{opening}すべての市町村が回答しています。"
    names = "、".join(missing["area_name"].head(6))
    more = f"など{len(missing):,}市町村" if len(missing) > 6 else ""
    return f"{opening}回答がないのは{names}{more}です。未回答は「未実施」ではありません。"
