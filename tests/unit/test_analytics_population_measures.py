from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.population_classes import map_classes
from analytics.population_editions import (
    difference_sentence,
    edition_differences,
    two_editions,
)
from analytics.population_groups import group_persons
from analytics.population_growth import (
    growth_between,
    growth_sentence,
    old_growth,
    rank_sentence,
)
from analytics.population_held import measure_years, measure_years_inside
from analytics.population_measures import (
    COLUMNS,
    FORMS,
    group_series,
    measure_parts,
    measure_series,
    peaks,
    peaks_of,
    with_values,
)
from data.catalogue.population_measures import load_population_measures

Con = duckdb.DuckDBPyConnection
ENTRIES = load_population_measures()
# (area, year): (men 0-89, men 90+, women 0-89, women 90+); the city 07100 is printed, 07 is not
COUNTS = {
    ("07100", 2020): (40, 10, 45, 15),
    ("07100", 2040): (30, 20, 35, 25),
    ("07201", 2020): (20, 0, 18, 2),
    ("07201", 2040): (10, 4, 9, 7),
}


@pytest.fixture
def county(fresh_con: Con) -> Con:
    """A prefecture 07 that the source does not print: a city and a town, with wide bands."""
    fresh_con.execute(
        "insert into area (area_code, area_type, name) values ('07', 'prefecture', '見本県'),"
        " ('07100', 'designated_city', '甲市'), ('07201', 'municipality', '乙町'),"
        " ('07101', 'ward', '甲市北区'), ('07202', 'municipality', '丙村')"
    )
    fresh_con.execute(
        "insert into area_membership values ('07100', '07', 'prefecture', null, null),"
        " ('07201', '07', 'prefecture', null, null),"
        " ('07101', '07100', 'designated_city', null, null)"
    )
    fresh_con.execute(
        "insert into area_descendant values ('07', '07100', 'municipality', null, null),"
        " ('07', '07201', 'municipality', null, null), ('07', '07101', 'ward', null, null)"
    )
    for (code, year), counts in COUNTS.items():
        for sex, (young, old) in {"male": counts[:2], "female": counts[2:]}.items():
            _print(fresh_con, code, year, sex, 0, 89, young)
            _print(fresh_con, code, year, sex, 90, None, old)
        _total(fresh_con, code, year, sum(counts), counts[1] + counts[3])
    for year in (2020, 2040):
        rows = [sum(COUNTS[code, year]) for code in ("07100", "07201")]
        old = [COUNTS[code, year][1] + COUNTS[code, year][3] for code in ("07100", "07201")]
        _total(fresh_con, "07", year, sum(rows), sum(old), basis="sum")
    return fresh_con


def _print(
    con: Con, code: str, year: int, sex: str, first: int, last: int | None, persons: float
) -> None:
    con.execute(
        "insert into population values (?, 'demo', ?, ?, ?, ?, ?, ?, 's', 'r')",
        [code, year, sex, first, last, persons, year > 2020],
    )


def _total(con: Con, code: str, year: int, total: float, old: float, basis: str = "source") -> None:
    con.execute(
        "insert into population_total values (?, 'demo', ?, ?, 0, ?, ?, ?, ?, ?, ?)",
        [code, year, total, total - old, old, old, old, year > 2020, basis],
    )


def values(con: Con, codes: tuple[str, ...], measure: str, form: str, base: int | None = None):
    frame = measure_series(con, area_codes=codes, edition="demo", measure=measure, form=form,
                           base_year=base)  # fmt: skip
    assert list(frame.columns) == COLUMNS
    return frame


def test_persons_come_in_the_order_asked_for(county: Con) -> None:
    frame = values(county, ("07201", "07100"), "age_75_plus", "persons")
    assert list(frame["area_code"]) == ["07201", "07201", "07100", "07100"]
    assert list(frame["value"]) == [2, 11, 25, 45]
    assert list(frame["is_projection"]) == [False, True, False, True]


def test_shares_indices_and_growth_by_hand(county: Con) -> None:
    share = values(county, ("07100",), "age_75_plus", "share")
    assert list(share["value"].round(3)) == [22.727, 40.909]
    assert list(share["denominator"]) == [110, 110]
    assert list(values(county, ("07100",), "age_75_plus", "index")["value"]) == [100, 180]
    index = values(county, ("07100",), "age_75_plus", "index", 2040)
    assert list(index["value"].round(2)) == [55.56, 100]
    assert list(index["denominator"]) == [45, 45]
    assert list(values(county, ("07100",), "age_75_plus", "growth", 2020)["value"]) == [0, 80]


def test_ratios_of_a_sum_divide_sums_and_never_average(county: Con) -> None:
    workers = values(county, ("07",), "workers_per_75plus", "persons")
    assert list(workers["value"].round(4)) == [round(123 / 27, 4), round(84 / 56, 4)]
    men = values(county, ("07", "07100"), "sex_ratio", "persons")
    assert list(men["persons"]) == [70, 64, 50, 50]
    assert list(men["value"].round(2)) == [round(100 * 70 / 80, 2), round(100 * 64 / 76, 2),
                                           round(100 * 50 / 60, 2), round(100 * 50 / 60, 2)]  # fmt: skip


def test_a_band_of_an_unprinted_area_is_the_sum_of_all_its_parts(county: Con) -> None:
    band = values(county, ("07",), "band_90_plus", "persons")
    assert list(band["value"]) == [27, 56]
    county.execute("delete from population where area_code = '07201' and year = 2040"
                   " and age_from = 90")  # fmt: skip
    assert list(values(county, ("07",), "band_90_plus", "persons")["value"].isna()) == [False, True]


def test_a_band_that_the_source_lacks_is_missing_not_zero(county: Con) -> None:
    assert values(county, ("07100",), "band_85_89", "persons")["value"].isna().all()


def test_one_sex_alone_gives_no_band(county: Con) -> None:
    county.execute("delete from population where sex = 'female' and area_code = '07201'")
    frame = group_persons(county, area_codes=["07201"], edition="demo",
                          groups=["band_90_plus", "male", "female"])  # fmt: skip
    assert frame["band_90_plus"].isna().all()
    assert list(frame["male"]) == [20, 14]
    assert frame["female"].isna().all()


def test_men_are_not_counted_from_bands_with_a_gap(county: Con) -> None:
    county.execute("update population set age_to = 84 where sex = 'male' and age_from = 0")
    assert values(county, ("07100",), "sex_ratio", "persons")["value"].isna().all()


def test_parts_without_figures_stay_as_missing_for_every_year(county: Con) -> None:
    county.execute("insert into area_descendant values ('07', '07202', 'municipality', null, null)")
    frame = measure_parts(county, area_code="07", level="municipality", edition="demo",
                          measure="age_85_plus", form="persons")  # fmt: skip
    assert list(frame.columns) == COLUMNS
    assert list(frame["area_code"]) == ["07100", "07100", "07201", "07201", "07202", "07202"]
    village = frame[frame["area_code"] == "07202"]
    assert village["value"].isna().all()
    assert list(village["is_projection"]) == [False, True]


def test_growth_from_nobody_is_no_figure() -> None:
    frame = pd.DataFrame(
        {"area_code": "a", "area_name": "甲", "area_type": "municipality", "year": [2020, 2025],
         "is_projection": False, "basis": "source", "age_85_plus": [0.0, 3.0]}
    )  # fmt: skip
    for form in ("index", "growth"):
        shown = with_values(frame, entry=ENTRIES["age_85_plus"], form=form, base_year=2020)
        assert shown["value"].isna().all()


def test_no_area_and_no_part_give_no_rows(county: Con) -> None:
    assert values(county, (), "sex_ratio", "index").empty
    assert measure_parts(county, area_code="07201", level="ward", edition="demo",
                         measure="band_90_plus", form="growth").empty  # fmt: skip
    assert peaks(county, area_codes=("99",), edition="demo", measure="total").empty


def test_a_base_year_that_an_area_lacks_gives_no_index(county: Con) -> None:
    assert values(county, ("07100",), "total", "index", 2035)["value"].isna().all()


def test_a_group_has_a_figure_only_where_every_member_has(county: Con) -> None:
    def grouped(codes: tuple[str, ...]) -> pd.DataFrame:
        return group_series(county, groups=(("g", "南部", codes),), edition="demo",
                            measure="age_75_plus", form="share")  # fmt: skip

    frame = grouped(("07100", "07201"))
    assert list(frame["persons"]) == [27, 56]
    assert list(frame["value"].round(2)) == [18.0, 40.0]
    assert set(frame["area_name"]) == {"南部"}
    assert grouped(("07100", "07202"))["value"].isna().all()
    county.execute("delete from population_total where area_code = '07201' and year = 2040")
    assert list(grouped(("07100", "07201"))["value"].isna()) == [False, True]


def test_the_peak_is_the_highest_year_and_one_year_has_none(county: Con) -> None:
    found = peaks(county, area_codes=("07100", "07201"), edition="demo", measure="total")
    assert list(found["peak_year"]) == [2020, 2020]
    assert list(found["rise_percent"]) == [0, 0]
    old = peaks(county, area_codes=("07100",), edition="demo", measure="age_75_plus").iloc[0]
    assert (old["peak_year"], old["base_persons"], old["rise_percent"]) == (2040, 25, 80)
    assert old["at_end"]
    series = values(county, ("07100",), "age_75_plus", "persons")
    assert peaks_of(series[series["year"] == 2040]).empty


def test_which_edition_has_which_measure_in_which_years(county: Con) -> None:
    held = measure_years(county, area_code="07100")
    assert held["sex_ratio"] == {"demo": (2020, 2040)}
    assert held["band_90_plus"] == {"demo": (2020, 2040)}
    assert held["band_85_89"] == {}
    assert measure_years(county, area_code="07202")["total"] == {}


def test_parts_have_what_their_area_lacks(county: Con) -> None:
    county.execute("delete from population_total where area_code = '07'")
    assert measure_years(county, area_code="07")["total"] == {}
    county.execute("delete from population_total where area_code = '07201' and year = 2020")
    inside = measure_years_inside(county, area_code="07", level="municipality")
    assert inside["total"] == {"demo": (2020, 2040)}
    assert inside["band_85_89"] == {}
    assert measure_years_inside(county, area_code="07201", level="ward")["total"] == {}


def test_two_editions_are_compared_year_by_year_and_never_joined(county: Con) -> None:
    assert two_editions(county, area_code="07100", measure="total") is None
    county.execute(
        "insert into population_total select area_code, 'ipss2018', year, total + 22, age_0_14,"
        " age_15_64, age_65_plus, age_75_plus, age_85_plus, is_projection, basis"
        " from population_total where year = 2040"
    )
    pair = two_editions(county, area_code="07100", measure="total")
    assert pair == ("ipss2018", "demo")
    frame = edition_differences(county, area_code="07100", measure="total", editions=pair)
    assert frame.to_dict("records") == [
        {"year": 2040, "newer": 132.0, "older": 110.0, "difference": 22.0, "percent": 20.0}
    ]
    said = difference_sentence(frame, area_name="甲市", label="総人口", newer="新", older="旧",
                               unit="人", decimals=0)  # fmt: skip
    assert said == "2040年の甲市の総人口は、新と旧とを比べると、新が22人（20.0%）多い値です。"


def test_where_the_old_grow_most_follows_the_figures(tiny_con: Con) -> None:
    frame = old_growth(tiny_con, area_code="81", level="municipality", edition="demo")
    assert set(frame["to_year"]) == {2035, 2050}
    own = frame[(frame["area_code"] == "81201") & (frame["to_year"] == 2035)]
    assert own[own["measure"] == "age_75_plus"]["percent"].iloc[0] == pytest.approx(12.36, abs=0.05)
    said = growth_sentence(frame, where="東見本県", level_name="市区町村", edition_name="版")
    assert "2025年からの増加率が最も高いのは、75歳以上では2035年までは中央市（" in said
    assert "2050年までは" in said
    changed = frame.assign(percent=frame["percent"].where(frame["area_code"] != "81203", 999.0))
    assert "75歳以上では2035年までは森村（999.0%増）" in growth_sentence(
        changed, where="東見本県", level_name="市区町村", edition_name="版"
    )
    assert "5地域中5番目" in rank_sentence(frame, area_code="81203")


def test_no_decrease_is_called_growth(tiny_con: Con) -> None:
    frame = old_growth(tiny_con, area_code="81", level="municipality", edition="demo")
    place = {"where": "東見本県", "level_name": "市区町村", "edition_name": "版"}
    assert "減る中で" not in growth_sentence(frame, **place)
    fallen = frame.assign(percent=-1.0, added=-2.0)
    fallen.loc[fallen["area_code"] == "81203", ["percent", "added"]] = (-0.5, -1.0)
    said = growth_sentence(fallen, **place)
    least = "75歳以上では2035年までは森村（どの地域も減る中で減り方が最小、"
    assert f"増加率が最も高いのは、{least}0.5%減）" in said
    assert f"増える人数が最も多いのは、{least}1人減）" in said


def test_growth_needs_two_years_and_two_areas() -> None:
    frame = pd.DataFrame({"area_code": ["a", "a"], "area_name": "甲", "year": [2020, 2025],
                          "persons": [10.0, None]})  # fmt: skip
    assert growth_between(frame, measure="age_75_plus").empty
    one = growth_between(
        frame.assign(year=[2025, 2035], persons=[10.0, 12.0]), measure="age_75_plus"
    )
    assert list(one["added"]) == [2]
    assert growth_sentence(one, where="甲県", level_name="市区町村", edition_name="版") == ""


def test_classes_are_the_same_for_all_years_and_cover_them(tiny_con: Con) -> None:
    scope = {"area_code": "81", "level": "municipality", "edition": "demo",
             "measure": "age_75_plus"}  # fmt: skip
    classes = map_classes(tiny_con, **scope, form="share")
    shown = measure_parts(tiny_con, **scope, form="share")["value"]
    assert list(classes) == sorted(set(classes))
    assert classes[-1] >= shown.max() - 1e-9
    assert 0.0 in map_classes(tiny_con, **scope, form="growth", base_year=2020)
    assert 100.0 in map_classes(tiny_con, **scope, form="index", base_year=2020)
    assert map_classes(tiny_con, **{**scope, "measure": "band_90_plus"}, form="persons") == ()


people = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6)),
    min_size=1,
    max_size=6,
)


def projected(rows: list[tuple[int, int, int]]) -> pd.DataFrame:
    years = [2020 + 5 * place for place in range(len(rows))]
    frame = pd.DataFrame(rows, columns=["age_0_14", "age_15_64", "age_75_plus"], dtype=float)
    return frame.assign(total=frame.sum(axis=1), area_code="a", area_name="甲",
                        area_type="municipality", year=years, is_projection=True,
                        basis="source")  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(people)
def test_shares_lie_between_0_and_100_and_an_index_is_100_at_its_base(
    rows: list[tuple[int, int, int]],
) -> None:
    frame = projected(rows)
    share = with_values(frame, entry=ENTRIES["age_75_plus"], form="share", base_year=None)["value"]
    assert share.dropna().between(0, 100).all()
    assert share.isna().equals(frame["total"] == 0)
    for base in frame["year"]:
        index = with_values(frame, entry=ENTRIES["age_75_plus"], form="index", base_year=base)
        growth = with_values(frame, entry=ENTRIES["age_75_plus"], form="growth", base_year=base)
        at_base = index.loc[index["year"] == base, "value"].iloc[0]
        assert pd.isna(at_base) or at_base == pytest.approx(100)
        pd.testing.assert_series_equal(index["value"] - 100, growth["value"])


@settings(deadline=None, max_examples=40)
@given(people)
def test_shares_of_groups_that_make_up_the_whole_add_to_100(
    rows: list[tuple[int, int, int]],
) -> None:
    frame = projected(rows)
    parts = [with_values(frame, entry=ENTRIES[key], form="share", base_year=None)["value"]
             for key in ("age_0_14", "age_15_64", "age_75_plus")]  # fmt: skip
    whole = sum(parts)
    assert (whole.dropna() - 100).abs().max() < 1e-6 or whole.dropna().empty


@settings(deadline=None, max_examples=40)
@given(people)
def test_a_peak_is_no_lower_than_any_year(rows: list[tuple[int, int, int]]) -> None:
    series = with_values(projected(rows), entry=ENTRIES["total"], form="persons", base_year=None)
    found = peaks_of(series)
    assert found.empty == (len(rows) < 2)
    if len(found):
        assert found.at[0, "peak_persons"] == series["persons"].max()
        assert found.at[0, "at_end"] == (found.at[0, "peak_year"] == series["year"].max())


def test_every_measure_of_the_catalogue_has_words_and_groups() -> None:
    assert {"total", "age_65_plus", "workers_per_75plus", "sex_ratio", "band_90_plus"} <= set(
        ENTRIES
    )
    for entry in ENTRIES.values():
        assert entry.definition.endswith("。")
        assert not entry.is_ratio or len(entry.groups) == 2
    assert set(FORMS) == {"persons", "share", "index", "growth"}
