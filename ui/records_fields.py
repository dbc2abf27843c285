"""Fields of an entry as widgets, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics.areas import find_area
from data.catalogue import load_catalogue
from records.kinds import FieldEntry, KindEntry, Value
from ui.store import ask

NOTHING = "－"


Words = list[tuple[str, str]]  # label and text


def in_words(kind: KindEntry, row: Mapping[str, Any], *, with_subject: bool) -> tuple[Words, Words]:
    """Return what is filled, first what is short (the subject at its head), then the texts."""
    subject = str(row["subject"])
    short = [(kind.subject_label, kind.subjects.get(subject, subject))] if with_subject else []
    long = []
    for field in kind.fields:
        if not is_blank(row[field.key]):
            found = long if field.type == "long_text" else short
            found.append((field.label, field_words(field, row[field.key])))
    return short, long


def is_blank(value: Value) -> bool:
    """Tell whether a field was left empty."""
    return bool(value is None or value == "" or (isinstance(value, float) and pd.isna(value)))


def field_words(field: FieldEntry, value: Value) -> str:
    """Return the value of a field as it is read: labels for codes, names for areas."""
    if is_blank(value):
        return NOTHING
    text = str(value)
    if field.type == "choice":
        return field.choices.get(text, text)
    if field.type in ("indicator", "indicators"):
        return "、".join(indicator_title(key) for key in text.split(","))
    if field.type == "bool":
        return "はい" if value else "いいえ"
    if field.type == "area":
        found = ask(find_area, area_code=text)
        return text if found.empty else str(found.at[0, "name"])
    if field.type == "number" and isinstance(value, int | float):
        return f"{value:,.10g}"
    return text


def indicator_title(key: str) -> str:
    """Return the title of an indicator, or what was kept when it is no longer there."""
    entry = load_catalogue().indicators.get(key)
    return entry.title if entry else f"{key}（いまはない指標）"


def draw_fields(
    kind: KindEntry, row: Mapping[str, Any] | None, *, key: str, subject: str | None
) -> tuple[str, dict[str, Value]]:
    """Draw the fields of a form; return its subject and what stands in the fields."""
    chosen = subject if subject is not None else _subject(kind, row, key)
    return chosen, {
        field.key: _widget(field, row[field.key] if row else None, f"{key}_{field.key}")
        for field in kind.fields
    }


def _subject(kind: KindEntry, row: Mapping[str, Any] | None, key: str) -> str:
    if not kind.subjects:
        return str(row["subject"]) if row else ""
    codes = list(kind.subjects)
    place = codes.index(row["subject"]) if row and row["subject"] in codes else 0
    picked = st.selectbox(
        kind.subject_label,
        codes,
        index=place,
        format_func=kind.subjects.__getitem__,
        key=f"{key}_subject",
        width=320,
    )
    return str(picked)


def _widget(field: FieldEntry, value: Value, key: str) -> Value:
    label = f"{field.label}（必須）" if field.required else field.label
    shared: dict[str, Any] = {"key": key, "help": field.help or None}
    if field.type == "long_text":
        return st.text_area(
            label, value=str(value or ""), max_chars=field.max_length, height=80, **shared
        )
    if field.type == "choice":
        return _choice(label, field.choices, value, **shared)
    if field.type == "number":
        start = None if is_blank(value) else float(value or 0)
        return st.number_input(label, value=start, width=320, **shared)
    if field.type == "date":
        start_day = None if is_blank(value) else date.fromisoformat(str(value))
        day = st.date_input(label, value=start_day, width=320, **shared)
        return day.isoformat() if isinstance(day, date) else None
    if field.type == "bool":
        return bool(st.checkbox(label, value=bool(value), **shared))
    if field.type == "indicator":
        entries = load_catalogue().indicators
        return _choice(label, {k: entry.title for k, entry in entries.items()}, value, **shared)
    return st.text_input(
        label, value=str(value or ""), max_chars=field.max_length, width=320, **shared
    )


def _choice(label: str, choices: Mapping[str, str], value: Value, **shared: Any) -> str | None:  # noqa: ANN401
    codes = list(choices)
    place = codes.index(str(value)) if value in choices else None
    picked = st.selectbox(
        label, codes, index=place, format_func=lambda code: choices.get(code, code),
        placeholder="選んでください", width=420, **shared,
    )  # fmt: skip
    return None if picked is None else str(picked)
