"""Structure indicators beside the median of the areas of the prefecture, by hand."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.below_median import FEWEST, beside_median, gap_counts, usable
from analytics.denominators import Denominator, denominator_of
from analytics.scope import Scope, scope_of
from analytics.structure_gaps import peers, structure_gaps, type_gaps
from analytics.structure_gaps_sentence import gaps_sentence

ZONES = {"m2-0101": "東圏", "m2-0102": "西圏", "m2-0103": "南圏", "m2-0104": "北圏"}
PEOPLE = 10_000
COUNTS = {
    # indicator: facilities in the zones of prefecture 01; with 10 000 people these are the rates
    "vns_station": (1, 2, 3, 6),
    "zaishishin": (4, 4, 4, 9),
    "kantaki_office": (0, 0, 0, 2),
    "pharmacy": (5, None, 7, 9),
    "roken_capacity": (100, 200, 300, 400),
}
SCOPE = Scope("01", "北県", "secondary_medical_area", None)
DEMO = Denominator("demo", "demo", 2025, "75歳以上", 4, 4, True)


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    add_area(fresh_con, "00", "nation", "全国")
    add_area(fresh_con, "01", "prefecture", "北県")
    fresh_con.execute("insert into area_descendant values ('00', '01', 'prefecture', null, null)")
    for code, name in ZONES.items():
        add_area(fresh_con, code, "secondary_medical_area", name)
        for ancestor in ("00", "01"):
            fresh_con.execute(
                "insert into area_descendant values (?, ?, 'secondary_medical_area', null, null)",
                [ancestor, code],
            )
        fresh_con.execute(
            "insert into population_total (area_code, edition, year, age_75_plus, is_projection,"
            " basis) values (?, 'demo', 2025, ?, true, 'sum')",
            [code, PEOPLE],
        )
    for key, values in COUNTS.items():
        neutral = key == "roken_capacity"
        add_indicator(fresh_con, key, "no_judgement" if neutral else "high_is_good")
        for code, number in zip(ZONES, values, strict=True):
            add_value(fresh_con, code, key, "2025", number)
    return fresh_con


def add_area(con, code: str, kind: str, name: str) -> None:
    con.execute(
        "insert into area (area_code, area_type, name) values (?, ?, ?)", [code, kind, name]
    )


def add_indicator(con, key: str, polarity: str, *, dimension: str = "structure") -> None:
    con.execute(
        "insert into indicator (indicator_id, title, definition, unit, decimals, polarity,"
        " dimension, domain, smallest_level, source_title, cycle, disclosure, per_75plus)"
        " values (?, ?, '定義', '対', 2, ?, ?, 'd', 'municipality', '出典', '年', 'none', 10000)",
        [key, key, polarity, dimension],
    )


def add_value(con, code: str, key: str, period: str, number: float | None) -> None:
    con.execute(
        "insert into observation (area_code, indicator_id, period, numerator, lower_ci, status,"
        " source_id, source_ref) values (?, ?, ?, ?, 0, ?, 's', '件数 ÷ 人')",
        [code, key, period, number, "missing" if number is None else "observed"],
    )


def gaps_of(con) -> pd.DataFrame:
    return structure_gaps(con, scope=SCOPE, denominator=DEMO)


def test_each_zone_stands_to_the_median_of_the_zones(con):
    frame = gaps_of(con).set_index(["indicator_id", "area_code"])
    nurses = frame.loc["vns_station"]
    assert nurses["median"].unique() == [2.5]  # of 1, 2, 3, 6: not the mean 3, nor Σ/Σ
    assert nurses["standing"].tolist() == ["below", "below", "above", "above"]
    assert frame.loc["pharmacy"]["median"].unique() == [7]  # of the three that are known


def test_ties_with_the_median_are_not_below(con):
    frame = gaps_of(con).set_index(["indicator_id", "area_code"])
    assert frame.loc["zaishishin"]["standing"].tolist() == ["equal", "equal", "equal", "above"]
    assert frame.loc["kantaki_office"]["is_gap"].sum() == 0  # 0 is not below a median of 0


def test_a_missing_value_is_neither_below_nor_above(con):
    frame = gaps_of(con).set_index(["indicator_id", "area_code"])
    row = frame.loc[("pharmacy", "m2-0102")]
    assert row["standing"] == "missing"
    assert not row["is_gap"]
    assert row["status"] == "missing"


def test_a_neutral_indicator_is_shown_but_is_no_shortage(con):
    frame = gaps_of(con).set_index(["indicator_id", "area_code"])
    row = frame.loc[("roken_capacity", "m2-0101")]
    assert row["standing"] == "below"
    assert not row["is_counted"]
    assert not row["is_gap"]


def test_counts_and_verdicts_by_hand(con):
    counts = gap_counts(gaps_of(con), at_least=2).set_index("area_code")
    assert counts["gaps"].tolist() == [2, 1, 0, 0]
    assert counts["missing"].tolist() == [0, 1, 0, 0]
    assert counts["compared"].tolist() == [4, 3, 4, 4]
    # the west has one below and one unknown: it could be two
    assert counts["verdict"].tolist() == ["reached", "open", "not_reached", "not_reached"]


def test_only_a_difference_beyond_chance_is_clear(con):
    con.execute("update observation set numerator = numerator * 100")
    con.execute("update population_total set age_75_plus = 1000000")
    counts = gap_counts(gaps_of(con), at_least=1).set_index("area_code")
    assert counts.loc["m2-0101", "clear"] == 2  # 100 against 250 and 500 against 700
    con.execute("update observation set numerator = numerator / 100")
    con.execute("update population_total set age_75_plus = 10000")
    assert gap_counts(gaps_of(con), at_least=1)["clear"].sum() == 0


def test_two_areas_make_no_median(con):
    con.execute("delete from area_descendant where descendant_code in ('m2-0103', 'm2-0104')")
    frame = gaps_of(con)
    assert FEWEST == 3
    assert frame["median"].isna().all()
    assert usable(frame) == []
    assert gap_counts(frame, at_least=1).empty


def test_the_newest_period_counts_and_other_indicators_do_not(con):
    add_value(con, "m2-0101", "vns_station", "2026", 9)
    add_indicator(con, "visits", "high_is_good", dimension="process")
    add_value(con, "m2-0101", "visits", "2025", 1)
    frame = gaps_of(con)
    nurses = frame[frame["indicator_id"] == "vns_station"].set_index("area_code")
    assert nurses["period"].unique().tolist() == ["2026"]
    assert nurses["value"].isna().sum() == 3  # periods are not mixed
    assert "visits" not in set(frame["indicator_id"])


def test_another_denominator_restates_the_rates(con):
    con.execute("update population_total set age_75_plus = 20000 where area_code = 'm2-0104'")
    frame = gaps_of(con).set_index(["indicator_id", "area_code"])
    assert frame.loc[("vns_station", "m2-0104"), "value"] == 3.0  # 6 / 20 000
    assert "75歳以上" in frame.loc[("vns_station", "m2-0104"), "source_ref"]


def test_parts_of_a_zone_are_held_against_all_of_the_prefecture(tiny_con):
    scope = scope_of(tiny_con, area_code="m2-8102", level="municipality")
    among = peers(tiny_con, scope=scope).set_index("area_code")
    assert among.index.tolist() == ["81100", "81201", "81202", "81203", "81204"]
    assert among.index[among["is_part"]].tolist() == ["81202", "81203", "81204"]
    assert set(among["group_name"]) == {"東見本県"}


def test_each_part_of_the_nation_is_held_against_its_own_prefecture(tiny_con):
    among = peers(tiny_con, scope=scope_of(tiny_con, area_code="00", level="municipality"))
    assert dict(among.groupby("group_code")["area_code"].count()) == {"81": 5, "82": 4}
    prefectures = peers(tiny_con, scope=scope_of(tiny_con, area_code="00", level="prefecture"))
    assert prefectures["group_code"].tolist() == ["00", "00"]


def test_types_of_facility_are_held_against_the_median_too(tiny_con):
    scope = scope_of(tiny_con, area_code="81", level="municipality")
    frame = type_gaps(
        tiny_con,
        scope=scope,
        facility_types=("hospital", "care_management_office", "clinic"),
        denominator=DEMO,
    ).set_index(["indicator_id", "area_code"])
    offices = frame.loc["care_management_office"]
    assert offices["value"].notna().all()
    assert offices["median"].unique() == [sorted(offices["value"])[2]]
    assert offices["is_gap"].sum() == 2
    assert (frame.loc["clinic", "standing"] == "missing").all()
    assert set(frame.loc["clinic", "status"]) == {"not_loaded"}


values = st.lists(st.one_of(st.none(), st.integers(0, 50)), min_size=1, max_size=30)


@settings(deadline=None)
@given(values=values)
def test_at_most_half_of_the_areas_lie_below(values):
    frame = pd.DataFrame(
        {
            "group_code": "01",
            "indicator_id": "a",
            "polarity": "high_is_good",
            "value": pd.Series(values, dtype="float64"),
            "upper_ci": float("nan"),
        }
    )
    made = beside_median(frame)
    known = frame["value"].notna().sum()
    assert (made["standing"] == "missing").sum() == (
        len(frame) - known if known >= 3 else len(frame)
    )
    assert (made["standing"] == "below").sum() <= known / 2
    assert (made["standing"] == "above").sum() <= known / 2


@settings(deadline=None)
@given(values=values, at_least=st.integers(1, 5))
def test_a_higher_threshold_never_reaches_more(values, at_least):
    frame = pd.DataFrame(
        {
            "area_code": [f"{i:02d}" for i in range(len(values))] * 3,
            "area_name": "名",
            "group_name": "県",
            "group_code": "01",
            "indicator_id": [key for key in "abc" for _ in values],
            "polarity": "high_is_good",
            "value": pd.Series(values * 3, dtype="float64"),
            "upper_ci": float("nan"),
        }
    )
    made = beside_median(frame)
    reached = [
        (gap_counts(made, at_least=n)["verdict"] == "reached").sum()
        for n in (at_least, at_least + 1)
    ]
    assert reached[0] >= reached[1]


def say(con, at_least: int = 2) -> str:
    frame = gaps_of(con)
    counts = gap_counts(frame, at_least=at_least)
    return gaps_sentence(
        counts,
        scope_name="北県",
        level_label="二次医療圏",
        at_least=at_least,
        what="指標",
        group_label="県内の二次医療圏",
    )


def test_the_sentence_names_the_areas_with_most_first(con):
    text = say(con, 1)
    assert "北県の4二次医療圏のうち" in text
    assert "比べた4指標のうち1以上が、県内の二次医療圏の中央値を下回るのは2地域" in text
    assert text.index("東圏（2）") < text.index("西圏（1）")


def test_the_sentence_follows_the_figures(con):
    assert "判定できない地域は1" in say(con)
    con.execute("update observation set numerator = 9")
    assert "下回る地域はありません" in say(con)


@pytest.mark.official
def test_official_medians_agree_with_plain_sql(official_store):
    name = (official_store / "CURRENT").read_text().strip()
    with duckdb.connect(str(official_store / "generations" / name), read_only=True) as con:
        scope = scope_of(con, area_code="13", level="municipality")
        denominator = denominator_of(con, scope=scope)
        frame = structure_gaps(con, scope=scope, denominator=denominator)
        kantaki = frame[frame["indicator_id"] == "kantaki_office"]
        expected = con.execute(
            """with offices as (
                select area.area_code, count(distinct facility.facility_id) as n
                from area
                join area_membership as m on m.area_code = area.area_code
                    and m.parent_area_code = '13' and m.valid_to is null
                left join facility on facility.area_code = area.area_code
                    and facility.facility_type = 'nursing_small_multifunction'
                where area.area_type = 'municipality' and area.valid_to is null
                group by all)
            select median(10000 * n / p.age_75_plus) from offices
            join population_total as p using (area_code) where p.edition = ? and p.year = ?""",
            [denominator.edition, denominator.year],
        ).fetchone()[0]
    assert kantaki["median"].dropna().unique() == pytest.approx([expected])
    assert len(kantaki) == 62
