"""Groups of areas that are ready to choose: zones, size, ageing, kind, upper and lower five."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from analytics.compare import default_period, periods_in_view, values_in_view
from analytics.denominators import denominator_of
from analytics.municipal_facts import Facts, built_year, municipal_facts
from analytics.scope import Scope
from data.catalogue import load_catalogue

ZONES = ("secondary_medical_area", "planning_area", "health_center_area", "elderly_welfare_area")
# Lower ends of the bands, and their names.
SIZE_BANDS = (
    (0, "人口5千人未満"),
    (5_000, "人口5千～1万人未満"),
    (10_000, "人口1万～3万人未満"),
    (30_000, "人口3万～5万人未満"),
    (50_000, "人口5万～10万人未満"),
    (100_000, "人口10万～30万人未満"),
    (300_000, "人口30万人以上"),
)
AGEING_BANDS = (
    (0, "高齢化率30％未満"),
    (30, "高齢化率30～40％未満"),
    (40, "高齢化率40～50％未満"),
    (50, "高齢化率50％以上"),
)
KIND_ORDER = ("政令指定都市", "特別区", "市", "町", "村")
_KIND_KEYS = {"政令指定都市": "designated", "特別区": "tokubetsu", "市": "shi", "町": "cho",
              "村": "son"}  # fmt: skip
_ZONE_ENDINGS = ("医療圏", "保健所", "圏域", "区域")
ENDS = 5


@dataclass(frozen=True)
class Group:
    """Areas taken together under a name; note says how they were found."""

    key: str
    name: str
    codes: tuple[str, ...]
    note: str = ""


_ZONE_MEMBERS = """
with zone as (
    select
        area.area_code,
        area.name,
        area.area_type
    from area_descendant
    inner join area
        on area.area_code = area_descendant.descendant_code
    where
        area_descendant.ancestor_code = $prefecture_code
        and area_descendant.valid_to is null
        and area.area_type in (select unnest($zones::varchar[]))
        and area.valid_to is null
),

final as (
    select
        zone.area_code,
        zone.name,
        zone.area_type,
        list(member.descendant_code order by member.descendant_code) as codes
    from zone
    inner join area_descendant as member
        on
            member.ancestor_code = zone.area_code
            and member.level = 'municipality'
            and member.valid_to is null
    group by
        zone.area_code,
        zone.name,
        zone.area_type
    order by
        zone.area_type,
        zone.area_code
)

select * from final
"""

_KNOWN = """
with final as (
    select
        area_code,
        name
    from area
    where
        area_code in (select unnest($codes::varchar[]))
        and valid_to is null
    order by area_code
)

select * from final
"""


def ready_groups(
    con: duckdb.DuckDBPyConnection, *, prefecture_code: str | None
) -> tuple[Group, ...]:
    """Return the groups of municipalities of a prefecture, or of the nation without its zones."""
    facts = municipal_facts(con)
    frame = facts.frame
    if prefecture_code is not None:
        frame = frame[frame["prefecture_code"] == prefecture_code]
    zones = _zones(con, prefecture_code) if prefecture_code else []
    return (
        *zones,
        *_bands(frame, facts, "population", SIZE_BANDS, key="size", what="人口"),
        *_bands(frame, facts, "aging_share", AGEING_BANDS, key="ageing", what="65歳以上の割合"),
        *_kinds(frame),
    )


def _zones(con: duckdb.DuckDBPyConnection, prefecture_code: str) -> list[Group]:
    bound = {"prefecture_code": prefecture_code, "zones": list(ZONES)}
    rows = con.execute(_ZONE_MEMBERS, bound).fetchall()
    labels = {key: entry.label for key, entry in load_catalogue().area_types.items()}
    rows.sort(key=lambda row: ZONES.index(row[2]))
    return [
        Group(code, _zone_name(name, labels[kind]), tuple(codes), f"{labels[kind]}の市区町村")
        for code, name, kind, codes in rows
    ]


def _zone_name(name: str, label: str) -> str:
    return name if name.endswith(_ZONE_ENDINGS) else f"{name}（{label}）"


def _bands(
    frame: pd.DataFrame,
    facts: Facts,
    variable: str,
    bands: Sequence[tuple[float, str]],
    *,
    key: str,
    what: str,
) -> list[Group]:
    values = frame.set_index("area_code")[variable].dropna()
    starts = [start for start, _ in bands]
    ends = [*starts[1:], float("inf")]
    note = f"{what}で分けた市区町村（{facts.basis.get(variable, '')}）"
    groups = []
    for at, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        codes = tuple(values.index[(values >= start) & (values < end)])
        groups.append(Group(f"{key}-{at}", bands[at - 1][1], codes, note))
    return [group for group in groups if group.codes]


def _kinds(frame: pd.DataFrame) -> list[Group]:
    members = {kind: tuple(frame.loc[frame["kind"] == kind, "area_code"]) for kind in KIND_ORDER}
    return [
        Group(f"kind-{_KIND_KEYS[kind]}", kind, codes, f"種別が{kind}の地域")
        for kind, codes in members.items()
        if codes
    ]


def extreme_groups(
    con: duckdb.DuckDBPyConnection, *, indicator_id: str, level: str, parent: str
) -> tuple[Group, ...]:
    """Return the five areas with the highest and the five with the lowest values of an indicator.

    Of equal values the smaller code comes first. Fewer than ten areas give two halves, so that no
    area is in both; fewer than two, or all values equal, give no group.
    """
    scope = Scope(parent, "", level, None)
    periods = periods_in_view(con, scope=scope, indicator_id=indicator_id)
    period = default_period(periods, year=built_year(con))
    if period is None:
        return ()
    values = values_in_view(
        con,
        scope=scope,
        indicator_id=indicator_id,
        period=period,
        denominator=denominator_of(con, scope=scope),
    )
    return _ends(values[values["is_part"]], indicator_id)


def _ends(values: pd.DataFrame, indicator_id: str) -> tuple[Group, ...]:
    known = values.dropna(subset=["value"])
    if known["value"].nunique() < 2:
        return ()
    count = min(ENDS, len(known) // 2)
    ranked = known.sort_values(["value", "area_code"], ascending=[False, True], kind="stable")
    codes = ranked["area_code"].tolist()
    entry = load_catalogue().indicators.get(indicator_id)
    title = entry.title if entry else indicator_id
    note = f"{title}の値がある{len(known):,}地域のうち"
    return (
        Group(f"top-{indicator_id}", f"{title}の上位{count}", tuple(codes[:count]), note),
        Group(f"bottom-{indicator_id}", f"{title}の下位{count}", tuple(codes[-count:]), note),
    )


def known_codes(con: duckdb.DuckDBPyConnection, *, codes: tuple[str, ...]) -> dict[str, str]:
    """Return the names of those codes that are areas of today."""
    return dict(con.execute(_KNOWN, {"codes": list(codes)}).fetchall())
