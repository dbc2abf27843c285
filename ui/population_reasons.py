"""Why the population page has no figure, and what is special about an area."""

from __future__ import annotations

from collections.abc import Collection

from analytics.areas import find_area
from analytics.population import (
    editions_of,
    is_without_residents,
    known_editions,
    parts_without,
    set_up_on,
    stands_in,
)
from analytics.population_gaps import (
    absence_sentence,
    incomplete_sentence,
    lacking_sentence,
    new_area_sentence,
)
from analytics.population_held import measure_years
from data.catalogue import load_catalogue
from data.catalogue.population_measures import load_population_measures
from ui.blocks import empty
from ui.labels import edition_label
from ui.population_choice import DEFAULT_MEASURE, FORM_NAMES
from ui.selection import NATION, Area, read, write
from ui.store import ask


def reasons(area: Area, measure: str) -> list[str]:
    """Say of each projection that lacks the measure for the area why it does."""
    entries = load_catalogue().editions
    held = ask(measure_years, area_code=area.code)
    label = load_population_measures()[measure].label
    lines = []
    for edition in ask(known_editions):
        if not entries[edition].has_projection or len(held[measure].get(edition, ())) > 1:
            continue
        name = edition_label(edition)
        if edition in held["total"]:
            years = held[measure].get(edition, ())
            lines.append(lacking_sentence(label, edition_name=name, years=years))
        else:
            lines.append(_absence(area, edition))
    return lines


def _absence(area: Area, edition: str) -> str:
    """Say why an edition has nothing for the area: never counted, new, merged, or incomplete."""
    name = edition_label(edition)
    if is_without_residents(area.code):
        return f"{area.name}（北方領土）には、どの資料にも住民が数えられていません。"
    instead = ask(stands_in, area_code=area.code, edition=edition)
    missing = ask(parts_without, area_code=area.code, edition=edition)
    entry = load_catalogue().editions[edition]
    if instead.empty and missing:
        return incomplete_sentence(area.name, edition_name=name, missing=missing,
                                   explanation=entry.explanation)  # fmt: skip
    text = absence_sentence(area.name, edition_name=name, instead=instead)
    since, base = ask(set_up_on, area_code=area.code), entry.base_year
    if since is not None and base is not None and since.year > base:
        text += new_area_sentence(area.name, since=since, base_year=base)
    return text


def special_notes(area: Area, edition: str, drawn: Collection[str]) -> list[str]:
    """Explain what is special here: a region of projections, or a nation that has no sum."""
    lines = []
    if area.area_type == "projection_region":
        lines.append(f"{area.name}：{load_catalogue().area_types[area.area_type].explanation}")
    for code in (area.prefecture_code, NATION):
        if code in (None, area.code) or code in drawn:
            continue
        missing = ask(parts_without, area_code=code, edition=edition)
        if missing:
            name = ask(find_area, area_code=code).at[0, "name"]
            explanation = load_catalogue().editions[edition].explanation
            lines.append(incomplete_sentence(str(name), edition_name=edition_label(edition),
                                             missing=missing, explanation=explanation))  # fmt: skip
    return lines


def nothing_for(area: Area) -> None:
    """Say why there is no figure for the area, edition by edition."""
    asked = read("indicator")
    measure = asked if asked in load_population_measures() else DEFAULT_MEASURE
    lines = reasons(area, str(measure))
    if not ask(editions_of, area_code=area.code).empty:
        lines.append("総人口など、ほかの「見るもの」なら表示できます。")
    how = "\n".join(lines) or "将来推計人口のファイルを読み込むと表示されます。"
    empty(f"{area.name}には、選んだ区分の人口がありません。", how)


def old_links() -> None:
    """Let links reopen that were made when the form was called view."""
    view = read("view")
    if view in FORM_NAMES:
        write("view", None)
        write("form", view)
