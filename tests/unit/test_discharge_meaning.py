"""Words around and beside the counts of a foreign form that change what they mean."""

from __future__ import annotations

import pytest

from surveys.checked import Decisions
from tests.unit.messy_discharge import NORTH, Messy, form, line, meant
from tests.unit.test_discharge_messy import answers, read

TITLE = "令和6年度 退院調整"
APRIL = ["中北保健所", "4月", *line(1, 4)]
BODY = form(APRIL).sheets["調査"]


def under(label: str) -> Messy:
    """Return a form whose only months of a health centre are headed so."""
    return form(["中北保健所", label, *line(1, 4)])


def of(name: str) -> Messy:
    """Return a form with one month of a respondent named so."""
    return form([name, "4月", *line(1, 4)])


WARNED = {
    "half a year": (form(APRIL, title=f"{TITLE}（上半期）"), "A1", "上半期"),
    "an estimate": (form(APRIL, title=f"{TITLE}見込み"), "A1", "見込"),
    "a sample": (Messy({"調査": [*BODY, [], ["※ 抽出調査による"]]}, {}), "A6", "抽出"),
    "a part again": (form(APRIL, title=f"{TITLE}（再掲）"), "A1", "再掲"),
    "a file of another year": (
        Messy({"調査": BODY}, {}, name="R5退院調整.xlsx"),
        "",
        "令和5年度(2023年度)とあります",
    ),
    "another prefecture": (form(APRIL, title=f"隣県 {TITLE}"), "A1", "「隣県」とあります"),
}


@pytest.mark.parametrize("example", WARNED, ids=lambda name: name.replace(" ", "_"))
def test_words_that_change_the_extent_want_a_tick(example: str) -> None:
    messy, cell, words = WARNED[example]
    found = read(messy)
    told = [(p.level, p.cell) for p in found.problems if words in p.message]
    assert told == [("warning", cell)]
    assert answers(found) == meant((NORTH, 4))


STOPPED = {
    "a unit of thousands": (
        form(APRIL, title=f"{TITLE}（単位：千件）"),
        ("error", "A1", "単位:千件"),
    ),
    "a branch": (of("中北保健所（北支所）"), ("asked", "A4", "支所")),
    "a branch without brackets": (of("中北保健所北支所"), ("asked", "A4", "支所")),
    "two health centres": (of("中北・峡ケ崎"), ("asked", "A4", "複数の保健所")),
    "a sum of one": (of("中北保健所 計"), ("asked", "C4", "合計の行")),
    "all of them": (of("全保健所"), ("error", "C4", "保健所ごとの件数がなく")),
    "quarters": (under("第1四半期"), ("error", "C4", "期間の合計（第1四半期）")),
    "three months": (under("1月から3月"), ("error", "C4", "期間の合計（1月から3月）")),
    "a whole year": (under("令和6年度"), ("error", "C4", "月ごとの件数で取り込みます")),
}


@pytest.mark.parametrize("example", STOPPED, ids=lambda name: name.replace(" ", "_"))
def test_what_is_no_month_of_one_health_centre_is_never_taken(example: str) -> None:
    messy, told = STOPPED[example]
    found = read(messy)
    assert answers(found) == {} or told[2] == "単位:千件"
    stops = [(p.level, p.cell, p.message) for p in found.problems if p.stops]
    assert any(at[:2] == told[:2] and told[2] in at[2] for at in stops), stops


def test_a_sum_of_a_health_centre_counts_once_a_person_says_so() -> None:
    said = Decisions(respondents={"中北保健所 計": NORTH, "中北保健所（北支所）": NORTH})
    for name in said.respondents:
        assert answers(read(of(name), said)) == meant((NORTH, 4))
    rows = [APRIL, ["中北保健所 計", "4月", *line(1, 4)]]
    found = read(form(*rows), said)
    assert answers(found) == meant((NORTH, 4))
    assert not [p for p in found.problems if p.stops]


def test_a_header_with_another_unit_is_asked_and_stays_refused() -> None:
    heads = [*BODY[2][:2], "退院を把握した件数（千件）", *BODY[2][3:]]
    messy = Messy({"調査": [*BODY[:2], heads, APRIL]}, {})
    asked = [p for p in read(messy).problems if p.level == "asked"]
    assert [(p.cell, "千件" in p.message) for p in asked] == [("C3", True)]
    key = "要支援退院を把握した件数千件"
    said = Decisions(columns={key: "discharges_known_support"})
    assert [p.rule for p in read(messy, said).problems if p.stops] == ["単位"]
