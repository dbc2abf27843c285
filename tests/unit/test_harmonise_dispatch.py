from __future__ import annotations

from data.extract import (
    area_membership,
    boundaries,
    known_unused,
    land_area,
    layouts,
    medical_areas,
    municipal_changes,
    municipal_kana,
    planning_area_book,
    planning_area_pairs,
)
from data.harmonise.dispatch import HARMONISERS

AREA_LAYOUTS = {
    module.NAME
    for module in (
        area_membership,
        boundaries,
        land_area,
        medical_areas,
        municipal_changes,
        municipal_kana,
        planning_area_book,
        planning_area_pairs,
    )
}


def test_every_layout_is_harmonised_makes_areas_or_is_not_used() -> None:
    names = {layout.NAME for layout in layouts()}
    assert names == set(HARMONISERS) | AREA_LAYOUTS | {known_unused.NAME}
    assert not set(HARMONISERS) & AREA_LAYOUTS
