"""Areas coloured by class for a year that is changed in the browser, and two years side by side."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import pandas as pd

from charts.choropleth import MANY_AREAS, choropleth, fitted
from charts.classes import named_classes, printable
from charts.formatting import MISSING
from charts.player import SHOWN_YEAR, player, year_mark
from charts.year_columns import printed, values_by_area

HEIGHT = 560
PAIR_WIDTH = 560
Extent = tuple[float, float, float, float]


def playing_map(
    frame: pd.DataFrame,
    *,
    topology_url: str,
    breaks: list[float],
    shown_year: int,
    title: str,
    unit: str,
    decimals: int,
    palette: str = "sequential",
    selected: str | None = None,
    extent: Extent | None = None,
    projected_from: int | None = None,
    fiscal: bool = False,
) -> dict[str, Any]:
    """Return the map of all years as Vega-Lite, with the same classes in every year.

    `frame` has area_code, year and value. Of very many areas only the class of each year is sent,
    and the value of the year first shown.
    """
    values = frame.assign(value=frame["value"].astype(float).round(decimals) + 0.0)
    bounds = printable(breaks, decimals=decimals)
    classes = named_classes(values["value"], bounds, decimals=decimals)
    years = sorted({int(year) for year in frame["year"]})
    still = choropleth(
        topology_url=topology_url,
        values=_lowest(values),
        breaks=breaks,
        title=title,
        unit=unit,
        legend_title=title,
        decimals=decimals,
        palette=palette,
        selected=selected,
        height=HEIGHT,
    )
    many = values["area_code"].nunique() > MANY_AREAS
    steps = (
        _class_steps(values, bounds, classes, years, shown_year, unit, decimals)
        if many
        else _value_steps(values, bounds, classes, years, unit, decimals)
    )
    framed = fitted({**still, "transform": [*still["transform"][:2], *steps]}, extent=extent)
    config = {**framed["config"], "signals": player(years, shown=shown_year)}
    mark = year_mark(projected_from=projected_from, fiscal=fiscal, place="left")
    return {**framed, "config": config, "layer": [*framed["layer"], *map(_without_shapes, mark)]}


def pair_of_years(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    """Return two maps beside each other as one figure to save."""
    shared = ("$schema", "config")
    children = [
        {**{key: part for key, part in spec.items() if key not in (*shared, "autosize")},
         "width": PAIR_WIDTH}
        for spec in (left, right)
    ]  # fmt: skip
    config = {key: part for key, part in left["config"].items() if key != "signals"}
    return {"$schema": left["$schema"], "config": config, "hconcat": children}


def _lowest(values: pd.DataFrame) -> pd.DataFrame:
    """Return one row an area with its lowest value, which is what names of classes depend on."""
    return values.groupby("area_code")["value"].min().reset_index()


def _without_shapes(layer: dict[str, Any]) -> dict[str, Any]:
    """Keep the projection and the clicks of the map off a layer of text."""
    return {**layer, "transform": []}


def _value_steps(
    values: pd.DataFrame,
    bounds: list[float],
    classes: list[str],
    years: list[int],
    unit: str,
    decimals: int,
) -> list[dict[str, Any]]:
    """Look up the values of all years, and class the one that is shown."""
    names = [f"y{year}" for year in years]
    by_area = values_by_area(values, years)
    lines = [",".join(["a", *names])]
    lines += [",".join([code, *printed(own)]) for code, own in by_area.items()]
    shown = f"datum['y' + {SHOWN_YEAR}]"
    known = "isValid(datum.value)"
    return [
        _lookup("\n".join(lines), names),
        {"calculate": f"{shown} == null || {shown} === '' ? null : toNumber({shown})",
         "as": "value"},
        {"calculate": f"{known} ? ({_class_of(bounds, classes)}) : '{MISSING}'", "as": "class"},
        {"calculate": f"{known} ? format(datum.value, ',.{decimals}f') + '{unit}' : '{MISSING}'",
         "as": "text"},
    ]  # fmt: skip


def _class_of(bounds: list[float], classes: list[str]) -> str:
    """Return the expression of the class of datum.value."""
    choice = f"'{classes[-1]}'" if classes else f"'{MISSING}'"
    for bound, name in zip(reversed(bounds[:-1]), reversed(classes[:-1]), strict=True):
        choice = f"datum.value <= {bound!r} ? '{name}' : {choice}"
    return choice


def _class_steps(
    values: pd.DataFrame,
    bounds: list[float],
    classes: list[str],
    years: list[int],
    shown_year: int,
    unit: str,
    decimals: int,
) -> list[dict[str, Any]]:
    """Look up one digit a year for the class; a dash where nothing is known."""
    edges = bounds[:-1]
    at = years.index(shown_year) if shown_year in years else len(years) - 1
    lines = ["a,c,v"]
    for code, own in values_by_area(values, years).items():
        digits = ("-" if value is None else str(bisect_left(edges, value)) for value in own)
        lines.append(f"{code},k{''.join(digits)},{printed(own)[at]}")
    place = f"indexof({years}, {SHOWN_YEAR}) + 1"
    letter = "datum.letter"
    exact = f"format(toNumber(datum.v), ',.{decimals}f') + '{unit}'"
    return [
        _lookup("\n".join(lines), ["c", "v"]),
        {"calculate": f"datum.c ? substring(datum.c, {place}, {place} + 1) : '-'", "as": "letter"},
        {"calculate": f"{letter} == '-' ? '{MISSING}' : {classes}[toNumber({letter})]",
         "as": "class"},
        {"calculate": f"{letter} == '-' ? '{MISSING}'"
                      f" : {SHOWN_YEAR} == {years[at]} ? {exact} : datum.class + '（{unit}）'",
         "as": "text"},
    ]  # fmt: skip


def _lookup(rows: str, fields: list[str]) -> dict[str, Any]:
    data = {"values": rows, "format": {"type": "csv"}}
    return {"lookup": "area_code", "from": {"data": data, "key": "a", "fields": fields}}
