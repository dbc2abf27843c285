"""Which quantities are in force: of every area, measure and period, those of the last import."""

from __future__ import annotations

import duckdb

from data.accepted.in_force import rank_imports

UPLOAD = "upload:"

_POOL = """
create or replace temp table measure_pool as
with upload_key as (
    select
        area_code,
        measure_id,
        period
    from measure
    where starts_with(source_id, $upload)
    union
    select
        area_code,
        measure_id,
        period
    from measure_aside
),
pool as (
    select * from measure
    union all by name
    select * from measure_aside
),
final as (
    select
        pool.*,
        coalesce(ranked_import.counts, true) and row_number() over (
            partition by pool.area_code, pool.measure_id, pool.period
            order by
                coalesce(ranked_import.counts, true) desc,
                coalesce(ranked_import.place, 0) desc
        ) = 1
        and pool.area_code in (select area_code from area) as in_force
    from pool
    semi join upload_key using (area_code, measure_id, period)
    left join ranked_import on pool.source_id = $upload || ranked_import.import_id
)
select * from final
"""

_STEPS = (
    "delete from measure using measure_pool where measure.area_code = measure_pool.area_code"
    " and measure.measure_id = measure_pool.measure_id and measure.period = measure_pool.period",
    "delete from measure_aside",
    "insert into measure by name select * exclude (in_force) from measure_pool where in_force",
    "insert into measure_aside by name"
    " select * exclude (in_force) from measure_pool where not in_force",
    "drop table measure_pool",
)


def settle_measures(con: duckdb.DuckDBPyConnection) -> None:
    """Put every quantity that an upload brought, or replaced, in force or aside.

    The last import counts that is not undone; what came with the raw folder is older than any.
    """
    rank_imports(con)
    con.execute(_POOL, {"upload": UPLOAD})
    for statement in _STEPS:
        con.execute(statement)
