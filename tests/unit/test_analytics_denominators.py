"""One denominator for all areas in view."""

import pytest

from analytics.denominators import choose_denominator

FIELDS = "(area_code, edition, year, age_75_plus, is_projection, basis)"


def add(con, *rows):
    for code, edition, year, persons, projected in rows:
        con.execute(
            f"insert into population_total {FIELDS} values (?, ?, ?, ?, ?, 'source')",
            [code, edition, year, persons, projected],
        )


def test_first_choice_that_covers_all_areas_wins(fresh_con):
    add(
        fresh_con,
        ("01100", "ipss2018", 2025, 10.0, True),
        ("01202", "ipss2018", 2025, 20.0, True),
        ("01100", "ltc_insured", 2023, 11.0, False),
        ("01202", "ltc_insured", 2023, 21.0, False),
    )
    chosen = choose_denominator(fresh_con, area_codes=("01100", "01202"))
    assert (chosen.key, chosen.year, chosen.covered, chosen.asked) == ("ltc_insured", 2023, 2, 2)
    assert chosen.full_label == "介護保険第1号被保険者の75歳以上、令和5年度(2023年度)末"


def test_a_later_choice_wins_when_only_it_covers_all(fresh_con):
    add(
        fresh_con,
        ("01100", "ltc_insured", 2023, 11.0, False),
        ("01202", "ltc_insured", 2023, None, False),
        ("01100", "ipss2018", 2025, 10.0, True),
        ("01202", "ipss2018", 2025, 20.0, True),
    )
    chosen = choose_denominator(fresh_con, area_codes=("01100", "01202"))
    assert chosen.key == "ipss2018"
    assert "推計" in chosen.year_label


def test_the_widest_wins_when_none_covers_all_and_order_breaks_ties(fresh_con):
    add(
        fresh_con,
        ("01100", "juki", 2024, 11.0, False),
        ("01202", "ipss2018", 2025, 20.0, True),
        ("01203", "ipss2018", 2025, 20.0, True),
    )
    codes = ("01100", "01202", "01203", "01204")
    chosen = choose_denominator(fresh_con, area_codes=codes)
    assert (chosen.key, chosen.covered, chosen.asked) == ("ipss2018", 2, 4)
    tied = choose_denominator(fresh_con, area_codes=("01100", "01202"))
    assert tied.key == "juki"


@pytest.mark.parametrize(("years", "expected"), [((2015, 2030), 2030), ((2020, 2030), 2020)])
def test_a_projection_is_taken_at_the_year_nearest_to_2025(fresh_con, years, expected):
    add(fresh_con, *(("01100", "ipss2018", year, 1.0, True) for year in years))
    assert choose_denominator(fresh_con, area_codes=("01100",)).year == expected


def test_counted_people_are_taken_at_their_latest_year(fresh_con):
    add(fresh_con, ("01100", "juki", 2021, 1.0, False), ("01100", "juki", 2024, 1.0, False))
    assert choose_denominator(fresh_con, area_codes=("01100",)).year == 2024


def test_no_people_anywhere_gives_no_denominator(fresh_con):
    assert choose_denominator(fresh_con, area_codes=("01100",)) is None
