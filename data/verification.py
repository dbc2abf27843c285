"""Checks that a generation must pass before it is published, and again on demand."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data.errors import BuildError

STATUSES = ("observed", "suppressed", "not_applicable", "missing", "unanswered", "not_published")

# kinds of area whose municipalities are added up
_ZONES = (
    "secondary_medical_area",
    "planning_area",
    "elderly_welfare_area",
    "health_center_area",
    "home_medical_area",
)

_PLACED_TWICE = "同じ日に、同じ種類の圏域に二度入る市区町村があります"

# name of the rule, and a query that counts the rows that break it
_RULES = {
    "area_membership が area にない地域を指しています": """
        select count(*) from area_membership
        where area_code not in (select area_code from area)
            or parent_area_code not in (select area_code from area)
    """,
    "population が area にない地域を指しています": """
        select count(*) from population
        where area_code not in (select area_code from area)
    """,
    "facility が area にない地域を指しています": """
        select count(*) from facility
        where area_code not in (select area_code from area)
    """,
    "survey_answer が area にない地域を指しています": """
        select count(*) from survey_answer
        where area_code not in (select area_code from area)
    """,
    "observation が indicator にない指標を指しています": """
        select count(*) from observation
        where indicator_id not in (select indicator_id from indicator)
    """,
    "source_id が source にありません": """
        select count(*) from (
            select source_id from population
            union all select source_id from facility
            union all select source_id from measure
            union all select source_id from source_coverage
        )
        where source_id not in (select source_id from source)
    """,
    "status が決められた6種類のどれでもありません": """
        select count(*) from (
            select status from measure
            union all select status from observation
            union all select status from survey_answer
        )
        where status not in (select unnest($statuses))
    """,
    "値と status が食い違っています": """
        select count(*) from observation
        where (status = 'observed') <> (value is not null)
    """,
    _PLACED_TWICE: """
        with placed as (
            select
                row_number() over () as number,
                member.area_code,
                coalesce(city.parent_area_code, member.area_code) as municipality,
                member.parent_type,
                coalesce(member.valid_from, date '0001-01-01') as first,
                coalesce(member.valid_to, date '9999-12-31') as last
            from area_membership as member
            left join area_membership as city
                on city.area_code = member.area_code and city.parent_type = 'designated_city'
            where member.parent_type in (select unnest($zones))
        )
        select count(distinct (one.municipality, one.parent_type))
        from placed as one
        inner join placed as other
            on other.municipality = one.municipality
            and other.parent_type = one.parent_type
            and other.number > one.number
            and other.first <= one.last
            and one.first <= other.last
        where one.area_code = other.area_code
            or one.municipality in (one.area_code, other.area_code)
    """,
    "人口が負です": "select count(*) from population where persons < 0",
}


def check_generation(path: Path) -> None:
    """Raise BuildError naming every rule that the file at `path` breaks."""
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            broken = _broken_rules(con)
    except duckdb.Error as error:
        raise BuildError("作成したデータベースを開き直せません。") from error
    if broken:
        raise BuildError("データの検証に失敗しました。\n" + "\n".join(broken))


def places_twice(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many municipalities lie in two areas of a kind on one day."""
    row = con.execute(_RULES[_PLACED_TWICE], {"zones": list(_ZONES)}).fetchone()
    return int(row[0]) if row else 0


def _broken_rules(con: duckdb.DuckDBPyConnection) -> list[str]:
    broken = []
    for rule, query in _RULES.items():
        known = {"statuses": list(STATUSES), "zones": list(_ZONES)}
        bound = {name: values for name, values in known.items() if f"${name}" in query}
        row = con.execute(query, bound).fetchone()
        if row and row[0]:
            broken.append(f"・{rule}（{row[0]}件）")
    return broken


def table_counts(path: Path) -> dict[str, int]:
    """Return the number of rows of every table in the file at `path`."""
    with duckdb.connect(str(path), read_only=True) as con:
        names = con.execute(
            "select table_name from duckdb_tables() where not internal order by table_name"
        ).fetchall()
        # the names come from the catalogue of the file itself, not from a user
        return {name: len(con.table(name)) for (name,) in names}
