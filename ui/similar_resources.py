"""What the municipalities like a given one have of the chosen types, together."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.denominators import Denominator
from analytics.facility_card import area_beside_group
from analytics.municipal_facts import municipal_facts
from analytics.resources import facility_counts
from analytics.similar import VARIABLES, known_variables, similar_to
from ui.resource_choice import ResourceChoice
from ui.store import ask

GROUP = "similar"
COUNT = 10


@lru_cache(maxsize=512)
def similar_names(store_key: str, area_code: str) -> dict[str, str]:
    """Return the municipalities most like one by the default weights; none for other areas."""
    facts = ask(municipal_facts)
    variables = known_variables(facts, area_code=area_code)
    weights = {key: VARIABLES[key].default_weight for key in variables}
    found = similar_to(
        facts,
        area_code=area_code,
        variables=variables,
        weights=weights,
        among="nation",
        count=COUNT,
    )
    return dict(zip(found["area_code"], found["area_name"], strict=True))


def beside_similar(
    own: pd.DataFrame,
    names: dict[str, str],
    *,
    choice: ResourceChoice,
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return one row per type of what the similar municipalities have together."""
    members = ask(
        facility_counts,
        area_codes=tuple(names),
        facility_types=choice.types,
        edition=denominator.edition if denominator else "",
        year=denominator.year if denominator else 0,
        filters=choice.filters,
        search=choice.search,
    )
    return area_beside_group(own, members, area_code=GROUP, name=f"似た{len(names)}市町村")


def similar_note(rows: pd.DataFrame, names: dict[str, str]) -> str:
    """Return who the similar municipalities are, and of how many nothing is known."""
    least = int(rows["known"].min())
    gaps = (
        f"種類によっては、データのある{least}市町村だけの合計です。" if least < len(names) else ""
    )
    return (
        f"似た市町村（人口・高齢化率などが近い順）：{'、'.join(names.values())}。"
        f"か所数の合計÷75歳以上人口の合計で、率の平均ではありません。{gaps}"
    )
