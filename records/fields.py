"""Checks what is about to be saved: known fields, types, lengths, and nothing personal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from data.catalogue import load_catalogue
from data.errors import UserError
from records.kinds import FieldEntry, KindEntry, Value
from records.personal import personal_data

_CODE = re.compile(r"[0-9a-z-]{2,16}")
_SUBJECT = re.compile(r"[0-9A-Za-z_.:-]{0,60}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class RefusedEntry(UserError):
    """An entry cannot be saved as it stands."""


def checked_fields(kind: KindEntry, fields: Mapping[str, Value]) -> dict[str, Value]:
    """Return the fields as they will be kept, or raise RefusedEntry for the first fault."""
    unknown = sorted(set(fields) - {entry.key for entry in kind.fields})
    if unknown:
        raise RefusedEntry(f"{kind.label}にない項目です（{'、'.join(unknown)}）。")
    found = {entry.key: _checked(kind, entry, fields.get(entry.key)) for entry in kind.fields}
    if all(value in (None, "", False) for value in found.values()):
        raise RefusedEntry(f"{kind.label}が空です。", "どれかの欄に書いてから保存してください。")
    return found


def check_place(kind: KindEntry, *, area_code: str, subject: str) -> None:
    """Raise RefusedEntry unless the entry can stand at this area and subject."""
    if not _CODE.fullmatch(area_code):
        raise RefusedEntry("地域コードの形が違います。", "地域を選び直してください。")
    if not _SUBJECT.fullmatch(subject) or (kind.subjects and subject not in kind.subjects):
        raise RefusedEntry(f"{kind.subject_label}が一覧にありません。", "選び直してください。")


def _checked(kind: KindEntry, entry: FieldEntry, value: Value) -> Value:
    if isinstance(value, str):
        value = value.strip() or None
    if value is None:
        if entry.required:
            raise _refused(kind, entry, "が空です。", "書いてから保存してください。")
        return None
    if entry.type in ("text", "long_text"):
        return _text(kind, entry, value)
    if entry.type == "number":
        return _number(kind, entry, value)
    if entry.type == "bool":
        if not isinstance(value, bool):
            raise _refused(kind, entry, "は、はい・いいえで答えます。", "選び直してください。")
        return value
    return _code(kind, entry, str(value))


def _text(kind: KindEntry, entry: FieldEntry, value: Value) -> str:
    text = str(value)
    if len(text) > entry.max_length:
        long = f"が長すぎます（{len(text)}字）。"
        raise _refused(kind, entry, long, f"{entry.max_length}字までにしてください。")
    if _CONTROL.search(text):
        raise _refused(kind, entry, "に使用できない文字があります。", "打ち直してください。")
    personal = personal_data(text)
    if personal:
        raise _refused(
            kind, entry, f"に{personal}らしいものがあります。",
            "個人の情報は書けません。所属や役割に書きかえてください。",
        )  # fmt: skip
    return text


def _number(kind: KindEntry, entry: FieldEntry, value: Value) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refused(kind, entry, "は数で書きます。", "数字だけにしてください。")
    low, high = entry.minimum, entry.maximum
    if (
        not abs(value) < 1e12
        or (low is not None and value < low)
        or (high is not None and value > high)
    ):
        raise _refused(kind, entry, "が範囲の外です。", "値を確かめてください。")
    return value


def _code(kind: KindEntry, entry: FieldEntry, value: str) -> str:
    knows = _KNOWS.get(entry.type, entry.choices.__contains__)
    if len(value) > entry.max_length or not knows(value):
        raise _refused(kind, entry, "が選択肢にありません。", "選び直してください。")
    return value


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _are_indicators(value: str) -> bool:
    keys = value.split(",")
    return len(keys) == len(set(keys)) and set(keys) <= set(load_catalogue().indicators)


_KNOWS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "month": lambda value: _MONTH.fullmatch(value) is not None,
    "area": lambda value: _CODE.fullmatch(value) is not None,
    "indicator": lambda value: value in load_catalogue().indicators,
    "indicators": _are_indicators,
}


def _refused(kind: KindEntry, entry: FieldEntry, message: str, action: str) -> RefusedEntry:
    return RefusedEntry(f"{kind.label}の「{entry.label}」{message}", action)
