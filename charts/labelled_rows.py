"""Rows with their names at the left, on two lines where long, shorter on a narrow screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charts import theme

ROW = 26
TALL_ROW = 34
_LINE = 16
_WIDE_LETTERS = 16
_NARROW_LETTERS = 9
NARROW = "width < 480"
_NEVER_FIRST = "、。）」・：ー"
_GAP = 14


def two_lines(text: str, *, letters: int) -> list[str]:
    """Return a name on one line, or on two broken where a word begins, nearest to the middle."""
    if len(text) <= letters:
        return [text]
    middle = len(text) / 2
    starts = [
        place
        for place in range(max(1, len(text) - letters), min(letters, len(text) - 1) + 1)
        if _begins_word(text[place - 1], text[place])
    ]
    cut = min(starts, key=lambda place: abs(place - middle), default=round(middle))
    cut += text[cut] in _NEVER_FIRST
    return [text[:cut], text[cut:]]


def _begins_word(before: str, after: str) -> bool:
    hiragana = "ぁ" <= before <= "ん"
    if after in _NEVER_FIRST:
        return False
    return after == "（" or ((hiragana or before in "・：") and not "ぁ" <= after <= "ん")


@dataclass(frozen=True)
class Rows:
    """The rows of a figure in the order to draw, and the shorter name of each where it has one."""

    order: tuple[str, ...]
    short: Mapping[str, str]
    tall: bool = False

    @property
    def height(self) -> int:
        """The pixels of one row."""
        return TALL_ROW if self.tall or any(len(self._wide(row)) > 1 for row in self.order) else ROW

    def y(self) -> dict[str, Any]:
        """Return the y channel, which all layers share."""
        scale = {"paddingInner": 0.12, "paddingOuter": 0.06}
        return {"field": "item_label", "type": "nominal", "axis": None, "sort": None,
                "scale": scale}  # fmt: skip

    def x_range(self, *, end: int = 0) -> list[dict[str, str]]:
        """Return the range of x: right of the names, leaving `end` pixels for words at the end."""
        return [{"expr": self._room()}, {"expr": f"width - {end}"}]

    def values(self, fields: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return one value a row: its names as printed, and the fields given for it."""
        return [
            {
                "item_label": row,
                "wide": "\n".join(self._wide(row)),
                "narrow": "\n".join(self._narrow(row)),
                **fields[row],
            }
            for row in self.order
        ]

    def names(self) -> dict[str, Any]:
        """Return the layer that prints the names."""
        name = f"({NARROW} ? datum.narrow : datum.wide)"
        return {
            "mark": {"type": "text", "align": "left", "text": {"expr": name}, **_lines(name)},
            "encoding": {"x": {"value": 0}},
        }

    def ends(self) -> dict[str, Any]:
        """Return the layer that prints end_text, one or two lines, at the right of each row."""
        lines = _lines("datum.end_text")
        return {
            "mark": {"type": "text", "align": "right", "color": theme.MUTED, **lines},
            "encoding": {"x": {"value": "width"}, "text": {"field": "end_text"}},
        }

    def _wide(self, row: str) -> list[str]:
        return two_lines(row, letters=_WIDE_LETTERS)

    def _narrow(self, row: str) -> list[str]:
        return two_lines(self.short.get(row, row), letters=_NARROW_LETTERS)

    def _room(self) -> str:
        wide, narrow = (
            max((len(line) for row in self.order for line in of(row)), default=0)
            for of in (self._wide, self._narrow)
        )
        size = theme.FONT_SIZE
        return f"{NARROW} ? {narrow * size + _GAP} : {wide * size + _GAP}"


def _lines(text: str) -> dict[str, Any]:
    """Return how lines of text are centred: Vega centres the first, so that all are lifted."""
    more = f"(length(split({text}, '\\n')) - 1)"
    return {
        "baseline": "middle",
        "lineBreak": "\n",
        "lineHeight": _LINE,
        "dy": {"expr": f"-{_LINE // 2} * {more}"},
    }


def rows_of(labels: Sequence[str], shorts: Sequence[str], *, tall: bool = False) -> Rows:
    """Return the rows of a frame, each once, with its short names."""
    short = dict(zip(labels, shorts, strict=True))
    return Rows(order=tuple(short), short=short, tall=tall)


def figure(
    layers: list[dict[str, Any]], *, rows: Rows, values: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return a layered figure as wide as its place, with the shared configuration."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": values},
        "width": "container",
        "height": {"step": rows.height},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": {"y": rows.y()},
        "layer": layers,
    }
