"""Struck-out and raised letters as plain text, so that whoever reads a cell can tell them."""

from __future__ import annotations

import re
from typing import Literal

Look = Literal["struck", "raised", "", "as_cell"]
Run = tuple[str, Look]
NOTE_PLACES = ("superscript", "subscript")  # where the number of a note stands
_STROKE = "\u0336"
_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
RAISED = re.compile(r"[¹²³⁰⁴-⁹⁽⁾₀-₉₍₎]+")
_STRUCK = re.compile(rf".{_STROKE}", re.DOTALL)


def struck(text: str) -> str:
    """Return a text with a line through every letter."""
    return re.sub(r"(\S)", rf"\1{_STROKE}", text.replace(_STROKE, ""))


def raised(text: str) -> str:
    """Return a text with its digits raised, as the number of a note is."""
    return text.translate(_RAISED)


def joined(runs: list[Run], *, of_cell: Look) -> str:
    """Return the text of a cell whose letters look different, each with its mark."""
    return "".join(looking(text, of_cell if look == "as_cell" else look) for text, look in runs)


def looking(text: str, look: Look) -> str:
    """Return a text with the marks of letters that look so."""
    if look == "struck":
        return struck(text)
    return raised(text) if look == "raised" else text


def is_struck(text: str) -> bool:
    """Tell whether there is a line through some of a text."""
    return _STROKE in text


def without_struck(text: str) -> tuple[str, str]:
    """Return what stands in a text without a line through it, and what is struck out."""
    gone = "".join(found[0][0] for found in _STRUCK.finditer(text))
    return _STRUCK.sub("", text).strip(), gone
