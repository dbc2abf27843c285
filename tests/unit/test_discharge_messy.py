"""Foreign care managers' forms: what is right, what is asked, nothing wrong."""

from __future__ import annotations

import pytest

from data.catalogue import load_catalogue
from surveys.checked import Decisions
from surveys.content import SheetContent
from surveys.discharge_check import CheckedDischarge, DischargeFormCheck
from surveys.discharge_wording import CARE, looks_like_discharge
from surveys.health_centres import HealthCentres
from surveys.limits import DEFAULT
from surveys.reading_child import read_sheets
from tests.unit.messy_discharge import DISHONEST, GORGE, NAMES, Messy, form, line
from tests.unit.messy_discharge_layouts import HONEST
from tests.unit.messy_workbooks import EXAMPLES

FORM = load_catalogue().surveys["discharge_form"]


NOTHING = Decisions()


def read(messy: Messy, decisions: Decisions = NOTHING, year: int = 0) -> CheckedDischarge:
    centres = HealthCentres(NAMES, prefecture="81", decisions=decisions)
    check = DischargeFormCheck(FORM, centres=centres, decisions=decisions, said_year=year)
    sheets = read_sheets(messy.content(), limits=DEFAULT)
    assert looks_like_discharge(sheets)
    return check.run(sheets, file=messy.name)


def answers(found: CheckedDischarge) -> dict[tuple[str, int, str], str]:
    return {
        (row.area_code, int(row.question_id[-2:]), row.question_id[:-4]): str(row.value)
        if row.status == "observed"
        else f"[{row.status}]"
        for row in found.frame.itertuples()
    }


@pytest.mark.parametrize("example", HONEST, ids=lambda name: name.replace(" ", "_"))
def test_a_messy_form_is_right_or_asked_and_never_wrong(example: str) -> None:
    messy = HONEST[example]
    found = read(messy)
    got = answers(found)
    assert {key: value for key, value in got.items() if messy.truth.get(key) != value} == {}
    stops = [problem for problem in found.problems if problem.stops]
    assert len(messy.truth) - len(got) == messy.asked, stops
    assert found.fiscal_year == messy.year
    assert bool(stops) == bool(messy.asked), stops
    assert not [p for p in found.problems if p.level == "warning"]
    assert [total.agrees for total in found.totals] == [True] * messy.totals


def test_what_is_asked_is_right_once_a_person_has_said_it() -> None:
    messy = HONEST["headers and names left open"]
    known = {f"{word}把握件数": f"discharges_known_{care}" for care, word in CARE.items()}
    found = read(messy, Decisions(columns=known, respondents={"なかぎた": GORGE}))
    assert answers(found) == messy.truth
    signs = HONEST["widths, units and signs"]
    rough = {"discharges_told_support": {"約10": "10"}}
    assert answers(read(signs, Decisions(values=rough))) == signs.truth


def test_a_form_without_a_year_asks_for_it_and_takes_no_other() -> None:
    row = ["中北保健所", "4月", *line(1, 4)]
    silent = form(row, title="退院調整")
    assert [p.rule for p in read(silent).problems if p.stops] == ["年度"]
    assert read(silent, year=2023).fiscal_year == 2023
    assert read(form(row), year=2023).fiscal_year == 2024
    both = form(row, title="令和7年度 退院調整（令和6年度分）")
    assert [p.rule for p in read(both, year=2020).problems if p.stops] == ["年度"]
    assert read(both, year=2024).fiscal_year == 2024


def test_a_total_that_is_not_the_sum_is_named_by_its_cell() -> None:
    found = read(form(["中北保健所", "4月", *line(1, 4)], ["", "計", *line(1, 5)]))
    wrong = [(p.level, p.cell) for p in found.problems if p.rule == "合計" and p.level != "mended"]
    assert wrong == [("warning", cell) for cell in ("C5", "E5", "F5", "H5")]
    rows = [
        ["中北", "4月", *line(1, 4)],
        ["なかぎた", "4月", *line(2, 4)],
        ["県計", "", *line(1, 4)],
    ]
    assert read(form(*rows)).totals == []


def test_no_municipal_form_is_taken_for_this_one() -> None:
    for messy in EXAMPLES.values():
        rows = [[str(cell) for cell in row] for row in messy.rows]
        assert not looks_like_discharge([SheetContent("回答", rows)])


@pytest.mark.parametrize("example", DISHONEST, ids=lambda name: name.replace(" ", "_"))
def test_a_dishonest_form_is_refused_by_its_cell(example: str) -> None:
    messy, rule, cell, words = DISHONEST[example]
    stops = [problem for problem in read(messy).problems if problem.stops]
    assert (rule, cell) in [(p.rule, p.cell) for p in stops]
    assert any(words in p.message for p in stops), stops
