"""What is written into a planning sheet: kept for the session, and as a record by staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from records.entries import Entry, save
from ui.actor import current_actor
from ui.records_fields import is_blank
from ui.records_form import records_of
from ui.store import store

KIND = "planning"
TEXTS = ("quantity", "quality", "problem", "ideal", "activity", "target")
_DRAFTS = "planning_drafts"


@dataclass
class Draft:
    """The texts by step and the targets by indicator; `entry` is the record they began from."""

    texts: dict[str, str]
    targets: dict[str, str]
    entry: Mapping[str, Any] | None
    is_changed: bool = False
    rounds: int = field(default=0)  # a new round draws the fields anew


def saved_plan(area_code: str, period: str) -> Mapping[str, Any] | None:
    """Return the record of an area and plan period, nothing where none was saved."""
    rows = records_of(KIND, area_code=area_code, subject=period)
    return None if rows.empty else rows.iloc[0].to_dict()


def draft_of(area_code: str, period: str) -> Draft:
    """Return what this session has written, else what is saved; an unchanged draft follows it."""
    drafts: dict[tuple[str, str], Draft] = st.session_state.setdefault(_DRAFTS, {})
    known = drafts.get((area_code, period))
    saved = saved_plan(area_code, period)
    if known is None or (not known.is_changed and _version(known.entry) != _version(saved)):
        rounds = known.rounds + 1 if known else 0
        drafts[area_code, period] = Draft(texts_of(saved), targets_of(saved), saved, rounds=rounds)
    return drafts[area_code, period]


def forget_draft(area_code: str, period: str) -> None:
    """Drop what this session has written, so that what is saved is shown."""
    draft = draft_of(area_code, period)
    draft.is_changed, draft.entry = False, {"entry_id": "", "version": -1}


def _version(entry: Mapping[str, Any] | None) -> tuple[str, int]:
    return ("", 0) if entry is None else (str(entry["entry_id"]), int(entry["version"]))


def texts_of(saved: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the texts of a record by step."""
    if saved is None:
        return {}
    return {key: str(saved[key]) for key in TEXTS if not is_blank(saved[key])}


def targets_of(saved: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the targets of a record by indicator."""
    if saved is None or is_blank(saved["targets"]):
        return {}
    lines = [line.partition("=") for line in str(saved["targets"]).splitlines()]
    return {key: target for key, _, target in lines if target}


def picked_of(saved: Mapping[str, Any] | None) -> list[str]:
    """Return the indicators of a record."""
    if saved is None or is_blank(saved["indicators"]):
        return []
    return str(saved["indicators"]).split(",")


def save_draft(area_code: str, period: str, draft: Draft, picked: list[str]) -> Entry:
    """Keep a draft as a record; raises as `records.entries.save` does."""
    kept = {key: draft.targets[key].replace("\n", " ") for key in picked if draft.targets.get(key)}
    made = save(
        store().root,
        actor=current_actor(),
        kind=KIND,
        area_code=area_code,
        subject=period,
        fields={
            **draft.texts,
            "indicators": ",".join(picked),
            "targets": "\n".join(f"{key}={target}" for key, target in kept.items()),
        },
        entry_id=str(draft.entry["entry_id"]) if draft.entry else None,
        version=int(draft.entry["version"]) if draft.entry else None,
    )
    draft.is_changed = False
    return made
