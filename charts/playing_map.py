"""Areas coloured by class for a year that is changed in the browser, and two years side by side."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.area_map import MANY_AREAS
from charts.choropleth import choropleth, fitted
from charts.classes import named_classes, printable
from charts.formatting import MISSING
from charts.player import SHOWN_YEAR, player, year_mark
from charts.year_columns import printed, values_by_area

HEIGHT = 560
PAIR_WIDTH = 560
HEAD = 2  # characters of a code that areas share: as many as the marks around the rest
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
    still: bool = False,
) -> dict[str, Any]:
    """Return the map of all years as Vega-Lite, with the same classes in every year.

    `frame` has area_code, year and value. Of very many areas only the class of each year is sent,
    and the value of the year first shown. A still map has that year only.
    """
    values = frame.assign(value=frame["value"].astype(float).round(decimals) + 0.0)
    bounds = printable(breaks, decimals=decimals)
    classes = named_classes(values["value"], bounds, decimals=decimals)
    years = [shown_year] if still else sorted({int(year) for year in frame["year"]})
    plain = choropleth(topology_url=topology_url, values=_lowest(values), breaks=breaks,
                       title=title, unit=unit, legend_title=title, decimals=decimals,
                       palette=palette, selected=selected, height=HEIGHT)  # fmt: skip
    at = str(shown_year) if still else SHOWN_YEAR
    classing = _Classing(bounds, classes, years, shown_year, at, unit, decimals)
    steps = classing.steps(values[values["year"].isin(years)], still=still)
    framed = fitted({**plain, "transform": [*plain["transform"][:2], *steps]}, extent=extent)
    mark = year_mark(projected_from=projected_from, fiscal=fiscal, place="left", year=at)
    drawn = {**framed, "layer": [*framed["layer"], *mark]}
    if still:
        return drawn
    return {**drawn, "config": {**drawn["config"], "signals": player(years, shown=shown_year)}}


def pair_of_years(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    """Return two still maps beside each other as one figure to save."""
    apart = ("$schema", "config", "autosize")
    children = [
        _sized({key: part for key, part in spec.items() if key not in apart})
        | {"width": PAIR_WIDTH, "height": HEIGHT}
        for spec in (left, right)
    ]
    return {"$schema": left["$schema"], "config": left["config"], "hconcat": children}


def _sized(node: Any) -> Any:  # noqa: ANN401 - any part of a specification
    """Write the size into expressions, since width and height mean the whole figure in a pair."""
    if isinstance(node, list):
        return [_sized(part) for part in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {"expr"}:
        wide = re.sub(r"\bwidth\b", str(PAIR_WIDTH), node["expr"])
        return {"expr": re.sub(r"\bheight\b", str(HEIGHT), wide)}
    return {key: _sized(part) for key, part in node.items()}


def _lowest(values: pd.DataFrame) -> pd.DataFrame:
    """Return one row an area with its lowest value, which is what names of classes depend on."""
    return values.groupby("area_code")["value"].min().reset_index()


@dataclass(frozen=True)
class _Classing:
    """How the year shown gets its class and its words in the browser."""

    bounds: list[float]
    classes: list[str]
    years: list[int]
    shown_year: int
    at: str  # the expression of the year shown
    unit: str
    decimals: int

    def steps(self, values: pd.DataFrame, *, still: bool) -> list[dict[str, Any]]:
        """Return what finds class and words: of very many areas in fewer bytes."""
        many = not still and values["area_code"].nunique() > MANY_AREAS
        return self.by_digit(values) if many else self.by_value(values)

    def by_value(self, values: pd.DataFrame) -> list[dict[str, Any]]:
        """Look up the values of all years, and class the one that is shown."""
        names = [f"y{year}" for year in self.years]
        by_area = values_by_area(values, self.years)
        lines = [",".join(["a", *names])]
        lines += [",".join([code, *printed(own)]) for code, own in by_area.items()]
        shown = f"datum['y' + {self.at}]"
        known = "isValid(datum.value)"
        words = f"format(datum.value, ',.{self.decimals}f') + '{self.unit}'"
        return [
            _lookup("\n".join(lines), names),
            {"calculate": f"{shown} == null || {shown} === '' ? null : toNumber({shown})",
             "as": "value"},
            {"calculate": f"{known} ? ({self._class()}) : '{MISSING}'", "as": "class"},
            {"calculate": f"{known} ? {words} : '{MISSING}'", "as": "text"},
        ]  # fmt: skip

    def _class(self) -> str:
        """Return the expression of the class of datum.value."""
        choice = f"'{self.classes[-1]}'" if self.classes else f"'{MISSING}'"
        steps = zip(reversed(self.bounds[:-1]), reversed(self.classes[:-1]), strict=True)
        for bound, name in steps:
            choice = f"datum.value <= {bound!r} ? '{name}' : {choice}"
        return choice

    def by_digit(self, values: pd.DataFrame) -> list[dict[str, Any]]:
        """Find one digit a year for the class, a dash where nothing is known, and one value.

        Areas whose codes begin alike share a row of `;rest of the code:digits value`, in few bytes.
        """
        edges, first = self.bounds[:-1], self.years.index(self.shown_year)
        rows: dict[str, list[str]] = {}
        for code, own in values_by_area(values, self.years).items():
            digits = ("-" if value is None else str(bisect_left(edges, value)) for value in own)
            said = f";{code[HEAD:]}:{''.join(digits)}{printed(own)[first]}"
            rows.setdefault(code[:HEAD], []).append(said)
        lines = ["a,r", *(f"{head},{''.join(own)}" for head, own in rows.items())]
        start = f"indexof(datum.r, ';' + substring(datum.area_code, {HEAD}) + ':')"
        place = f"indexof({self.years}, {self.at})"
        exact = f"format(toNumber(datum.v), ',.{self.decimals}f') + '{self.unit}'"
        told = f"{self.at} == {self.shown_year} ? {exact} : datum.class + '（{self.unit}）'"
        none = f"datum.digit == '-' ? '{MISSING}'"
        return [
            {"calculate": f"substring(datum.area_code, 0, {HEAD})", "as": "head"},
            _lookup("\n".join(lines), ["r"], by="head"),
            {"calculate": f"datum.r ? {start} : -1", "as": "at"},
            {"calculate": "datum.at < 0 ? '' :"
             " split(substring(datum.r, datum.at + length(datum.area_code)), ';')[0]", "as": "own"},
            {"calculate": f"substring(datum.own, {len(self.years)})", "as": "v"},
            {"calculate": f"datum.own ? substring(datum.own, {place}, {place} + 1) : '-'",
             "as": "digit"},
            {"calculate": f"{none} : {self.classes}[toNumber(datum.digit)]", "as": "class"},
            {"calculate": f"{none} : {told}", "as": "text"},
        ]  # fmt: skip


def _lookup(rows: str, fields: list[str], *, by: str = "area_code") -> dict[str, Any]:
    data = {"values": rows, "format": {"type": "csv"}}
    return {"lookup": by, "from": {"data": data, "key": "a", "fields": fields}}
