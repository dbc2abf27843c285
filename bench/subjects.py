"""What is measured: the pages, the areas, the one change a viewer makes on each page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from access.roles import Role
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
    "library": ("entry",),
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
    "compare:similar": (),
    "compare:hidden": ("indicator",),
    "compare:stage": (),
    "overview:stage": (),
    "overview:pair": (),
    "population:stage": (),
    "population:pair": ("form",),
    "resources:stage": (),
    "profile:pair": ("benchmark",),
    "profile:records": (),
    "profile:planning": ("plan",),
    "profile:hidden": ("benchmark",),
    "activities:pair": ("fy",),
    "activities:matrix": ("fy",),
    "activities:counts": ("fy",),
    "activities:scenes": ("fy",),
    "activities:coordinators": ("fy",),
    "support:unmet": ("fy",),
    "support:years": (),
    "support:discharge": (),
    "library:search": ("entry",),
    "library:cases": ("case",),
    "library:money": ("table",),
    "sources:vintages": ("type",),
    "sources:report": (),
    "sources:indicators": (),
    "sources:editions": (),
    "sources:facts": (),
    "workshop:scenes": (),
    "workshop:files": (),
    "upload:history": ("fy",),
    "upload:files": ("fy",),
    "upload:totals": ("fy",),
    "upload:definitions": ("survey",),
    "upload:checked": (),
    "upload:compared": (),
    "admin:audit": (),
    "admin:restore": (),
}
# What the address of a view says where that is not its own code as the view.
ASKED = {
    "hidden": {"hide": "1"},
    "stage": {"stage": "1"},
    "pair": {},
    "search": {"q": "退院"},
    "checked": {},
    "compared": {},
}
# Who opens a page; those not named are opened by viewers.
ROLES = {"upload": Role.STAFF, "workshop": Role.STAFF, "admin": Role.ADMIN}
# Views that are reached only with a workbook of the whole country dropped, and the step opened.
STEPS = {"upload:checked": "problems", "upload:compared": "compare"}
STEP_WORDS = {"problems": "問題", "compare": "比較"}
# Widgets that keep their choice out of the address.
OWN_KEYS = {
    "upload:checked": "upload_problems_levels",
    "upload:compared": "upload_kind",
    "admin": "user_chosen",
    "admin:audit": "audit_action",
    "admin:restore": "generation_chosen",
}
REGION_PICKER = "pick_prefecture"
DEFAULT_PAGE = "overview"


@dataclass(frozen=True)
class Scope:
    """An area on which every page is measured."""

    key: str
    area_code: str
    beside: str = ""

    def query(self, page: str) -> dict[str, str]:
        """Return what the address of a page, or of one of its views, says on the area."""
        view = page.partition(":")[2]
        asked = {"area": "" if self.area_code == "00" else self.area_code}
        asked |= ASKED.get(view, {"view": view})
        asked["pair"] = self.beside if view == "pair" else ""
        return {param: code for param, code in asked.items() if code}

    def address(self, page: str) -> str:
        """Return the address of a page, or of one of its views, on the area."""
        query = urlencode(self.query(page))
        return page_path(page.partition(":")[0]) + (f"?{query}" if query else "")

    def has(self, page: str) -> bool:
        """Tell whether the area has the view: nothing stands beside the whole country."""
        return bool(self.beside) or not page.endswith(":pair")


@dataclass(frozen=True)
class Subject:
    """A generation, its size, and the areas to measure on."""

    generation: Path
    dataset: str
    size: dict[str, int]
    pages: tuple[str, ...]
    scopes: tuple[Scope, ...]
    polygons: dict[str, tuple[str, str]]
    sessions: Mapping[Role, str] = field(default_factory=dict)
    workbook: bytes = b""

    def session_of(self, page: str) -> str:
        """Return what the browser of who opens the page presents; blank for a viewer."""
        role = ROLES.get(page.partition(":")[0])
        return self.sessions.get(role, "") if role else ""


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
    own = [OWN_KEYS[page]] if page in OWN_KEYS else []
    own += [f"choice_{param}" for param in (CHANGES | VIEWS).get(page, ())]
    return [*own, REGION_PICKER]


def is_staffed(pages: Sequence[str]) -> bool:
    """Tell whether any of the pages is for those who are signed in."""
    return any(page.partition(":")[0] in ROLES for page in pages)


def chosen_pages(pages: Sequence[str]) -> tuple[str, ...]:
    """Return the pages and views to measure: those named, else all."""
    return tuple(page for page in page_names() if page in pages or not pages)


def describe_subject(
    generation: Path,
    *,
    pages: Sequence[str] = (),
    sessions: Mapping[Role, str] | None = None,
    workbook: bytes = b"",
) -> Subject:
    """Return what a generation offers; the prefecture with most municipalities is the hard one."""
    counts = table_counts(generation)
    with open_generation(generation) as con:
        prefectures = areas_inside(con, area_code="00", level="prefecture")["area_code"]
        members = {
            code: len(areas_inside(con, area_code=code, level="municipality"))
            for code in prefectures
        }
        prefecture = max(members, key=lambda code: members[code])
        beside = next((code for code in prefectures if code != prefecture), "")
        scopes = (Scope("nation", "00"), Scope("prefecture", prefecture, beside))
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
    chosen = chosen_pages(pages)
    return Subject(generation, dataset, size, chosen, scopes, polygons, sessions or {}, workbook)
