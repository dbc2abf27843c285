"""Figures printed in the source documents, for showing beside computed ones."""

from __future__ import annotations

import re

import pandas as pd
from duckdb import DuckDBPyConnection

from data.catalogue.outside_figures import load_outside_figures

# Short for words that stand in the row above, or for what a reader cannot know.
_SAID = {
    "同_要支援者": "入院時：情報提供なし（要支援者）",
    "同_それ以外": "協力対象施設入所者入院加算：往診なし",
    "要介護認定率_1号": "要介護認定率：第1号被保険者",
    "要介護認定率_2号": "要介護認定率：第2号被保険者",
}
_MADE_OF = "財源構成("
_WHOLE = re.compile(r"[0-9]{4,}(\.[0-9]+)?")

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


def printed_facts(facts: pd.DataFrame) -> pd.DataFrame:
    """Return published figures in words and with thousands set apart, for a table on the screen."""
    values = zip(facts["value_text"], facts["unit"], strict=True)
    return facts.assign(
        measure=[_measure(str(measure)) for measure in facts["measure"]],
        value_text=[_value(str(value), str(unit)) for value, unit in values],
    )


def _measure(measure: str) -> str:
    if measure.startswith(_MADE_OF):
        kind, part = measure.removeprefix(_MADE_OF).split(")_")
        return f"財源の構成（その{kind}）：{part}"
    return _SAID.get(measure, measure.replace("_", "：").replace("(", "（").replace(")", "）"))


def _value(value: str, unit: str) -> str:
    if unit.startswith("年") or not _WHOLE.fullmatch(value):
        return value
    whole, point, rest = value.partition(".")
    return f"{int(whole):,}{point}{rest}"


def outside_facts(keys: tuple[str, ...]) -> pd.DataFrame:
    """Return figures that the five documents do not hold, shaped as the others."""
    figures = load_outside_figures()
    return pd.DataFrame(
        {
            "fact_id": key,
            "area": figures[key].area,
            "period": figures[key].period,
            "measure": figures[key].measure,
            "unit": figures[key].unit,
            "value_text": figures[key].value_text,
            "source_title": figures[key].source,
            "quote": figures[key].check,
        }
        for key in keys
    )
