"""The sheet of a group: texts and picked indicators, written field by field with the pen."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.catalogue import load_catalogue
from data.contact_details import contact_details
from workshop.file import reading, writing
from workshop.group_tables import TABLES
from workshop.groups import Group, RefusedGroup, group_in, group_of_row, groups_in
from workshop.pens import require_pen, seen_in
from workshop.room_directory import room_id_of
from workshop.sheet_fields import MAX_TARGET, TARGET, pick_fields, text_fields

PICKED = "picked"
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

_TEXTS = """
with final as (
    select *
    from sheet_text
    where group_id = :group_id
)

select * from final
"""

_WRITE = """
insert into sheet_text
values (:group_id, :key, :text, :version)
on conflict (group_id, key) do update
set
    text = excluded.text,
    version = excluded.version
"""


@dataclass(frozen=True)
class Sheet:
    """What a group has written; `board` has the indicators of a field by the last part of its key.

    `texts` by the keys of sheet_fields.toml, `picked` and `targets` for the sixth step.
    """

    group: Group
    texts: Mapping[str, str]
    picked: tuple[str, ...]
    targets: Mapping[str, str]
    board: Mapping[str, tuple[str, ...]]
    versions: Mapping[str, int] = field(default_factory=dict)


class ChangedField(RefusedGroup):
    """The field has another version than the one that was read."""


def write_field(
    root: Path,
    *,
    code: str,
    group_id: str,
    pid: str,
    key: str,
    text: str,
    version: int,
    now: float,
) -> int:
    """Keep the text of a field and return its version, which `version` was before the writing.

    The same text sent twice is kept once: an answer that was lost may be asked for again.
    """
    text = checked_text(key, text)
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        require_pen(con, group_id, pid)
        seen_in(con, group_id, pid, now)
        before = _field_in(con, group_id, key)
        if before is not None and before["text"] == text:
            return int(before["version"])
        newest = int(before["version"]) if before is not None else 0
        if newest != version:
            raise ChangedField(
                "この欄は、別の画面で先に書きかえられています。",
                "いまの内容を確かめてから、もう一度書いてください。",
            )
        con.execute(_WRITE, {"group_id": group_id, "key": key, "text": text, "version": newest + 1})
        con.execute("update work_group set version = version + 1 where group_id = ?", (group_id,))
    return newest + 1


def sheet_of(root: Path, *, code: str, group_id: str) -> Sheet:
    """Return the sheet of a group."""
    with reading(root, room_id_of(root, code), tables=TABLES) as con:
        return sheet_in(con, group_of_row(group_in(con, group_id)))


def sheets_of(root: Path, *, code: str) -> tuple[Sheet, ...]:
    """Return the sheets of all groups of a room, in their order."""
    with reading(root, room_id_of(root, code), tables=TABLES) as con:
        return tuple(sheet_in(con, group) for group in groups_in(con))


def sheet_in(con: sqlite3.Connection, group: Group) -> Sheet:
    """Return the sheet of a group in the file of this connection."""
    rows = con.execute(_TEXTS, {"group_id": group.group_id}).fetchall()
    kept = {row["key"]: str(row["text"]) for row in rows}
    picks = {key: keys_of(kept.get(key, "")) for key in pick_fields()}
    targets = {key: text for key, text in kept.items() if key.startswith(TARGET) and text}
    return Sheet(
        group=group,
        texts={key: text for key, text in kept.items() if key in text_fields() and text},
        picked=picks.pop(PICKED),
        targets={key.removeprefix(TARGET): text for key, text in targets.items()},
        board={key.rpartition(".")[2]: keys for key, keys in picks.items() if keys},
        versions={row["key"]: int(row["version"]) for row in rows},
    )


def keys_of(text: str) -> tuple[str, ...]:
    """Return the indicators of a field that holds them."""
    return tuple(text.split(",")) if text else ()


def checked_text(key: str, text: str) -> str:
    """Return the text as it will be kept, or raise RefusedGroup when the field cannot take it."""
    if key in pick_fields():
        return _checked_picks(key, text)
    known = load_catalogue().indicators
    if key.startswith(TARGET) and key.removeprefix(TARGET) in known:
        return _checked_words(f"{known[key.removeprefix(TARGET)].title}の目標", text, MAX_TARGET)
    if key not in text_fields():
        raise RefusedGroup("その欄はありません。", "画面を読み込み直してください。")
    entry = text_fields()[key]
    return _checked_words(entry.label, text, entry.max_length)


def _checked_words(label: str, text: str, longest: int) -> str:
    text = text.replace("\r\n", "\n").rstrip()
    if len(text) > longest:
        raise RefusedGroup(
            f"「{label}」が長すぎます（{len(text):,}字）。",
            f"{longest:,}字までにしてください。書いた文は欄に残っています。",
        )
    if _CONTROL.search(text):
        raise RefusedGroup(
            f"「{label}」に使用できない文字があります。", "その文字を消してください。"
        )
    found = contact_details(text)
    if found:
        raise RefusedGroup(
            f"「{label}」に{found}らしいものがあります。",
            "個人の情報は書けません。所属や役割に書きかえてください。",
        )
    return text


def _checked_picks(key: str, text: str) -> str:
    entry, keys = pick_fields()[key], keys_of(text)
    if len(keys) != len(set(keys)) or not set(keys) <= set(load_catalogue().indicators):
        raise RefusedGroup("指標が一覧にありません。", "選び直してください。")
    if len(keys) > entry.max_picks:
        raise RefusedGroup(
            f"「{entry.label}」の指標は{entry.max_picks}つまでです。", "どれかを外してください。"
        )
    return text


def _field_in(con: sqlite3.Connection, group_id: str, key: str) -> sqlite3.Row | None:
    query = "select * from sheet_text where group_id = ? and key = ?"
    row: sqlite3.Row | None = con.execute(query, (group_id, key)).fetchone()
    return row
