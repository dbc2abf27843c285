"""What one cell was taken for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

GAPS = {
    "unanswered": "未回答",
    "not_applicable": "該当なし",
    "suppressed": "秘匿",
    "missing": "欠測",
}
Taken = Literal["as_printed", "mended", "asked", "wrong"]


@dataclass(frozen=True)
class Reading:
    """A value or a status; blank status while somebody has to be asked or has to mend it.

    key is under which a decision is kept where the text alone does not tell what was decided;
    decided that the reading is one.
    """

    how: Taken
    status: str = ""
    value: str | None = None
    note: str = ""
    action: str = ""
    candidates: tuple[str, ...] = ()
    key: str = ""
    decided: bool = False


def chosen_reading(code: str, key: str = "") -> Reading:
    """Return what a person chose: an answer, or a gap written as its status in brackets."""
    status = code.strip("[]")
    if code.startswith("[") and status in GAPS:
        return Reading("as_printed", status, key=key, decided=True)
    return Reading("as_printed", "observed", code, key=key, decided=True)


def taken(printed: str, value: str, words: str = "") -> Reading:
    """Return an observed value; mended unless it is printed as its code or in the form's words."""
    if printed.strip() in (value, words):
        return Reading("as_printed", "observed", value)
    shown = f"「{printed.strip()[:40]}」を{words or f' {value} '}と読みました。"
    return Reading("mended", "observed", value, shown)


def gap(printed: str, status: str, *, plain: bool) -> Reading:
    """Return a gap of that status; plain when the sign is the agreed one."""
    if plain:
        return Reading("as_printed", status)
    return Reading(
        "mended", status, None, f"「{printed.strip()[:40]}」を{GAPS[status]}としました。"
    )


def asked(note: str, candidates: tuple[str, ...] = ()) -> Reading:
    """Return a question to the person who uploads."""
    return Reading("asked", note=note, action="読み方を選んでください。", candidates=candidates)


def wrong(note: str, action: str) -> Reading:
    """Return an error that stops acceptance."""
    return Reading("wrong", note=note, action=action)
