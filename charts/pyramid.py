"""Population pyramid: men at the left, women at the right, all years in one figure."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.formatting import with_unit
from charts.player import SHOWN_YEAR, player, year_mark
from charts.theme import CATEGORICAL, INK, base_config
from charts.year_columns import layers_on, printed

HEIGHT = 520
# Deepest from 75, paler from 65, palest below; blue and orange of one lightness each
MALE = ("#99bbdd", "#4f8ac4", CATEGORICAL[0])
FEMALE = ("#e8ba99", "#d7844a", CATEGORICAL[1])
_SEXES = (("m", "male", "男", -1, MALE), ("f", "female", "女", 1, FEMALE))
_HEAD = ("", " ")  # rows above the bands, for the year and the sums
Sex = tuple[str, str, str, int, tuple[str, str, str]]


def pyramid(
    frame: pd.DataFrame,
    *,
    shown_year: int,
    base_year: int | None,
    unit: str,
    decimals: int,
    projected_from: int | None = None,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Return the pyramid of the year shown over the outline of the base year as Vega-Lite.

    `frame` has year, age_from, age_label, male and female; both sides and all years share a scale.
    """
    years = sorted({int(year) for year in frame["year"]})
    limit = _limit(frame)
    layers = [_bars(sex, limit, unit, decimals, base_year) for sex in _SEXES]
    if base_year is not None:
        layers += [_outline(sex) for sex in _SEXES]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": {**base_config(), "signals": player(years, shown=shown_year)},
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": [
            layers_on(
                _rows(frame, years, decimals),
                [*layers, *_sides(frame, years, unit, decimals)],
                transform=_transform(unit, decimals, base_year),
                encoding={"y": _ages(frame)},
            ),
            *year_mark(projected_from=projected_from, place="middle"),
        ],
    }


def _limit(frame: pd.DataFrame) -> float:
    """Return the end of both sides: the largest band of any year, a little more."""
    largest = float(frame[["male", "female"]].max().max())
    return 1.02 * largest if largest > 0 else 1.0


def _rows(frame: pd.DataFrame, years: list[int], decimals: int) -> str:
    """Return one line a band, oldest first, with a column for each sex and year."""
    heads = [f"{letter}{year}" for letter, *_ in _SEXES for year in years]
    lines = [",".join(["b", "g", *heads])]
    columns = ("age_from", "age_label", "year", "male", "female")
    bands: dict[tuple[int, str], dict[str, float]] = {}
    for age, label, year, male, female in zip(*(frame[c].tolist() for c in columns), strict=True):
        bands.setdefault((age, label), {}).update({f"m{year}": male, f"f{year}": female})
    for (age, label), values in sorted(bands.items(), reverse=True):
        cells = (values.get(head) for head in heads)
        rounded = [None if v is None else round(v, decimals + 2) for v in cells]
        lines.append(",".join([label, str(age), *printed(rounded)]))
    return "\n".join(lines)


def _ages(frame: pd.DataFrame) -> dict[str, Any]:
    bands = frame[["age_from", "age_label"]].drop_duplicates()
    oldest_first = bands.sort_values("age_from", ascending=False)["age_label"]
    return {
        "field": "b",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": [*_HEAD, *oldest_first], "paddingInner": 0.12},
        "axis": {"ticks": False, "domain": False, "labelFontSize": 12, "labelOverlap": False},
    }


def _transform(unit: str, decimals: int, base_year: int | None) -> list[dict[str, Any]]:
    steps = []
    for letter, *_ in _SEXES:
        steps.append({"calculate": f"toNumber(datum['{letter}' + {SHOWN_YEAR}])", "as": letter})
        steps.append({
            "calculate": f"format(datum.{letter}, ',.{decimals}f') + '{unit}'",
            "as": f"{letter}_text",
        })  # fmt: skip
        if base_year is not None:
            base = f"toNumber(datum.{letter}{base_year})"
            steps.append({"calculate": base, "as": f"{letter}_base"})
            steps.append({
                "calculate": f"format(datum.{letter}_base, ',.{decimals}f') + '{unit}'",
                "as": f"{letter}_base_text",
            })  # fmt: skip
    ages = "replace(datum.b + '歳', '以上歳', '歳以上')"
    steps.append({"calculate": f"{SHOWN_YEAR} + '年 ' + {ages}", "as": "said"})
    return steps


def _bars(
    sex: Sex,
    limit: float,
    unit: str,
    decimals: int,
    base_year: int | None,
) -> dict[str, Any]:
    letter, _, word, side, colours = sex
    tooltip = [{"field": "said", "title": word}, {"field": f"{letter}_text", "title": "この年"}]
    if base_year is not None:
        tooltip.append({"field": f"{letter}_base_text", "title": f"{base_year}年"})
    return {
        "transform": [{"calculate": f"{side} * datum.{letter}", "as": "at"}],
        "mark": "bar",
        "encoding": {
            "x": {
                "field": "at",
                "type": "quantitative",
                "scale": {"domain": [-limit, limit], "nice": False},
                "axis": _axis(unit, decimals, base_year),
            },
            "color": {
                "condition": [
                    {"test": "toNumber(datum.g) >= 75", "value": colours[2]},
                    {"test": "toNumber(datum.g) >= 65", "value": colours[1]},
                ],
                "value": colours[0],
            },
            "tooltip": tooltip,
        },
    }


def _axis(unit: str, decimals: int, base_year: int | None) -> dict[str, Any]:
    plain = f"format(abs(datum.value), ',.{decimals}f')"
    many = "format(abs(datum.value) / 10000, ',~g') + '万'"
    outline = "" if base_year is None else f"　枠線：{base_year}年"
    return {
        "title": f"← 男　女 →（{unit}）{outline}",
        "tickCount": {"expr": "width < 480 ? 4 : 8"},
        "labelExpr": f"abs(datum.value) >= 10000 ? {many} : {plain}" if unit == "人" else plain,
        "labelOverlap": True,
    }


def _outline(sex: Sex) -> dict[str, Any]:
    letter, _, _, side, _ = sex
    return {
        "transform": [{"calculate": f"{side} * datum.{letter}_base", "as": "base_at"}],
        "mark": {
            "type": "bar",
            "filled": False,
            "stroke": INK,
            "strokeWidth": 1.5,
            "tooltip": None,
        },
        "encoding": {"x": {"field": "base_at", "type": "quantitative"}},
    }


def _sides(frame: pd.DataFrame, years: list[int], unit: str, decimals: int) -> list[dict[str, Any]]:
    """Return the words over each side: the sex and its sum in the year shown."""
    layers = []
    for _, sex, word, side, _ in _SEXES:
        sums = {year: float(frame.loc[frame["year"] == year, sex].sum()) for year in years}
        texts = {
            str(year): with_unit(value, unit=unit, decimals=decimals)
            for year, value in sums.items()
        }
        said = f"'{word} ' + datum[toString({SHOWN_YEAR})]"
        layers.append({
            "data": {"values": [{**texts, "b": _HEAD[1]}]},
            "mark": {"type": "text", "text": {"expr": said}, "color": INK, "fontWeight": 600},
            "encoding": {"x": {"value": {"expr": f"width * {0.5 + 0.25 * side}"}}},
        })  # fmt: skip
    return layers
