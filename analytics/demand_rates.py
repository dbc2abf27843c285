"""Certification rates by age: published ones, and those of the areas themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd

from analytics.demand_bands import band_name
from analytics.scope import Scope, part_codes
from data.catalogue.demand_rates import Band, load_demand_rates

LOADED = ("own", "prefecture", "nation")
_LOADED_BANDS: tuple[Band, ...] = ((65, 74), (75, 84), (85, None))
_ITEMS = ("65_74", "75_84", "85_plus")

_COUNTED = """
with counted as (
    select
        area_code,
        period,
        max(value) filter (where measure_id = 'certified_65_74') as certified_65_74,
        max(value) filter (where measure_id = 'certified_75_84') as certified_75_84,
        max(value) filter (where measure_id = 'certified_85_plus') as certified_85_plus,
        max(value) filter (where measure_id = 'insured_65_74') as insured_65_74,
        max(value) filter (where measure_id = 'insured_75_84') as insured_75_84,
        max(value) filter (where measure_id = 'insured_85_plus') as insured_85_plus
    from measure
    where
        status = 'observed'
        and measure_id in (
            'certified_65_74', 'certified_75_84', 'certified_85_plus',
            'insured_65_74', 'insured_75_84', 'insured_85_plus'
        )
    group by area_code, period
    having count(distinct measure_id) = 6
),
latest as (
    select *
    from counted
    qualify row_number() over (partition by area_code order by period desc) = 1
),
wanted as (
    select distinct unnest($area_codes) as area_code
),
link as (
    select
        member.area_code,
        member.parent_area_code,
        member.parent_type
    from area_membership as member
    join area using (area_code)
    where
        member.valid_to is null
        and area.valid_to is null
        and area.area_type in ('municipality', 'designated_city', 'ward')
),
holder as (
    select
        area_code,
        area_code as holder_code,
        'own' as how,
        1 as rank
    from wanted
    union all
    select
        wanted.area_code,
        link.parent_area_code,
        case link.parent_type when 'insurer' then 'union' else 'city' end,
        2
    from wanted
    join link using (area_code)
    where link.parent_type in ('insurer', 'designated_city')
),
held as (
    select
        holder.area_code,
        holder.holder_code,
        holder.how,
        latest.* exclude (area_code)
    from holder
    join latest on latest.area_code = holder.holder_code
    qualify row_number() over (partition by holder.area_code order by holder.rank) = 1
),
added as (
    select
        wanted.area_code,
        wanted.area_code as holder_code,
        'sum' as how,
        min(latest.period) as period,
        sum(latest.certified_65_74) as certified_65_74,
        sum(latest.certified_75_84) as certified_75_84,
        sum(latest.certified_85_plus) as certified_85_plus,
        sum(latest.insured_65_74) as insured_65_74,
        sum(latest.insured_75_84) as insured_75_84,
        sum(latest.insured_85_plus) as insured_85_plus
    from wanted
    anti join held using (area_code)
    join link on link.parent_area_code = wanted.area_code
    join population_total as stored
        on stored.area_code = wanted.area_code and stored.edition = 'ltc_insured'
    left join latest on latest.area_code = link.area_code
    group by wanted.area_code, stored.year
    having
        count(*) = count(latest.period)
        and min(latest.period) = max(latest.period)
        and abs(
            sum(latest.insured_65_74 + latest.insured_75_84 + latest.insured_85_plus)
            - max(stored.age_65_plus)
        ) < 0.5
),
final as (
    select rows.*, area.name as holder_name
    from (select * from held union all by name select * from added) as rows
    join area on area.area_code = rows.holder_code
)
select * from final
order by area_code
"""

_PREFECTURES = """
with final as (
    select
        inside.descendant_code as area_code,
        inside.ancestor_code as prefecture_code
    from area_descendant as inside
    join area on area.area_code = inside.ancestor_code
    where area.area_type = 'prefecture' and inside.valid_to is null
)
select * from final
"""

_FACTS = ["area_code", "holder_code", "holder_name", "how", "period"]


def rate_bands(rates: str) -> tuple[Band, ...]:
    """Return the age classes of a choice of rates."""
    return _LOADED_BANDS if rates in LOADED else load_demand_rates().rates[rates].bands


def certified_rates(con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]) -> pd.DataFrame:
    """Return each area's own rates by age in per cent, with the counts behind them.

    Certified ÷ insured persons of the newest year with all six counts. A municipality of a union
    takes the union's, a ward its city's, a zone the sums of its members if every one is there.
    """
    found = con.execute(_COUNTED, {"area_codes": list(area_codes)}).df()
    for item, band in zip(_ITEMS, _LOADED_BANDS, strict=True):
        insured = found[f"insured_{item}"].where(found[f"insured_{item}"] > 0)
        found[band_name(band)] = 100 * found[f"certified_{item}"] / insured
    return found


def area_rates(
    con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str], rates: str
) -> pd.DataFrame:
    """Return the rates that a choice means for each area: a row an area, per cent by age class.

    `rates` is own, prefecture, nation, or the key of a published set, the same for every area.
    Areas that the loaded files say nothing about are left out.
    """
    codes = list(dict.fromkeys(area_codes))
    columns = [*_FACTS, *map(band_name, rate_bands(rates))]
    if rates not in LOADED:
        entry = load_demand_rates().rates[rates]
        same = {band_name(rate.band): rate.percent for rate in entry.by_age}
        facts = {"holder_code": "00", "holder_name": entry.short_label, "how": "published",
                 "period": entry.period}  # fmt: skip
        return pd.DataFrame({"area_code": codes}).assign(**facts, **same)[columns]
    if rates == "own":
        return certified_rates(con, area_codes=codes)[columns]
    holders = _holders(con, codes, rates)
    found = certified_rates(con, area_codes=sorted(set(holders.values())))
    given = found.drop(columns="area_code").set_index(found["area_code"].rename("of"))
    asked = pd.DataFrame({"area_code": list(holders), "of": list(holders.values())})
    return asked.join(given, on="of", how="inner")[columns].reset_index(drop=True)


def area_rates_inside(
    con: duckdb.DuckDBPyConnection, *, area_code: str, level: str, rates: str
) -> pd.DataFrame:
    """Return the rates of every part of an area on a level."""
    codes = part_codes(con, scope=Scope(area_code, "", level, None))
    return area_rates(con, area_codes=codes, rates=rates)


def edited(frame: pd.DataFrame, *, edits: Mapping[int, float]) -> pd.DataFrame:
    """Return the rates with those of the age classes that begin at the given ages replaced."""
    changed = {
        column: edits[age]
        for column in frame.columns
        if column.startswith("age_") and (age := int(column.split("_")[1])) in edits
    }
    return frame.assign(**changed)


def _holders(con: duckdb.DuckDBPyConnection, codes: list[str], rates: str) -> dict[str, str]:
    """Return of which area each takes the rates; the nation and prefectures keep their own."""
    if rates == "nation":
        return dict.fromkeys(codes, "00")
    above = dict(con.execute(_PREFECTURES).fetchall())
    return {code: above.get(code, code) for code in codes}
