"""Why the population page has no figure, and what is special about an area."""

from __future__ import annotations

from analytics.population import editions_of, known_editions, stands_in
from analytics.population_measures import measure_years
from analytics.population_sentence import absence_sentence, lacking_sentence
from data.catalogue import load_catalogue
from data.catalogue.population_measures import load_population_measures
from ui.blocks import empty
from ui.labels import edition_label
from ui.population_choice import DEFAULT_MEASURE, FORM_NAMES
from ui.selection import Area, read, write
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
            instead = ask(stands_in, area_code=area.code, edition=edition)
            lines.append(absence_sentence(area.name, edition_name=name, instead=instead))
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
