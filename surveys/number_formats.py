"""What a number format prints where that is something else than the number in the cell."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

HIDDEN = "表示なし"
# The formats of accounts and of percentages, which a workbook need not spell out.
BUILT_IN = dict.fromkeys(("41", "42", "43", "44"), '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ')
BUILT_IN |= {"9": "0%", "10": "0.00%"}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/標準)|(?P<science>[eE][+-](?=[0#?]))|(?P<digits>[0#?.,]+)"
    r"|(?P<clock>AM/PM|A/P)|(?P<date>[ymdhsegab]+)|(?P<text>@)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?[0-9.]+)")
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne,
    "=": operator.eq, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_UNITS = frozenset(
    ["", "%", "件", "人", "名", "回", "か所", "カ所", "ヶ所", "ケ所", "ヵ所", "箇所", "個所", "年",
     "年度", "月", "日", "円", "施設", "機関", "事業所", "団体", "市町村", "圏域", "床", "台", "校",
     "組", "個", "歳", "世帯", "地区", "点", "位", "番", "号", "時間", "分"]
)  # fmt: skip
_LEADS = frozenset(["", "+", "¥", "\\", "$"])
_MINUS = frozenset(["-", "−", "△", "▲"])
_WHITE = frozenset(["white", "白", "color2"])
_DASHES = frozenset(["-", "−", "ー", "―", "‐"])


@dataclass
class Section:
    """One part of a format: the words around the number, and how its digits are printed."""

    lead: str = ""
    tail: str = ""
    digits: str = ""
    dates: str = ""
    is_general: bool = False
    is_text: bool = False
    is_white: bool = False
    test: Callable[[float, float], bool] | None = None
    bound: float = 0

    @property
    def scale(self) -> int:
        """How often the number is divided by a thousand."""
        return len(re.findall(r",(?=,*(?:\.|$))", self.digits))

    @property
    def is_number(self) -> bool:
        """Tell whether the section prints the number at all."""
        return self.is_general or any(mark in self.digits for mark in "0#?")

    def is_plain(self, value: float, *, is_negative_part: bool) -> bool:
        """Tell whether the number is printed as it is, at most with a unit."""
        blank = value == 0 and not self.is_general and not set(self.digits) & {"0", "?"}
        lead, tail = _folded(self.lead), _folded(self.tail)
        if is_negative_part and (lead in _MINUS or (lead, tail) == ("(", ")")):
            lead = tail = ""
        other = blank or self.is_white or self.scale
        return self.is_number and not other and lead in _LEADS and tail in _UNITS

    def printed(self, value: float) -> str:
        """Return what can be seen of a number."""
        if self.is_white:
            return ""
        words = f"{self.lead}{self._number(value)}{self.tail}" if self.is_number else self.lead
        return " ".join(words.split())

    def _number(self, value: float) -> str:
        if self.is_general:
            return f"{value:g}"
        if value == 0 and not set(self.digits) & {"0", "?"}:
            return ""
        number = value / 1000**self.scale * (100 if "%" in self.tail else 1)
        decimals = len(re.sub(r"[^0#?]", "", self.digits.partition(".")[2]))
        comma = "," if re.search(r",[0#?]", self.digits) else ""
        return f"{number:{comma}.{decimals}f}"


@lru_cache(maxsize=1_000)
def sections_of(code: str) -> tuple[Section, ...]:
    """Return the parts of a format between its semicolons."""
    found = [Section()]
    for token in _TOKEN.finditer(code):
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        section = found[-1]
        if kind == "end":
            found.append(Section())
        elif kind == "bracket":
            _read_bracket(section, text)
        elif kind == "general":
            section.is_general = True
        elif kind == "digits":
            section.digits += text
        elif kind == "date":
            section.dates += text.lower()
        elif kind == "text":
            section.is_text = True
        elif kind in ("quoted", "escaped", "other"):
            _add_words(section, text)
    return tuple(found)


def _read_bracket(section: Section, text: str) -> None:
    condition = _CONDITION.fullmatch(text.strip())
    if condition:
        section.test, section.bound = _TESTS[condition[1]], float(condition[2])
    elif text.startswith("$"):
        _add_words(section, text[1:].partition("-")[0])
    elif text and set(text.lower()) <= set("hms"):
        section.dates += text.lower()
    section.is_white = section.is_white or text.lower() in _WHITE


def _add_words(section: Section, text: str) -> None:
    if section.is_number or section.is_text or section.dates:
        section.tail += "" if text == "/" else text
    else:
        section.lead += text


@lru_cache(maxsize=10_000)
def shown_number(value: float, code: str) -> str | None:
    """Return what a format prints for a number, None where it is the number or a date."""
    sections = sections_of(code)
    section, is_negative_part = _section_for(value, sections)
    if section is None or section.dates or section.is_text:
        return None
    if section.is_plain(value, is_negative_part=is_negative_part):
        return None
    return section.printed(abs(value) if is_negative_part else value) or HIDDEN


def shown_text(text: str, code: str) -> str | None:
    """Return what a format prints for a text, None where it is the text."""
    sections = sections_of(code)
    own = next((one for one in sections if one.is_text), None)
    if own is None:
        return HIDDEN if len(sections) > 3 and not sections[3].lead else None
    words = f"{own.lead}{text}{own.tail}".strip()
    return words if (own.lead + own.tail).strip() else None


def year_words(code: str) -> str | None:
    """Return the words behind the year where a format prints a date's year alone."""
    section = sections_of(code)[0]
    has_year = bool(set("yeg") & set(section.dates))
    return section.tail.strip() if has_year and not set("mdhs") & set(section.dates) else None


def never_differs(code: str) -> bool:
    """Tell whether a format prints every number, text and date so that nothing is to be said."""
    sections = sections_of(code)
    if len(sections) > 4 or any(one.test for one in sections):
        return False
    if year_words(code) is not None or shown_text("x", code):
        return False
    return not any(shown_number(value, code) for value in (1.0, -1.0, 0.0))


def is_percentage(code: str) -> bool:
    """Tell whether a format prints a number a hundred times as large, with a per cent sign."""
    return any(token["other"] == "%" for token in _TOKEN.finditer(code))


def is_dash(text: str) -> bool:
    """Tell whether a format's words are the line that accountants print for zero."""
    return _folded(text) in _DASHES


def _section_for(value: float, sections: tuple[Section, ...]) -> tuple[Section | None, bool]:
    """Return the part of a format that prints a number, and whether it is that for negative ones.

    None stands for the number itself.
    """
    if any(one.test for one in sections):
        rest = [one for one in sections if not one.is_text]
        fits = (one for one in rest if one.test is None or one.test(value, one.bound))
        return next(fits, None), False
    numbers = [one for one in sections[:3] if not one.is_text] or None
    if numbers is None:
        return None, False
    if value < 0 and len(numbers) > 1:
        return numbers[1], True
    return numbers[2] if value == 0 and len(numbers) > 2 else numbers[0], False


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
