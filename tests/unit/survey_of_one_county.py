"""A survey of our own as a prefecture would drop it into the catalogue, and its answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.catalogue import load_catalogue
from data.catalogue.loading import read_surveys
from data.generations import Store
from surveys.acceptance import Accepted
from surveys.target import Target
from tests.unit.intake_stand import NAMES, accepted, book

KEY = "day_care_form"
YEAR = 2023
FORM = """
label = "通所リハビリの体制調査"
respondent = "{respondent}"

[code_lists.yes_no]
1 = "あり"
0 = "なし"

[code_lists.days]
weekday = "平日のみ"
saturday = "土曜も"

[[questions]]
id = "dc_transfer"
label = "引き継ぎの取り決め"
type = "bool"
allowed = "yes_no"
frameworks = ["r3"]

[[questions]]
id = "dc_days"
label = "受け入れの曜日"
type = "multi"
allowed = "days"
frameworks = ["r3"]

[[questions]]
id = "dc_staff"
label = "専門職の人数"
type = "count"
frameworks = ["r3"]
minimum = 0
"""
HEAD = ["団体コード", "市町村名", "引き継ぎの取り決め", "受け入れの曜日", "専門職の人数"]
# 81203 left a question open, 81204 has no row at all.
ANSWERS = {
    "81100": ("あり", "平日のみ、土曜も", 12),
    "81201": ("あり", "平日のみ", 3),
    "81202": ("なし", "平日のみ", 0),
    "81203": ("", "－", "***"),
}


def drop_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, respondent: str = "municipality"
) -> None:
    """Write the form as a file and let the catalogue of this process have read it."""
    (folder / "surveys").mkdir(exist_ok=True)
    text = FORM.format(respondent=respondent)
    (folder / "surveys" / f"{KEY}.toml").write_text(text, encoding="utf-8")
    form = read_surveys(folder, shared={})[KEY]
    monkeypatch.setitem(load_catalogue().surveys, KEY, form)


def publish_answers(store: Store) -> Accepted:
    """Take the answers over as staff do."""
    rows = [HEAD, *([code, NAMES[code], *cells] for code, cells in ANSWERS.items())]
    return accepted(store, book(rows), target=Target(KEY, YEAR, "81"))
