"""The parts of the population page: what is chosen, lines over years, a map of a year."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics.areas import find_area
from analytics.geometry import is_drawable
from analytics.population import (
    editions_of,
    editions_with,
    known_editions,
    map_classes,
    parts_with_values,
    population_series,
    shown_values,
    stands_in,
)
from analytics.population_sentence import (
    MEASURE_NAMES,
    absence_sentence,
    outlook_sentence,
    parts_sentence,
)
from analytics.sources import sources_of
from charts.choropleth import choropleth
from charts.line import line
from data.catalogue import load_catalogue
from data.era import calendar_year_label
from ui.blocks import (
    ColumnLabel,
    definition,
    downloads,
    empty,
    figure,
    notes,
    source_line,
    statement,
    table,
)
from ui.labels import edition_label, edition_short, level_label
from ui.selection import NATION, Area, choose, go_to, map_scope, read
from ui.store import ask, geo_url

VIEW_NAMES = {"persons": "人数", "share": "割合", "index": "増減（最初の年=100）"}
GROUPS = {
    "total": ColumnLabel("総人口", "人", 0),
    "age_65_plus": ColumnLabel("65歳以上", "人", 0),
    "age_75_plus": ColumnLabel("75歳以上", "人", 0),
    "age_85_plus": ColumnLabel("85歳以上", "人", 0),
}
_PLACE = {"area_code": ColumnLabel("コード"), "area_name": ColumnLabel("地域")}
_YEAR = {"year": ColumnLabel("年")}


@dataclass(frozen=True)
class Choice:
    """What the page shows."""

    measure: str
    view: str
    edition: str

    @property
    def edition_name(self) -> str:
        """The full name of the edition."""
        return edition_label(self.edition)


def picked(area: Area) -> Choice | None:
    """Let the viewer choose; nothing when no edition has the measure for the area."""
    measure = choose("見るもの", MEASURE_NAMES, param="indicator", default="age_75_plus",
                     kind="segmented")  # fmt: skip
    views = {key: name for key, name in VIEW_NAMES.items() if measure != "total" or key != "share"}
    view = choose("表し方", views, param="view", default="persons", kind="segmented")
    found = ask(editions_with, area_code=area.code, measure=measure)
    if not found:
        return None
    names = {edition: edition_label(edition) for edition in found}
    edition = choose("推計・統計の版", names, param="edition", default=found[0],
                     help="版のちがう数値を混ぜて比べることはしません。")  # fmt: skip
    return Choice(measure, view, edition)


def nothing_for(area: Area) -> None:
    """Say why there is no figure for the area, edition by edition."""
    lines = [
        absence_sentence(
            area.name,
            edition_name=edition_label(edition),
            instead=ask(stands_in, area_code=area.code, edition=edition),
        )
        for edition in ask(known_editions)
        if edition != "ltc_insured"
    ]
    others = ask(editions_of, area_code=area.code)
    if not others.empty:
        lines.append("総人口など、ほかの「見るもの」なら表示できます。")
    how = "\n".join(lines) or "将来推計人口のファイルを読み込むと表示されます。"
    empty(f"{area.name}には、選んだ区分の人口がありません。", how)


def _references(area: Area) -> list[str]:
    codes = [area.code]
    if area.prefecture_code and area.prefecture_code != area.code:
        codes.append(area.prefecture_code)
    return codes if area.is_nation else [*codes, NATION]


def _unit(choice: Choice, base_year: int) -> tuple[str, int]:
    return {
        "persons": ("人", 0),
        "share": ("%", 1),
        "index": (f"{base_year}年=100", 1),
    }[choice.view]


def lines(area: Area, choice: Choice) -> None:
    """Draw the measure over years: alone in persons, beside prefecture and nation otherwise."""
    codes = _references(area)
    frame = ask(population_series, area_codes=tuple(codes), edition=choice.edition)
    benchmark = next((c for c in codes[1:] if (frame["area_code"] == c).any()), None)
    statement(
        outlook_sentence(frame, area_code=area.code, measure=choice.measure,
                         edition_name=choice.edition_name, benchmark=benchmark)
    )  # fmt: skip
    frame["value"] = shown_values(frame, measure=choice.measure, view=choice.view)
    drawn = frame[frame["area_code"] == area.code] if choice.view == "persons" else frame
    drawn = drawn.assign(series=drawn["area_name"])
    unit, decimals = _unit(choice, int(frame["year"].min()))
    title = _title(area, choice, unit)
    projected = frame.loc[frame["is_projection"], "year"]
    spec = line(
        drawn,
        series_order=[name for code in codes for name in _names(drawn, code)],
        x_title="年（10月1日）" if choice.edition != "ltc_insured" else "年度末",
        y_title=f"{MEASURE_NAMES[choice.measure]}{'の割合' if choice.view == 'share' else ''}",
        unit=unit,
        decimals=decimals,
        base_line=100 if choice.view == "index" else None,
        projected_from=None if projected.empty else int(projected.min()),
    )  # fmt: skip
    st.subheader(title, anchor=False)
    figure(spec, alt=title, key=f"lines_{area.code}")
    own = frame[frame["area_code"] == area.code]
    columns = {**_PLACE, **_YEAR, **GROUPS, "value": ColumnLabel("図の値", unit, decimals)}
    _table_and_files(own, frame, columns, spec, title, f"population_{area.code}", choice)


def _names(frame: pd.DataFrame, code: str) -> list[str]:
    return list(frame.loc[frame["area_code"] == code, "area_name"].unique())


def _title(area: Area, choice: Choice, unit: str) -> str:
    words = {"persons": "", "share": "の割合", "index": f"の指数（{unit}）"}[choice.view]
    return f"{area.name}の{MEASURE_NAMES[choice.measure]}{words}　{edition_short(choice.edition)}"


def _table_and_files(
    shown: pd.DataFrame,
    whole: pd.DataFrame,
    columns: dict[str, ColumnLabel],
    spec: dict[str, object],
    title: str,
    stem: str,
    choice: Choice,
) -> None:
    source = [*ask(sources_of, subject=f"population:{choice.edition}"), choice.edition_name]
    named = whole.assign(edition=choice.edition_name)
    saved = {**columns, "edition": ColumnLabel("推計・統計の版")}
    with st.expander("数値の表と保存"):
        table(shown, columns=columns, key=f"table_{stem}")
        downloads(named, columns=saved, stem=stem, title=title, source=source, figure=spec)
    source_line(source)


def map_of_parts(area: Area, choice: Choice) -> None:
    """Draw the measure on the map for one year; a click moves to the area."""
    _level_choice(area)
    parent, level = map_scope(area)
    scope = {"area_code": parent, "level": level, "edition": choice.edition,
             "measure": choice.measure, "view": choice.view}  # fmt: skip
    frame = ask(parts_with_values, **scope)
    if frame.empty or not ask(is_drawable, level=level, parent=parent):
        empty("この地域の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return
    years = [int(year) for year in sorted(frame["year"].unique())]
    labels = {str(year): f"{calendar_year_label(year)}" for year in years}
    preferred = min(years, key=lambda year: (abs(year - 2040), year))
    year = int(choose("地図の年", labels, param="year", default=str(preferred)))
    _draw_map(area, choice, frame, (parent, level, year, years[0]), ask(map_classes, **scope))


def _level_choice(area: Area) -> None:
    names = {level: level_label(level) for level in area.level_choices
             if ask(is_drawable, level=level, parent=area.code)}  # fmt: skip
    if len(names) > 1:
        default = (
            "municipality" if "municipality" in names and not area.is_nation else next(iter(names))
        )
        choose("地図の単位", names, param="level", default=default, kind="segmented")


def _draw_map(
    area: Area,
    choice: Choice,
    frame: pd.DataFrame,
    place: tuple[str, str, int, int],
    classes: tuple[float, ...],
) -> None:
    parent, level, year, first_year = place
    shown = frame[frame["year"] == year]
    where = area.name if parent == area.code else ask(find_area, area_code=parent).at[0, "name"]
    what = {"persons": "", "share": "の割合", "index": f"の増減率（{first_year}年から）"}[
        choice.view
    ]
    name = f"{MEASURE_NAMES[choice.measure]}{what}"
    unit, decimals = {"persons": ("人", 0), "share": ("%", 1), "index": ("%", 1)}[choice.view]
    title = f"{where}：{year}年の{name}（{level_label(level)}別）　{edition_short(choice.edition)}"
    sentence = parts_sentence(shown, year=year, measure=choice.measure, view=choice.view,
                              edition_name=choice.edition_name)  # fmt: skip
    spec = choropleth(
        topology_url=geo_url(level, parent),
        values=shown,
        breaks=list(classes),
        title=name,
        unit=unit,
        legend_title=name,
        decimals=decimals,
        selected=area.code if (shown["area_code"] == area.code).any() else None,
        palette="diverging" if choice.view == "index" else "sequential",
    )
    st.subheader(title, anchor=False)
    statement(sentence)
    kept = read("parent")
    figure(spec, alt=f"{title}。{sentence}", key=f"map_{parent}_{area.code}",
           on_select=lambda code: go_to(code, parent=kept or _between(parent)))  # fmt: skip
    notes(["地図の地域を押すと、その地域に移ります。階級は、この版のすべての年で同じです。"])
    columns = {**_PLACE, **_YEAR, **GROUPS, "value": ColumnLabel(name, unit, decimals)}
    _table_and_files(shown, frame, columns, spec, title, f"population_map_{parent}_{year}", choice)
    definition("区分と版の説明", _explanation())


def _between(parent: str) -> str | None:
    return parent if "-" in parent else None


def _explanation() -> str:
    entries = load_catalogue().editions
    lines = [f"{entry.label}：{entry.explanation}" for entry in entries.values()]
    return "\n".join(["割合は総人口に対する割合。指数は版の最初の年を100とした値。", *lines])
