"""Figures printed in the source documents, for showing beside computed ones."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

_FACTS = """
with wanted as (
    select
        unnest($fact_ids::varchar[]) as fact_id,
        unnest(range(len($fact_ids::varchar[]))) as position
),
final as (
    select
        reference_fact.fact_id,
        reference_fact.area,
        reference_fact.period,
        reference_fact.measure,
        reference_fact.unit,
        reference_fact.value_text,
        reference_fact.value,
        reference_fact.source_title,
        reference_fact.quote
    from wanted
    inner join reference_fact using (fact_id)
    order by wanted.position
)
select * from final
"""


def reference_facts(con: DuckDBPyConnection, *, fact_ids: tuple[str, ...]) -> pd.DataFrame:
    """Return the published figures of these identifiers, in the order asked for."""
    facts: pd.DataFrame = con.execute(_FACTS, {"fact_ids": list(fact_ids)}).df()
    return facts
