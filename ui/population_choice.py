"""What the population page shows: measure, form, edition, base year and the areas beside."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analytics.groups import Group
from analytics.population_held import Held, measure_years, measure_years_inside
from analytics.population_measures import FORMS, Form
from data.catalogue import load_catalogue
from data.catalogue.population_measures import PopulationMeasure, load_population_measures
from ui.labels import edition_label, edition_short
from ui.selection import Area, choose, map_scope
from ui.store import ask

DEFAULT_MEASURE = "age_75_plus"
FORM_NAMES: dict[Form, str] = {"persons": "人数", "share": "割合", "index": "指数",
                               "growth": "増減率"}  # fmt: skip
GROUP_MARK = "group:"  # before the key of a group, where codes of areas stand
CONTROLS = ("measure", "form", "base", "edition", "with")
MEASURE_WIDTH, BASE_WIDTH, EDITION_WIDTH = 220, 120, 240


@dataclass(frozen=True)
class Beside:
    """What stands beside the own area: other areas by code, and a group of areas."""

    codes: tuple[str, ...] = ()
    group: Group | None = None


ALONE = Beside()


@dataclass(frozen=True)
class Choice:
    """What the page shows, the same in all its pictures."""

    measure: str
    form: Form
    edition: str
    base_year: int | None
    others: tuple[str, ...] = ()
    group: Group | None = None

    @property
    def entry(self) -> PopulationMeasure:
        """The measure as the catalogue describes it."""
        return load_population_measures()[self.measure]

    @property
    def fiscal(self) -> bool:
        """Tell whether the years are fiscal ones."""
        return self.edition == "ltc_insured"

    @property
    def edition_name(self) -> str:
        """The full name of the edition."""
        return edition_label(self.edition)

    @property
    def edition_short(self) -> str:
        """The short name of the edition, for titles."""
        return edition_short(self.edition)

    @property
    def unit(self) -> str:
        """The unit of the value as drawn."""
        shown = {"share": "%", "index": f"{self.base_year}年=100", "growth": "%"}
        return shown.get(self.form, self.entry.unit)

    @property
    def decimals(self) -> int:
        """The decimals of the value as drawn."""
        return self.entry.decimals if self.form == "persons" else 1

    @property
    def value_name(self) -> str:
        """What the value is, in words, with the base year where there is one."""
        words = {"persons": "", "share": "の割合", "index": f"の指数（{self.base_year}年=100）",
                 "growth": f"の増減率（{self.base_year}年から）"}  # fmt: skip
        return self.entry.label + words[self.form]


def picked(
    area: Area,
    *,
    controls: Collection[str] = CONTROLS,
    beside: Beside = ALONE,
    of_parts: bool = False,
) -> Choice | None:
    """Let the viewer choose in one row; nothing when no edition has the measure for the area.

    `controls` names what the picture can use; the rest has its default. A picture of parts can
    also use what its parts have, and begins with that.
    """
    entries = load_population_measures()
    held: Held = ask(measure_years, area_code=area.code)
    first: Held = held
    if of_parts:
        parent, level = map_scope(area)
        first = ask(measure_years_inside, area_code=parent, level=level)
        held = _joined(first, held)
    measure = DEFAULT_MEASURE
    if "measure" in controls:
        # bands that no edition has are left out; the broad groups stay, to say why they are absent
        names = {key: entry.short_label for key, entry in entries.items()
                 if held[key] or not key.startswith("band_")}  # fmt: skip
        measure = choose("見るもの", names, param="indicator", default=DEFAULT_MEASURE,
                         width=MEASURE_WIDTH)  # fmt: skip
    found = held[measure]
    if not found:
        return None
    edition = default = default_edition(first[measure] or found)
    if "edition" in controls:
        names = {key: edition_label(key) for key in found}
        edition = choose("推計・統計の版", names, param="edition", default=default,
                         width=EDITION_WIDTH,
                         help="版のちがう数値を混ぜて比べることはしません。")  # fmt: skip
    form, base_year = _picked_form(entries[measure], edition, found[edition], controls,
                                   with_totals=edition in held["total"])  # fmt: skip
    return Choice(measure, form, edition, base_year, beside.codes, beside.group)


def default_edition(found: dict[str, tuple[int, ...]]) -> str:
    """Return the newest edition that has the measure in more than one year, else the newest."""
    return next((edition for edition, years in found.items() if len(years) > 1), next(iter(found)))


def _joined(inside: Held, own: Held) -> Held:
    """Return what the parts or the area itself have, newest edition first."""
    order = list(load_catalogue().editions)
    return {
        measure: {
            edition: tuple(sorted({*found.get(edition, ()), *own[measure].get(edition, ())}))
            for edition in sorted({*found, *own[measure]}, key=order.index)
        }
        for measure, found in inside.items()
    }


def _picked_form(
    entry: PopulationMeasure,
    edition: str,
    years: tuple[int, ...],
    controls: Collection[str],
    *,
    with_totals: bool,
) -> tuple[Form, int | None]:
    """Return how the measure is shown, and the year of comparison where there is one."""
    form: Form = "persons"
    if "form" in controls:
        names = {"persons": "値" if entry.is_ratio else FORM_NAMES["persons"]}
        with_share = entry.denominator == "total" and not entry.is_ratio
        if with_share and with_totals:
            names["share"] = FORM_NAMES["share"]
        if len(years) > 1:
            names |= {"index": FORM_NAMES["index"], "growth": FORM_NAMES["growth"]}
        chosen = choose("表し方", names, param="form", default="persons", kind="segmented")
        form = next(known for known in FORMS if known == chosen)
    if form not in ("index", "growth"):
        return form, None
    own = load_catalogue().editions[edition].base_year
    first = own if own in years else years[0]
    if "base" not in controls:
        return form, first
    names = {str(year): f"{year}年" for year in years}
    return form, int(choose("基準の年", names, param="base", default=str(first), width=BASE_WIDTH))


def group_name(group: Group) -> str:
    """Return the name of a group as a line and a row are called."""
    return f"{group.name}（{len(group.codes):,}地域の合計）"
