"""The view of thin places and reach, opened as the server opens it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, sentences, tables, words

ABSENT, KNOWN = "1か所もない（市区町村）", "データのある（市区町村）"
NAMES = "1か所もない市区町村"


def thin(**query: str) -> AppTest:
    return open_page("resources", view="thin", **query)


def changed(tiny: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Serve the tiny region with something else in it."""
    store = Store(folder / "changed")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            for statement in statements:
                con.execute(statement)
    monkeypatch.setenv("STORE", str(store.root))


def test_blanks_are_the_first_picture(tiny_store: Store) -> None:
    app = thin(area="81", types="hospital")
    assert "東見本県　病院が1か所もない市区町村（2025年12月末）" in words(app)
    said = next(text for text in sentences(app) if "1か所もない" in text)
    assert "東見本県の5市区町村のうち、病院が1か所もないのは2です" in said
    frame = app.dataframe[-1].value.set_index("area_code")
    assert frame.loc["81203", "text"].startswith("区域内になし。最寄りは")
    assert frame.loc["81100", "text"] == "区域内に12か所"


def test_a_nation_of_prefectures_still_shows_municipalities(tiny_store: Store) -> None:
    app = thin(types="hospital")
    said = next(text for text in sentences(app) if "1か所もない" in text)
    assert "9市区町村のうち" in said
    spec, _ = drawn_figures(app)[0]
    assert "/municipality/00.json" in spec["data"]["url"]


def test_each_chosen_type_has_its_row_of_blanks(tiny_store: Store) -> None:
    app = thin(area="81", types="hospital,visiting_nurse_station,clinic")
    assert "選んだ種類ごとの空白" in words(app)
    rows = tables(app)[0].set_index("種類")
    assert rows.loc["病院", ABSENT] == "2"
    assert rows.loc["訪問看護", ABSENT] == "1"
    assert rows.loc["診療所（医科）", NAMES] == "データなし"


def test_a_title_says_where_no_source_was_read(tiny_store: Store) -> None:
    text = words(thin(area="82", types="night_home_help_office"))
    assert "1か所もない市区町村（資料なし）" in text
    assert "（）" not in text


def test_where_no_source_covers_nothing_is_blank(tiny_store: Store) -> None:
    app = thin(area="82", types="care_management_office")
    text = words(app)
    assert "対象外のため、データがありません" in text
    assert "データなし（0か所ではありません）" in text
    spec, _ = drawn_figures(app)[0]
    rows = spec["transform"][2]["from"]["data"]["values"].splitlines()[1:]
    assert rows
    assert all(row.split(",")[1] == "" for row in rows)


def test_distance_says_that_it_is_a_straight_line(tiny_store: Store) -> None:
    app = thin(area="81", types="hospital", thin="distance")
    text = words(app)
    assert "東見本県　最寄りの病院までの直線距離" in text
    assert "移動時間ではありません" in text
    assert "代表点は市区町村に1つ" in text
    assert any("代表点からの直線で平均" in said for said in sentences(app))
    assert "代表点を「区域の内側の1点」にすると" in text


def test_a_hospital_over_the_border_shortens_the_way(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(
        tiny, tmp_path, monkeypatch,
        "delete from facility where facility_type = 'hospital' and area_code <> '82201'",
    )  # fmt: skip
    app = thin(area="81202", types="hospital", thin="distance", origin="inside")
    assert any("最寄りの病院（港市）まで、直線で" in said for said in sentences(app))


def test_shares_follow_the_distance_chosen(tiny_store: Store) -> None:
    near = thin(area="81", types="hospital", thin="share", within="5", origin="inside")
    far = thin(area="81", types="hospital", thin="share", within="20", origin="inside")
    assert "直線5km以内に病院があります" in words(near)
    assert "直線20km以内に病院があります" in words(far)
    row = near.dataframe[-1].value.set_index("area_code").loc["81"]
    assert row["share_5"] <= row["share_10"] <= row["share_20"]
    assert row["within_20"] <= row["people"]


def test_the_catchment_prints_formula_and_parameters(tiny_store: Store) -> None:
    app = thin(area="81", types="hospital", thin="catchment", radius="50", decay="flat")
    text = words(app)
    assert "届きやすさ（2SFCA、半径50km" in text
    assert "R_j ＝ S_j ÷ Σ_k（P_k × W_kj）" in text
    assert "W＝1（50km以内）" in text
    assert "Luo & Wang (2003)" in text
    step = words(thin(area="81", types="hospital", thin="catchment", radius="30"))
    assert "W＝1（10km以内）、0.68（20km以内）、0.22（30km以内）" in step


def test_beds_can_be_supplied_where_the_type_has_them(tiny_store: Store) -> None:
    beds = thin(area="81", types="hospital", thin="catchment", supply="capacity")
    offices = thin(area="81", types="hospital", thin="catchment")
    more = beds.dataframe[-1].value.set_index("area_code").loc["81", "access"]
    less = offices.dataframe[-1].value.set_index("area_code").loc["81", "access"]
    assert more == pytest.approx(100 * less)
    nurse = thin(area="81", types="visiting_nurse_station", thin="catchment")
    assert not [box for box in nurse.selectbox if box.key == "choice_supply"]


def test_any_of_the_types_is_sought_together(tiny_store: Store) -> None:
    app = thin(area="81", types="hospital,visiting_nurse_station", type="any")
    said = next(text for text in sentences(app) if "1か所もない" in text)
    assert "病院・訪問看護のどれかが1か所もないのは1です" in said


def test_the_words_follow_the_data(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(
        tiny, tmp_path, monkeypatch,
        "delete from facility where facility_type = 'hospital' and area_code = '81202'",
    )  # fmt: skip
    app = thin(area="81", types="hospital")
    assert any("1か所もないのは3です" in text for text in sentences(app))


def test_without_boundaries_the_table_stays(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(
        tiny, tmp_path, monkeypatch,
        "delete from boundary_topology", "update area set lon = null, lat = null",
        "update facility set location_quality = 'missing', lon = null, lat = null",
    )  # fmt: skip
    app = thin(area="81", types="hospital", thin="distance")
    text = words(app)
    assert "この単位の地図はありません" in text
    assert "代表点が決まらないため、測れません" in text
    assert len(app.dataframe[-1].value) == 7


@pytest.mark.parametrize(
    "query",
    [{"thin": "<b>"}, {"origin": "<b>"}, {"thin": "share", "within": "7"},
     {"thin": "catchment", "radius": "-1"}, {"thin": "catchment", "decay": "<b>"}],
)  # fmt: skip
def test_a_bad_value_in_the_address_falls_back(tiny_store: Store, query: dict[str, str]) -> None:
    app = thin(area="81", types="hospital", **query)
    assert any("ここでは選べません" in item.value for item in app.warning)
    assert drawn_figures(app)


def test_order_by_value_puts_the_farthest_first(tiny_store: Store) -> None:
    app = thin(area="81", types="hospital", thin="distance", order="value")
    km = app.dataframe[-1].value["distance_km"].dropna().tolist()
    assert km == sorted(km, reverse=True)
    codes = thin(area="81", types="hospital", thin="distance").dataframe[-1].value["area_code"]
    assert codes.tolist()[2:] == sorted(codes.tolist()[2:])


def test_every_figure_has_words_for_those_who_do_not_see_it(tiny_store: Store) -> None:
    for kind in ("none", "distance", "share", "catchment"):
        charts = thin(area="81", types="hospital", thin=kind).get("vega_lite_chart")
        assert charts
        for chart in charts:
            assert "。" in chart.proto.alt
            assert json.loads(chart.proto.spec)["config"]


def test_nursing_around_the_clock_has_a_map_of_its_own(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ", ".join(
        f"('{code}', 'vns_24h', '2023', 1.0, {count}, null, null, null, 'observed', 'x', 'x')"
        for code, count in (("81100", 4), ("81201", 0), ("81202", 0), ("81203", 2))
    )
    changed(
        tiny, tmp_path, monkeypatch,
        "insert into indicator select * replace ('vns_24h' as indicator_id)"
        " from indicator where indicator_id = 'vns_station'",
        f"insert into observation values {rows}",
    )  # fmt: skip
    app = thin(area="81", types="visiting_nurse_station", type="night")
    assert "東見本県　24時間対応の訪問看護が1か所もない市区町村（令和5年(2023年)）" in words(app)
    said = next(text for text in sentences(app) if "1か所もない" in text)
    assert "データのある4市区町村のうち、24時間対応の訪問看護が1か所もないのは2です" in said
    assert drawn_figures(app)
    frame = app.dataframe[-1].value.set_index("area_code")
    assert frame.loc["81203", "facilities"] == 2
    assert frame.loc["81204", "text"] == "データなし"
    summary = tables(thin(area="81", types="visiting_nurse_station"))[0]
    row = summary.set_index("種類").loc["24時間対応の訪問看護（市区町村の集計）"]
    assert (row[ABSENT], row[KNOWN]) == ("2", "4")


def test_nursing_around_the_clock_that_nobody_counts_is_no_zero(tiny_store: Store) -> None:
    app = thin(area="81", types="visiting_nurse_station", type="night")
    assert "24時間対応の訪問看護：データなし（0か所ではありません）" in words(app)
    assert "24時間対応の有無を含む訪問看護の表" in words(app)
    rows = tables(thin(area="81", types="visiting_nurse_station"))[0]
    assert rows[NAMES].iloc[-1] == "データなし"


@pytest.mark.parametrize(
    "picture",
    [
        {"view": "thin"},
        {"view": "thin", "thin": "distance"},
        {"view": "thin", "thin": "catchment"},
        {"view": "map", "shade": "count.hospital"},
    ],
)
def test_sentences_across_prefectures_name_them(tiny_store: Store, picture: dict[str, str]) -> None:
    asked = {"types": "hospital", "level": "municipality", **picture}
    nation = open_page("resources", **asked)
    assert not nation.warning
    assert re.search(r"最も\w+のは[東西]見本県\w+[市町村]", sentences(nation)[0])
    one = open_page("resources", area="81", **asked)
    assert not re.search(r"のは[東西]見本県\w+[市町村]", sentences(one)[0])
