"""The units by which the programme items are counted inside a region."""

from __future__ import annotations

from analytics.activities_members import SIZE, ZONE_UNITS
from ui.activity_choice import Chosen
from ui.labels import area_type_label
from ui.selection import choose

MUNICIPALITY = "municipality"


def unit_label(unit: str) -> str:
    """Return the Japanese name of a unit."""
    return "人口規模" if unit == SIZE else area_type_label(unit)


def choose_unit(chosen: Chosen, *, with_municipalities: bool = False) -> str:
    """Let the viewer choose by what the region is parted; the choice stands in the address."""
    zones = ZONE_UNITS if chosen.region.code == "00" else ZONE_UNITS[1:]
    own = [] if chosen.region.code == "00" or not with_municipalities else [MUNICIPALITY]
    units = {unit: unit_label(unit) for unit in (*own, *zones, SIZE)}
    return choose("区分", units, param="by", default=next(iter(units)))
