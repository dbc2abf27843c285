"""Ready-made groups on the tiny region, whose figures are written in tests/tiny_region.py."""

import duckdb
import pytest
import shapely

from analytics.groups import AGEING_BANDS, SIZE_BANDS, extreme_groups, known_codes, ready_groups
from analytics.municipal_facts import area_kind, municipal_facts


def named(groups):
    return {group.name: group.codes for group in groups}


@pytest.fixture
def own_con(tiny, tmp_path):
    path = tmp_path / "own.duckdb"
    path.write_bytes(tiny.read_bytes())
    with duckdb.connect(str(path)) as con:
        yield con


def test_zones_of_a_prefecture_hold_their_municipalities(tiny_con):
    groups = named(ready_groups(tiny_con, prefecture_code="81"))
    assert groups["東部医療圏"] == ("81100", "81201")
    assert groups["山保健所"] == ("81203", "81204")
    assert "西部医療圏" not in groups


def test_the_nation_has_bands_and_kinds_but_no_zones(tiny_con):
    groups = ready_groups(tiny_con, prefecture_code=None)
    assert not [group for group in groups if "-8" in group.key]
    assert named(groups)["町"] == ("81202", "81204", "82202")
    assert named(groups)["政令指定都市"] == ("81100",)


def test_bands_hold_every_municipality_once_and_say_their_basis(tiny_con):
    groups = [g for g in ready_groups(tiny_con, prefecture_code=None) if g.key.startswith("size-")]
    codes = [code for group in groups for code in group.codes]
    assert sorted(codes) == sorted(set(codes))
    assert "82204" not in codes
    assert len(codes) == 8
    assert named(groups)["人口30万人以上"] == ("81100",)
    assert named(groups)["人口5千人未満"] == ("81203", "82203")
    assert all("演習推計 2025年" in group.note for group in groups)


def test_a_changed_population_moves_the_municipality(own_con):
    own_con.execute("update population_total set total = 4999 where area_code = '81202'")
    groups = named(ready_groups(own_con, prefecture_code="81"))
    assert groups["人口5千人未満"] == ("81202", "81203")


def test_bands_start_at_nothing_and_rise():
    for bands in (SIZE_BANDS, AGEING_BANDS):
        starts = [start for start, _ in bands]
        assert starts[0] == 0
        assert starts == sorted(set(starts))


@pytest.mark.parametrize(
    ("name", "area_type", "kind"),
    [
        ("千代田区", "municipality", "特別区"),
        ("横浜市", "designated_city", "政令指定都市"),
        ("甲府市", "municipality", "市"),
        ("身延町", "municipality", "町"),
        ("忍野村", "municipality", "村"),
    ],
)
def test_the_name_tells_the_kind(name, area_type, kind):
    assert area_kind(name, area_type) == kind


def test_upper_and_lower_hold_no_area_twice(tiny_con):
    upper, lower = extreme_groups(
        tiny_con, indicator_id="aging_rate", level="municipality", parent="81"
    )
    assert upper.codes[0] == "81203"
    assert lower.codes[-1] == "81100"
    assert len(upper.codes) == len(lower.codes) == 2
    assert not set(upper.codes) & set(lower.codes)
    assert upper.name == "高齢化率の上位2"


def test_equal_values_or_none_have_no_ends(own_con):
    asked = {"indicator_id": "aging_rate", "level": "municipality", "parent": "81"}
    own_con.execute("update observation set value = 30 where indicator_id = 'aging_rate'")
    assert extreme_groups(own_con, **asked) == ()
    own_con.execute("delete from observation")
    assert extreme_groups(own_con, **asked) == ()


def test_only_areas_of_today_are_known(tiny_con):
    assert known_codes(tiny_con, codes=("81201", "81205", "99999", "'; drop")) == {
        "81201": "山手市"
    }


def test_facts_come_from_one_edition_near_to_the_build(own_con):
    facts = municipal_facts(own_con)
    row = facts.frame.set_index("area_code").loc["81201"]
    assert (
        row["population"]
        == own_con.execute(
            "select total from population_total where area_code = '81201' and year = 2025"
        ).fetchone()[0]
    )
    assert facts.basis["growth_75plus"] == "演習推計 2020年→2040年"
    assert "density" not in facts.basis
    own_con.execute("delete from population_total")
    assert set(municipal_facts(own_con).basis) == {"kind"}


def test_density_is_related_to_the_polygon_where_there_is_one(own_con):
    square = shapely.box(135, 30, 135.1, 30.1)
    own_con.execute(
        "insert into area_boundary values ('81201', 'prefecture', ?)", [shapely.to_wkb(square)]
    )
    facts = municipal_facts(own_con)
    frame = facts.frame.set_index("area_code")
    # a tenth of a degree of latitude is 11.1 km, of longitude there 9.6 km
    assert frame.loc["81201", "density"] == pytest.approx(
        frame.loc["81201", "population"] / (11.09 * 9.64), rel=0.01
    )
    assert frame["density"].notna().sum() == 1
    assert "境界から測った面積" in facts.basis["density"]
