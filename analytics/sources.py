"""What is loaded: the generation, its sources, their coverage, the build report, the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import pandas as pd

from analytics.asked import REACHING
from data.vintages import sortable

_SOURCES = """
with final as (
    select
        source_id,
        title,
        publisher,
        vintage,
        licence,
        url,
        file_name,
        retrieved_on,
        sha256
    from source
    order by title, file_name
)
select * from final
"""

_TITLES = """
with final as (
    select
        title,
        publisher,
        coalesce(list(distinct vintage) filter (where vintage is not null), []) as vintages,
        count(*) as files,
        licence,
        min(url) as url
    from source
    group by title, publisher, licence
    order by title
)
select * from final
"""

_COVERAGE = """
with final as (
    select
        coverage.subject,
        coverage.area_code,
        area.name as area_name,
        source.title,
        source.vintage,
        source.source_id
    from source_coverage as coverage
    join source using (source_id)
    left join area using (area_code)
    order by coverage.subject, coverage.area_code
)
select * from final
"""

_OF_SUBJECT = (
    "with"  # noqa: S608
    + REACHING
    + """
final as (
    select distinct
        source.title,
        source.vintage
    from source_coverage as coverage
    join source using (source_id)
    where
        coverage.subject = $subject
        and (
            len($area_codes) = 0
            or coverage.area_code in (select area_code from reaching)
        )
    order by source.title
)
select * from final
"""
)

_REPORT = """
with final as (
    select
        file_name,
        layout,
        outcome,
        rows_read,
        rows_set_aside,
        reason,
        vintage
    from build_report
    order by outcome = 'loaded', file_name
)
select * from final
"""

_ISSUES = """
with final as (
    select
        file_name,
        source_ref,
        field,
        found,
        reason
    from row_issue
    where source_ref != ''
    order by file_name, source_ref
    limit $limit
)
select * from final
"""

_REASONS = """
with final as (
    select
        reason,
        field,
        count(*) as places,
        count(distinct file_name) as files,
        arg_min(file_name || '　' || source_ref, (file_name, source_ref)) as example
    from row_issue
    where source_ref != ''
    group by reason, field
    order by places desc, reason
)
select * from final
"""

_INDICATORS = """
with final as (
    select
        indicator_id,
        title,
        definition,
        unit,
        dimension,
        domain,
        smallest_level,
        source_title,
        cycle,
        caveat,
        waiting_for
    from indicator
)
select * from final
"""

_EDITIONS = """
with final as (
    select
        edition,
        min(year) as first_year,
        max(year) as last_year,
        count(distinct area_code) as areas,
        count(distinct area_code) filter (where age_75_plus is not null) as areas_with_ages
    from population_total
    group by edition
)
select * from final
"""

_FACTS = """
with final as (
    select
        fact_id,
        area,
        period,
        measure,
        value_text,
        unit,
        source_title,
        quote
    from reference_fact
    order by fact_id
)
select * from final
"""


def meta_values(con: duckdb.DuckDBPyConnection) -> tuple[tuple[str, str], ...]:
    """Return the facts of the generation as pairs of key and value."""
    return tuple(con.execute("select key, value from meta order by key").fetchall())


def sources(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return every loaded file with its title, publisher, vintage and terms of use."""
    found: pd.DataFrame = con.execute(_SOURCES).df()
    return found


def source_titles(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return every loaded source with its points in time, the newest first, and its files."""
    found: pd.DataFrame = con.execute(_TITLES).df()
    found["vintages"] = [_newest_first(told) for told in found["vintages"]]
    return found


def _newest_first(vintages: Iterable[str]) -> str | None:
    """Join vintages in one order, whatever the order of the rows; None where none is told."""
    told = sorted(sorted(vintages), key=sortable, reverse=True)
    return "、".join(told) or None


def coverage(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return which subject is covered for which area, and by what."""
    found: pd.DataFrame = con.execute(_COVERAGE).df()
    return found


def build_report(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per file of the raw folder, those with something to say first."""
    found: pd.DataFrame = con.execute(_REPORT).df()
    return found


def row_issues(con: duckdb.DuckDBPyConnection, *, limit: int = 5_000) -> pd.DataFrame:
    """Return the rows that were set aside or mended, with the reason."""
    found: pd.DataFrame = con.execute(_ISSUES, {"limit": limit}).df()
    return found


def issue_reasons(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return why rows were set aside or mended, how often, and one place for each reason."""
    found: pd.DataFrame = con.execute(_REASONS).df()
    return found


def indicators(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return every indicator definition, with what the unfilled ones wait for."""
    found: pd.DataFrame = con.execute(_INDICATORS).df()
    return found


def editions(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return the loaded population editions with their years and number of areas."""
    found: pd.DataFrame = con.execute(_EDITIONS).df()
    return found


def reference_facts(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return the published figures with the document and the words they stand in."""
    found: pd.DataFrame = con.execute(_FACTS).df()
    return found


def health_counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the number of rows of the tables that pages cannot do without."""
    return {
        "area": _count(con, "select count(*) from area"),
        "population_total": _count(con, "select count(*) from population_total"),
        "observation": _count(con, "select count(*) from observation"),
    }


def _count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0


def sources_of(
    con: duckdb.DuckDBPyConnection, *, subject: str, area_codes: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return title and vintage of the sources that cover a subject, or what of it reaches areas."""
    asked = {"subject": subject, "area_codes": list(area_codes)}
    rows = con.execute(_OF_SUBJECT, asked).fetchall()
    return tuple(
        str(title) if not vintage or vintage in title else f"{title}（{vintage}）"
        for title, vintage in rows
    )
