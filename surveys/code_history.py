"""Codes of municipalities as printed, and what became of those that ended."""

from __future__ import annotations

import pandas as pd

from data.harmonise.codes import from_code6

RESPONDENT_TYPES = {
    "municipality": ("municipality", "designated_city"),
    "prefecture": ("prefecture",),
    "health_center_area": ("health_center_area",),
}
SAME_PLACE = ("市制施行", "町制施行", "名称変更", "政令指定都市施行")


def code_readings(text: str) -> list[tuple[str, str]]:
    """Return the codes that digits may stand for, each with what was mended."""
    lost = "先頭の0を補いました。"
    if len(text) == 4:
        return [(f"0{text}", lost)]
    readings = [(text, "")] if len(text) == 5 else []
    try:
        readings.append((from_code6(text.zfill(6)), lost if len(text) == 5 else ""))
    except ValueError:
        return readings
    return readings


def prefecture_code(text: str) -> str:
    """Return the two digits of a prefecture from 1, 01 or 010006; blank when it is none."""
    digits = text.removesuffix(".0")
    if digits.isdecimal() and len(digits) <= 2:
        return digits.zfill(2)
    try:
        code = from_code6(digits.zfill(6))
    except ValueError:
        return ""
    return code[:2] if code.endswith("000") else ""


def successors(changes: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Return the codes that only got another name, and those that were joined to another."""
    same: dict[str, str] = {}
    joined: dict[str, str] = {}
    moved = changes[changes["old_code"] != changes["new_code"]]
    targets = moved.groupby("old_code")["new_code"].nunique()
    sources = moved.groupby("new_code")["old_code"].nunique()
    columns = ["old_code", "new_code", "reason"]
    for old, new, reason in moved[columns].itertuples(index=False):
        alone = targets[old] == 1 and sources[new] == 1 and reason in SAME_PLACE
        (same if alone else joined)[old] = new
    return same, joined
