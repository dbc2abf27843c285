"""What a group is told of its municipality agrees with the planning sheet of its profile."""

import pytest

from ui.group_facts import group_facts


@pytest.fixture
def demo(demo_store, monkeypatch):
    monkeypatch.setenv("STORE", str(demo_store))


def test_facts_stand_at_their_steps_with_value_and_source(demo):
    facts = group_facts("92201")
    assert facts["title"] == "蛍語川市（基準：練丘県）"
    assert any("85歳以上" in line for line in facts["steps"]["quantity"])
    assert facts["steps"]["problem"]
    assert {row["side"] for row in facts["standing"]} == {"▲", "▼"}
    assert set(facts["suggested"]) <= set(facts["now"])
    assert facts["source"]
    assert facts["now"]["council_exists"].startswith(("あり（", "なし（"))
    assert facts["now"]["kyoten_count"] == "データなし"


def test_facts_are_made_once_for_all_groups(demo):
    assert group_facts("92202") is group_facts("92202")


def test_a_municipality_that_is_gone_is_told(demo):
    assert "いまのデータにありません" in group_facts("99999")["note"]
