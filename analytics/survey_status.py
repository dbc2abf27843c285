"""Who was asked, who answered, and what kind of answer each one is."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from duckdb import DuckDBPyConnection

from data.derive.parts import WITHOUT_RESIDENTS


@dataclass(frozen=True)
class AnswerCategory:
    """One kind of answer: its key, its words under either framework, and what it counts as."""

    key: str
    label: str
    label_r3: str
    answering: bool


CATEGORIES = (
    AnswerCategory("done", "実施", "あり", True),
    AnswerCategory("partial", "一部実施", "一部あり", True),
    AnswerCategory("planned", "実施予定", "予定", True),
    AnswerCategory("none", "未実施", "なし", True),
    AnswerCategory("unknown", "不明と回答", "不明と回答", True),
    AnswerCategory("unanswered", "未回答", "未回答", False),
    AnswerCategory("not_applicable", "該当なし", "該当なし", False),
    AnswerCategory("suppressed", "秘匿", "秘匿", False),
    AnswerCategory("missing", "欠測", "欠測", False),
    AnswerCategory("not_published", "未公表", "未公表", False),
    AnswerCategory("absent", "回答票なし", "回答票なし", False),
)
CATEGORY_KEYS = tuple(category.key for category in CATEGORIES)
ANSWERING_KEYS = tuple(category.key for category in CATEGORIES if category.answering)


def category_labels(framework: str) -> dict[str, str]:
    """Return the words for each kind of answer under a framework."""
    return {c.key: c.label_r3 if framework == "r3" else c.label for c in CATEGORIES}


_YEARS = """
with final as (
    select distinct
        fiscal_year,
        framework
    from survey_answer
    where survey_id = $survey_id
    order by
        fiscal_year,
        framework
)
select * from final
"""


def survey_years(con: DuckDBPyConnection, *, survey_id: str) -> pd.DataFrame:
    """Return the fiscal years and frameworks of which answers to a form are loaded."""
    years: pd.DataFrame = con.execute(_YEARS, {"survey_id": survey_id}).df()
    return years


_SOURCES = """
with final as (
    select distinct
        source.title,
        source.publisher,
        source.vintage
    from source_coverage
    inner join source using (source_id)
    where source_coverage.subject like $subject
    order by
        source.title,
        source.vintage
)
select * from final
"""


def survey_sources(
    con: DuckDBPyConnection, *, survey_id: str, fiscal_year: int | None = None
) -> tuple[str, ...]:
    """Return the loaded sources of a form, of one fiscal year or all, as they are cited."""
    subject = f"survey:{survey_id}:{fiscal_year or '%'}"
    sources = con.execute(_SOURCES, {"subject": subject}).df()
    return tuple(
        f"{publisher!s}「{title!s}」{vintage or ''!s}"
        for title, publisher, vintage in sources.fillna("").to_numpy().tolist()
    )


# For queries that bind area_code, fiscal_year and without_office: the municipalities of an area
# on the day of the survey, 1 October.
EXPECTED = """
expected as (
    select distinct d.descendant_code as area_code
    from area_descendant as d
    inner join area as a on a.area_code = d.descendant_code
    where
        d.ancestor_code = $area_code
        and d.level = 'municipality'
        and coalesce(d.valid_from, date '1900-01-01') <= make_date($fiscal_year, 10, 1)
        and coalesce(d.valid_to, date '9999-12-31') >= make_date($fiscal_year, 10, 1)
        and coalesce(a.valid_from, date '1900-01-01') <= make_date($fiscal_year, 10, 1)
        and coalesce(a.valid_to, date '9999-12-31') >= make_date($fiscal_year, 10, 1)
        and d.descendant_code not in (select unnest($without_office::varchar[]))
),
"""

_RESPONSE = (
    "with"
    + EXPECTED
    + """
form as (
    select
        area_code,
        bool_or(status in ('observed', 'suppressed', 'missing')) as answered
    from survey_answer
    where
        survey_id = 'municipal_form'
        and fiscal_year = $fiscal_year
    group by area_code
),
final as (
    select
        count(*) as expected,
        count(*) filter (where form.answered) as returned,
        count(*) filter (where not form.answered) as unanswered,
        count(*) filter (where form.answered is null) as absent
    from expected
    left join form using (area_code)
)
select * from final
"""
)


def response_counts(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> dict[str, int]:
    """Return how many municipalities were expected, returned, left empty or have no form loaded."""
    values = {
        "area_code": area_code,
        "fiscal_year": fiscal_year,
        "without_office": list(WITHOUT_RESIDENTS),
    }
    row = con.execute(_RESPONSE, values).df().iloc[0]
    return {str(name): int(count) for name, count in row.items()}
