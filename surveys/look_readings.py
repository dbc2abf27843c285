"""Cells that look otherwise than their value: struck out, with a raised number, another format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from data.catalogue.survey import Question
from surveys.cell_looks import shown_of
from surveys.number_formats import HIDDEN
from surveys.readings import Reading, asked
from surveys.struck_text import RAISED, is_struck, without_struck
from surveys.wording import normal

Read = Callable[[str], Reading]


def read_look(printed: str, read: Read, *, question: Question) -> Reading | None:
    """Return what a cell says that looks otherwise than its value, none where it does not.

    read reads a text without its look. A choice gets no candidate where its look is doubtful: all
    that have one can be decided at a press.
    """
    if is_struck(printed):
        return _struck(printed, read, question)
    shown = shown_of(printed)
    if shown:
        return _shown(*shown, read, question)
    if RAISED.search(printed) and question.type != "text":
        note = "注の番号か、別の数が小さく付いています。"
        return asked(note, _values(read, (RAISED.sub("", printed) or normal(printed),)))
    return None


def _struck(printed: str, read: Read, question: Question) -> Reading:
    left, gone = without_struck(printed)
    if not left:
        near = () if question.allowed else _values(read, (gone,))
        return asked("消し線のある値です。回答かどうかを確かめてください。", near)
    found = read(left)
    note = f"消し線の「{gone[:40]}」を除き、「{left[:40]}」を読みました。"
    how = "mended" if found.how == "as_printed" else found.how
    return replace(found, how=how, note=f"{note}{found.note}")


def _shown(shown: str, value: str, read: Read, question: Question) -> Reading:
    by_look, by_value = read(shown), read(value)
    if by_value.value is not None and by_look.value == by_value.value:
        note = f"表示は「{shown[:40]}」、セルの値は「{value[:40]}」です。値を読みました。"
        return replace(by_value, how="mended", note=note)
    note = f"「{shown[:40]}」と表示されていますが、セルの値は「{value[:40]}」です。"
    if shown == HIDDEN:
        note = f"表示されない値「{value[:40]}」があります。"
    near = _values(read, (shown, value))
    return asked(note, near if len(near) > 1 or not question.allowed else ())


def _values(read: Read, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the different answers that texts would be."""
    found = [read(text).value for text in texts if text.strip()]
    return tuple(dict.fromkeys(value for value in found if value is not None))
