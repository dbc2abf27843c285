"""What is measured: the pages, the areas, the one change a viewer makes on each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from analytics.areas import areas_inside, levels_inside
from analytics.geometry import is_drawable
from analytics.sources import meta_values
from bench.machine import ROOT
from data.generations import open_generation
from data.verification import table_counts

# The change of each page, by the name that its widget has in the address; the first that the
# page offers is made. A page without any is changed by choosing another prefecture.
CHANGES = {
    "population": ("form",),
    "resources": ("types",),
    "compare": ("indicator",),
    "profile": ("benchmark",),
    "activities": ("fy",),
    "support": ("fy",),
}
# The further pictures of a page, by their code in the address, and the change of each.
VIEWS = {
    "population:pyramid": ("scale",),
    "population:map": ("year",),
    "population:parts": ("picture",),
    "population:demand": ("rates",),
    "population:workers": ("per",),
    "resources:thin": ("thin",),
    "resources:future": ("type",),
    "resources:gaps": ("least",),
    "resources:hubs": (),
    "compare:rug": ("domain",),
    "compare:trend": ("indicator",),
    "compare:scatter": ("against",),
    "compare:funnel": ("indicator",),
    "compare:mirror": ("domain",),
    "activities:matrix": ("fy",),
    "activities:counts": ("fy",),
    "activities:scenes": ("fy",),
    "activities:coordinators": ("fy",),
    "support:unmet": ("fy",),
    "support:years": (),
    "support:discharge": (),
}
REGION_PICKER = "pick_prefecture"
DEFAULT_PAGE = "overview"


@dataclass(frozen=True)
class Scope:
    """An area on which every page is measured."""

    key: str
    area_code: str

    def address(self, page: str) -> str:
        """Return the address of a page, or of one of its views, on the area."""
        name, _, view = page.partition(":")
        asked = {"area": "" if self.area_code == "00" else self.area_code, "view": view}
        query = urlencode({param: code for param, code in asked.items() if code})
        return page_path(name) + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Subject:
    """A generation, its size, and the areas to measure on."""

    generation: Path
    dataset: str
    size: dict[str, int]
    pages: tuple[str, ...]
    scopes: tuple[Scope, ...]
    polygons: dict[str, tuple[str, str]]


def page_names() -> list[str]:
    """Return the pages that exist, the default one first, each followed by its further views."""
    found = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    ordered = sorted(found, key=lambda name: name != DEFAULT_PAGE)
    return [name for page in ordered for name in (page, *views_of(page))]


def views_of(page: str) -> list[str]:
    """Return the further views of a page, as page:view."""
    return [name for name in VIEWS if name.partition(":")[0] == page]


def page_path(page: str) -> str:
    return "/" if page == DEFAULT_PAGE else f"/{page}"


def widget_keys(page: str) -> list[str]:
    """Return the keys of the widgets that may be changed on a page, the preferred one first."""
    return [*(f"choice_{param}" for param in (CHANGES | VIEWS).get(page, ())), REGION_PICKER]


def describe_subject(generation: Path, *, pages: Sequence[str] = ()) -> Subject:
    """Return what a generation offers; the prefecture with most municipalities is the hard one."""
    counts = table_counts(generation)
    with open_generation(generation) as con:
        prefectures = areas_inside(con, area_code="00", level="prefecture")["area_code"]
        members = {
            code: len(areas_inside(con, area_code=code, level="municipality"))
            for code in prefectures
        }
        prefecture = max(members, key=lambda code: members[code])
        scopes = (Scope("nation", "00"), Scope("prefecture", prefecture))
        polygons = {
            f"{scope.key} {level}": (level, scope.area_code)
            for scope in scopes
            for level in levels_inside(con, area_code=scope.area_code)
            if is_drawable(con, level=level, parent=scope.area_code)
        }
        size = {
            "municipalities": len(areas_inside(con, area_code="00", level="municipality")),
            "facilities": counts["facility"],
            "population_rows": counts["population"],
            "survey_answers": counts["survey_answer"],
        }
        dataset = dict(meta_values(con))["dataset"]
    chosen = tuple(page for page in page_names() if page in pages or not pages)
    return Subject(generation, dataset, size, chosen, scopes, polygons)
