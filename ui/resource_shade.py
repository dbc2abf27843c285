"""What colours the areas of the resource map, as chosen and in words."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.resource_shading import MEASURES
from data.catalogue import load_catalogue
from ui.selection import choose

TYPES = load_catalogue().facility_types
PARAM = "shade"


@dataclass(frozen=True)
class Shade:
    """The measure and the type that colour the areas."""

    measure: str
    facility_type: str

    @property
    def label(self) -> str:
        """What is counted, with its measure: 病院（75歳以上1万人対）."""
        counted = f"・{self.unit}" if MEASURES[self.measure].needs_capacity else ""
        return f"{TYPES[self.facility_type].short_label}（{self.measure_label}{counted}）"

    @property
    def measure_label(self) -> str:
        """The measure in the words of the type: beds of hospitals, places of homes."""
        entry = TYPES[self.facility_type]
        word = "病床数" if entry.capacity_unit == "床" else "定員"
        return MEASURES[self.measure].label.format(capacity=word)

    @property
    def unit(self) -> str:
        """The unit of the measure."""
        return MEASURES[self.measure].unit.format(unit=TYPES[self.facility_type].capacity_unit)

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return MEASURES[self.measure].decimals


def choose_shade(types: tuple[str, ...], *, has_people: bool) -> Shade:
    """Let the viewer choose the measure and the type that colour the areas."""
    shades = {
        f"{measure.key}.{key}": Shade(measure.key, key)
        for key in types
        for measure in MEASURES.values()
        if (has_people or not measure.needs_people)
        and (TYPES[key].has_capacity or not measure.needs_capacity)
    }
    options = {code: shade.label for code, shade in shades.items()}
    code = choose("地図の塗り分け", options, param=PARAM, default=next(iter(options)))
    return shades[code]
