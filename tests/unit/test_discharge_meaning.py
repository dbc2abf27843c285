"""Words around and beside the counts of a foreign form that change what they mean."""

from __future__ import annotations

import pytest

from surveys.checked import Decisions
from tests.unit.messy_discharge import NORTH, YEAR, Messy, counts, form, line, meant, months
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
    "a month that may change": (under("4月(速報値)"), "B4", "速報"),
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
    "a branch in the title": (
        Messy({"調査": [[f"{TITLE} 中北保健所 北支所"], *(row[1:] for row in BODY[1:])]}, {}),
        ("asked", "A1", "支所"),
    ),
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


def test_a_sum_of_a_health_centre_is_held_against_its_own_months() -> None:
    rows = [APRIL, ["峡ケ崎保健所", "4月", *line(2, 4)], ["中北保健所 計", "", *line(1, 4)]]
    found = read(form(*rows))
    assert [total.agrees for total in found.totals] == [True] * 6


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
    groups = ["", "", "要支援（R5）", "", "", "要介護（令和6年度）", "", ""]
    other = [p.cell for p in read(Messy({"調査": [BODY[0], groups, *BODY[2:]]}, {})).problems]
    assert other == ["C3", "D3", "E3"]


def of_one_centre(labels: list[str], *above: list[object]) -> Messy:
    """Return a numbered form of a health centre with the months of a year across."""
    rows = [
        ["１" if not place else "", care if not place else "", kind, *counted]
        for care, scale in (("要支援", 1), ("要介護", 3))
        for place, kind in enumerate(("退院を把握した件数", "連絡あり", "退院直前"))
        if (counted := [counts(1, month, scale)[place] for month in YEAR])
    ]
    rows[3][0] = "２"
    title: list[object] = ["退院調整調査票"]
    fields: list[object] = ["保健所名", "", "中北保健所", "", "担当者", "山田"]
    return Messy({"入力": [title, fields, *above, ["", "", "", *labels], *rows]}, {})


MONTHS_ACROSS = {
    "numbers": of_one_centre([str(m) for m in YEAR], ["令和6年度"]),
    "numbers with a point": of_one_centre(
        [f"{6 + (m < 4)}.{1 if m == 10 else m}" for m in YEAR], ["令和6年度"]
    ),
    "years and months": of_one_centre([f"{2024 + (m < 4)}{m:02d}" for m in YEAR]),
    "years beside": of_one_centre([f"{m}月分（R{6 + (m < 4)}）" for m in YEAR]),
    "years above": of_one_centre(
        [f"{m}月" for m in YEAR],
        ["", "", "", "令和6年", *[""] * 8, "令和7年"],
    ),
}


@pytest.mark.parametrize("example", MONTHS_ACROSS, ids=lambda name: name.replace(" ", "_"))
def test_months_across_a_form_come_in_right(example: str) -> None:
    found = read(MONTHS_ACROSS[example])
    assert answers(found) == months(NORTH, *YEAR)
    assert found.fiscal_year == 2024
    assert {p.level for p in found.problems} <= {"mended"}


def test_numbers_that_only_may_be_months_are_not_taken_for_them() -> None:
    half = of_one_centre([str(m) for m in YEAR[:6]], ["令和6年度"])
    found = read(half)
    assert answers(found) == {}
    assert any("4月・R6.4" in p.action for p in found.problems if p.level == "error")


def test_a_count_told_just_before_discharge_is_one_again_and_a_rate_is_listed() -> None:
    def headed(told: str, late: str) -> Messy:
        kinds = ["退院を把握した件数", told, late]
        return Messy({"調査": [*BODY[:2], ["保健所", "月", *kinds, *kinds], APRIL]}, {})

    assert answers(read(headed("連絡あり", "うち退院直前（再掲）"))) == meant((NORTH, 4))
    for told, late, gone in (("連絡あり（再掲）", "うち退院直前", "told"),
                             ("連絡あり", "うち退院直前(%)", "late")):  # fmt: skip
        found = read(headed(told, late))
        kept = {key: value for key, value in meant((NORTH, 4)).items() if gone not in key[2]}
        assert answers(found) == kept
        words = "再掲" if gone == "told" else "率"
        assert any(p.level == "mended" and words in p.message for p in found.problems)
