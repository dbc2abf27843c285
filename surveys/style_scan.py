"""What the styles of a workbook say of its cells: lines through letters, colours, formats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from surveys.limits import Limits
from surveys.number_formats import BUILT_IN, is_percentage, never_differs
from surveys.part_scan import PartScan
from surveys.struck_text import NOTE_PLACES, Look

_SECTIONS = frozenset(["numFmts", "fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs", "borders"])
_NAMES = {("theme", "0"): "white", ("indexed", "9"): "white", ("indexed", "1"): "white",
          ("indexed", "65"): "white", ("theme", "1"): "black", ("indexed", "8"): "black",
          ("indexed", "0"): "black", ("indexed", "64"): "black"}  # fmt: skip


@dataclass(frozen=True)
class CellStyle:
    """How the cells of one style look, where that says something of their values.

    format is blank where it never prints anything else than the value, or its hundredfold with %.
    """

    look: Look = ""
    is_faint: bool = False
    format: str = ""
    is_percentage: bool = False


@dataclass
class _Font:
    look: Look = ""
    colour: str = "black"


class StyleScan(PartScan):
    """The check of the part that holds the styles."""

    def __init__(self, *, limits: Limits) -> None:
        super().__init__(limits=limits)
        self._section = ""
        self._formats: dict[str, str] = dict(BUILT_IN)
        self._fonts: dict[str, _Font] = {}
        self._fills: dict[str, str] = {}
        self._cell_styles: list[dict[str, str]] = []
        self._font, self._fill = _Font(), ""
        self._starts |= {name: partial(self._enter, name) for name in _SECTIONS}
        self._starts |= {
            "numFmt": self._start_format,
            "font": self._start_font,
            "strike": self._start_strike,
            "vertAlign": self._start_raised,
            "color": self._start_colour,
            "fill": self._start_fill,
            "patternFill": self._start_pattern,
            "fgColor": self._start_pattern_colour,
            "xf": self._start_style,
        }

    def styles(self) -> dict[str, CellStyle]:
        """Return the styles of which something is to be said, by their number."""
        found = {str(n): self._style(attributes) for n, attributes in enumerate(self._cell_styles)}
        return {number: style for number, style in found.items() if style != CellStyle()}

    def _style(self, attributes: dict[str, str]) -> CellStyle:
        font = self._fonts.get(attributes.get("fontId", ""), _Font())
        fill = self._fills.get(attributes.get("fillId", ""), "white")
        code = self._formats.get(attributes.get("numFmtId", ""), "")
        format_told = "" if never_differs(code) else code
        return CellStyle(font.look, font.colour == fill, format_told, is_percentage(code))

    def _enter(self, section: str, _: dict[str, str]) -> None:
        self._section = section

    def _start_format(self, attributes: dict[str, str]) -> None:
        if self._section == "numFmts":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def _start_font(self, _: dict[str, str]) -> None:
        self._font = _Font()
        if self._section == "fonts":
            self._fonts[str(len(self._fonts))] = self._font

    def _start_strike(self, attributes: dict[str, str]) -> None:
        if attributes.get("val", "1") not in ("0", "false"):
            self._font.look = "struck"

    def _start_raised(self, attributes: dict[str, str]) -> None:
        if attributes.get("val") in NOTE_PLACES:
            self._font.look = self._font.look or "raised"

    def _start_colour(self, attributes: dict[str, str]) -> None:
        if self._section == "fonts":
            self._font.colour = _colour(attributes)

    def _start_fill(self, _: dict[str, str]) -> None:
        if self._section == "fills":
            self._fill = str(len(self._fills))
            self._fills[self._fill] = "white"

    def _start_pattern(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("patternType", "none")
        if self._section == "fills" and kind != "none":
            self._fills[self._fill] = kind

    def _start_pattern_colour(self, attributes: dict[str, str]) -> None:
        if self._section == "fills" and self._fills.get(self._fill) == "solid":
            self._fills[self._fill] = _colour(attributes)

    def _start_style(self, attributes: dict[str, str]) -> None:
        if self._section == "cellXfs":
            self._cell_styles.append(attributes)


def _colour(attributes: dict[str, str]) -> str:
    """Return a colour so that two that look alike are the same text."""
    tint = attributes.get("tint", "")
    for kind in ("theme", "indexed"):
        if kind in attributes:
            own = (kind, attributes[kind])
            return _NAMES.get(own, " ".join(own)) if tint in ("", "0") else " ".join((*own, tint))
    shade = attributes.get("rgb", "FF000000")[-6:].upper()
    return {"FFFFFF": "white", "000000": "black"}.get(shade, shade)
