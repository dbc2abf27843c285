"""Indicators are found by words, scene and domain, with their source and newest period."""

from __future__ import annotations

import pytest

from analytics.compare_navigation import newest_by_indicator
from analytics.scope import Scope
from data.catalogue import load_catalogue
from ui.compare_navigation import matching

EAST = Scope("81", "東見本県", "municipality", None)


def keys(word: str) -> set[str]:
    return {entry.key for entry in matching(word)}


def test_the_newest_period_is_not_after_the_year(tiny_con) -> None:
    first = newest_by_indicator(tiny_con, scope=EAST, year=2025).set_index("indicator_id")
    assert first.loc["aging_rate", ["areas", "newest"]].tolist() == [5, "2025"]
    assert first["source_title"].notna().all()
    assert "aging_rate" not in newest_by_indicator(tiny_con, scope=EAST, year=1999).values


@pytest.mark.parametrize(
    ("word", "found", "left_out"),
    [
        ("看取り", "death_home_rate", "aging_rate"),
        ("診療所 歯科", "dental_clinic", "zaishishin"),
        ("ＮＤＢ", "homevisit_claims", "aging_rate"),
        ("入退院", "discharge_coord_rate", "pharmacy"),
    ],
)
def test_words_are_sought_in_title_source_and_scene(word: str, found: str, left_out: str) -> None:
    assert found in keys(word)
    assert left_out not in keys(word)


def test_a_family_is_found_as_its_members_and_nonsense_not_at_all() -> None:
    assert "item_rate" not in keys("")
    assert "item_rate_a" in keys("")
    assert not keys("存在しない言葉")


def test_every_scene_has_indicators_and_a_death_belongs_to_the_last_one() -> None:
    entries = load_catalogue().indicators
    scenes = {scene for entry in entries.values() for scene in entry.scenes}
    assert scenes == {"daily", "transition", "acute", "eol"}
    assert entries["death_home_rate"].scenes == ["eol"]
    assert entries["pop_75plus"].scenes == []
