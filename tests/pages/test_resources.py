from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import sentences
from ui import resource_map_points

ROOT = Path(__file__).resolve().parents[2]


def open_page(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "frame.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("pages/resources.py").run()
    assert not app.exception
    assert not app.error
    return app


def words(app: AppTest) -> str:
    parts = [*app.header, *app.caption, *app.markdown, *app.text]
    return "\n".join([*(str(part.value) for part in parts), *sentences(app)])


def map_of(app: AppTest) -> dict[str, Any]:
    return drawn_figures(app)[0][0]


def addresses(app: AppTest, start: str) -> list[str]:
    found = [str(layer.get("data", {}).get("url", "")) for layer in map_of(app)["layer"]]
    return [url for url in found if url.startswith(start)]


def changed(tiny: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Serve the tiny region with something else in it."""
    store = Store(folder / "store")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            for statement in statements:
                con.execute(statement)
    monkeypatch.setenv("STORE", str(store.root))


BORDERS = """
insert into boundary_topology
select $level, parent_area_code, topojson_gzip, etag, west, south, east, north, outside_codes
from boundary_topology
where level = 'municipality' and parent_area_code = '81'
"""


@pytest.fixture
def with_borders(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two kinds of zone have polygons too (here those of the municipalities)."""
    levels = ("secondary_medical_area", "health_center_area")
    changed(
        tiny, tmp_path, monkeypatch, *[BORDERS.replace("$level", f"'{name}'") for name in levels]
    )  # fmt: skip


def test_prefecture_shows_points_sentence_and_table(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital,visiting_nurse_station")
    assert app.header[-1].value == "東見本県の資源マップ"
    assert app.subheader[0].value == "東見本県の病院（75歳以上1万人対）　市区町村別（2025年12月末）"
    assert "病院は15か所、75歳以上人口1万人あたり1.83か所" in words(app)
    [url] = addresses(app, "/points/")
    assert "/000001/81/hospital,visiting_nurse_station.csv?v=" in url
    layer = next(part for part in map_of(app)["layer"] if part.get("data", {}).get("url") == url)
    assert layer["encoding"]["shape"]["scale"]["domain"] == ["病院（15）", "訪問看護（36）"]
    frame = app.dataframe[0].value.set_index("area_code")
    assert frame.index[:2].tolist() == ["00", "81"]
    assert frame.loc["81203", "hospital.facilities"] == 0
    assert frame.loc["81203", "hospital.capacity"] == 0


def test_nation_has_no_points_until_they_are_switched_on(tiny_store: Store) -> None:
    app = open_page(types="hospital")
    assert addresses(app, "/points/") == []
    assert "「施設の点」を押すと" in words(app)
    app = open_page(types="hospital", layers="areas,points")
    assert len(addresses(app, "/points/000001/00/")) == 1


def test_too_many_points_become_hexagons_and_the_words_say_so(
    unseen_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource_map_points, "MOST_POINTS", 10)
    app = open_page(area="81", types="hospital")
    assert addresses(app, "/points/") == []
    assert len(addresses(app, "/cells/000001/81/")) == 1
    assert "点が15あり" in words(app)
    assert "位置の分かる15か所が" in words(app)
    assert "六角形ごとの数" in app.subheader[0].value


@pytest.mark.usefixtures("with_borders")
def test_every_layer_is_switched_by_the_address_and_by_hand() -> None:
    app = open_page(area="81", types="hospital", layers="areas,medical,health")
    assert addresses(app, "/points/") == []
    borders = addresses(app, "/geo/")
    assert ["secondary_medical_area" in url for url in borders] == [True, False]
    assert "health_center_area" in borders[1]
    assert all(layer["mark"]["type"] != "text" for layer in map_of(app)["layer"])
    app.button_group(key="choice_layers").set_value(["areas", "labels"]).run()
    assert addresses(app, "/geo/") == []
    assert map_of(app)["layer"][-1]["mark"]["type"] == "text"
    assert app.query_params["layers"] == "areas,labels"


def test_no_layer_at_all_leaves_plain_areas(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital", layers="")
    assert map_of(app)["layer"][0]["encoding"]["fill"] == {"value": "#f4f6f8"}
    assert len(map_of(app)["layer"]) == 1


@pytest.mark.usefixtures("with_borders")
def test_borders_that_do_not_exist_are_not_offered() -> None:
    app = open_page(area="81", types="hospital")
    options = app.button_group(key="choice_layers").options
    assert [getattr(option, "content", option) for option in options] == [
        "地域の塗り分け", "施設の点", "六角形の密度", "地名", "二次医療圏の境", "保健所管轄区域の境",
    ]  # fmt: skip
    assert not any("圏域の境：データなし" in item.value for item in app.caption)


def test_without_any_borders_what_fills_them_is_said(tiny_store: Store) -> None:
    said = "圏域の境：データなし。「圏域と市区町村の対応表」"
    assert any(said in item.value for item in open_page(area="81", types="hospital").caption)
    wards = open_page(area="81100", level="ward", types="hospital")
    assert not any(said in item.value for item in wards.caption)


def test_names_of_the_areas_are_on_the_map(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital")
    names = [row["n"] for row in map_of(app)["layer"][-1]["data"]["values"]]
    assert "中央市" in names
    assert len(names) == len(set(names))


def test_what_no_source_covers_is_never_zero(tiny_store: Store) -> None:
    app = open_page(area="82", types="care_management_office,clinic")
    text = words(app)
    assert "データなし（0か所ではありません）" in text
    assert "読み込んだ資料の対象外のため、データがありません" in text
    frame = app.dataframe[0].value.set_index("area_code")
    assert frame["care_management_office.facilities"].isna().all()
    assert "：0か所" not in text


def test_denominator_is_named_and_its_gaps_are_counted(tiny_store: Store) -> None:
    text = words(open_page(area="82", types="hospital"))
    assert "人口あたりの分母は演習データ（架空）の75歳以上、令和7年" in text
    assert "4地域のうち3地域" in text


def test_a_municipality_is_outlined_among_its_siblings(tiny_store: Store) -> None:
    app = open_page(area="81201", types="hospital")
    filters = [step for layer in map_of(app)["layer"] for step in layer.get("transform", [])]
    assert any("81201" in str(step.get("filter")) for step in filters)
    assert "山手市の病院は2か所" in words(app)


@pytest.mark.parametrize(
    ("shade", "said"),
    [
        ("count.hospital", "病院（か所数）が最も高いのは中央市の12か所"),
        ("capacity.hospital", "病院（病床数の合計・床）"),
        ("capacity_rate.hospital", "病院（病床数 75歳以上1万人対・床）"),
    ],
)
def test_the_measure_changes_map_and_words(tiny_store: Store, shade: str, said: str) -> None:
    app = open_page(area="81", types="hospital", shade=shade)
    assert said in words(app)
    legend = map_of(app)["layer"][0]["encoding"]["fill"]["legend"]["title"]
    assert "".join(legend).startswith("病院（")
    assert "75歳以上1万人対・五分位" not in "".join(legend)


def test_without_boundaries_there_is_no_land_to_divide_by(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital", shade="land.hospital")
    assert "5地域のすべてでデータなし" in words(app)


def test_no_type_chosen_asks_for_one(tiny_store: Store) -> None:
    app = open_page(area="81")
    app.multiselect(key="choice_types").set_value([]).run()
    assert "種類が選ばれていません" in words(app)
    assert not app.exception


@pytest.mark.parametrize(
    "query", [{"types": "<b>"}, {"shade": "<b>"}, {"level": "<b>"}, {"view": "<b>"}]
)
def test_a_bad_value_in_the_address_falls_back(tiny_store: Store, query: dict[str, str]) -> None:
    app = open_page(area="81", **query)
    assert any("ここでは選べません" in item.value for item in app.warning)
    assert len(drawn_figures(app)) == 1


def test_an_unknown_layer_falls_back_and_is_named(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital", layers="<b>")
    assert any("「<b>」はありません" in item.value for item in app.warning)
    assert len(addresses(app, "/points/")) == 1


def test_the_sentence_follows_the_data(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(
        tiny, tmp_path, monkeypatch,
        "update facility_count set facilities = 99"
        " where area_code = '81' and facility_type = 'hospital'",
        "update facility_count set facilities = 77"
        " where area_code = '81204' and facility_type = 'hospital'",
    )  # fmt: skip
    text = words(open_page(area="81", types="hospital", shade="count.hospital"))
    assert "病院は99か所" in text
    assert "最も高いのは浜町の77か所" in text


def test_without_polygons_the_table_stays(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(tiny, tmp_path, monkeypatch, "delete from boundary_topology")
    app = open_page(area="81", types="hospital")
    assert "この単位の地図はありません" in words(app)
    assert "境界のファイルを読み込むと" in words(app)
    assert drawn_figures(app) == []
    assert app.dataframe[0].value["hospital.facilities"].notna().any()
    labels = [item.proto.label for item in app.get("download_button")]
    assert not any(label.startswith("PNG") for label in labels)


def test_without_facilities_the_map_is_hatched_and_says_why(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(
        tiny, tmp_path, monkeypatch,
        "delete from facility", "delete from facility_count",
        "delete from source_coverage where subject not like 'population%'",
    )  # fmt: skip
    app = open_page(area="81", types="hospital")
    assert "データなし（0か所ではありません）" in words(app)
    assert map_of(app)["layer"][0]["encoding"]["fill"]["scale"]["domain"] == ["データなし"]


def test_areas_and_points_can_be_clicked(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital")
    assert list(app.get("vega_lite_chart")[0].proto.selection_mode) == ["area", "facility"]
    assert "押すと、その内容をここに表示します" in words(app)
    app = open_page(area="81", types="hospital", layers="areas")
    assert list(app.get("vega_lite_chart")[0].proto.selection_mode) == ["area"]


def test_a_card_in_the_address_is_open(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital", card="area:81201")
    assert "山手市" in [item.value for item in app.subheader]
    moved = next(item for item in app.button if item.label == "この地域へ移動")
    moved.click().run()
    assert app.query_params["area"] == "81201"
    assert app.header[-1].value == "山手市の資源マップ"


def test_the_map_has_its_text_alternative(tiny_store: Store) -> None:
    alt = open_page(area="81", types="hospital").get("vega_lite_chart")[0].proto.alt
    assert "東見本県の病院" in alt
    assert "15か所" in alt


def test_files_of_the_map_are_offered(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital")
    labels = [item.proto.label for item in app.get("download_button")]
    assert labels[:4] == [
        "PNG（1920×1080） を保存", "SVG を保存", "GeoJSON（地域） を保存", "GeoJSON（施設） を保存",
    ]  # fmt: skip


def test_a_configured_tile_server_is_named(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILE_URL", "https://tiles.example/{z}/{x}/{y}.png")
    app = open_page(area="82", types="hospital", layers="areas")
    assert "背景の地図：https://tiles.example" in words(app)
    assert map_of(app)["layer"][0]["name"] == "tiles"


def test_two_areas_stand_in_one_scale_with_one_legend(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital", view="pair")
    left, right = (spec for spec, _ in drawn_figures(app))
    assert left["projection"]["scale"] == right["projection"]["scale"]
    assert left["projection"]["center"] != right["projection"]["center"]
    for part in ("scale", "legend"):
        one, other = (spec["layer"][0]["encoding"]["fill"][part] for spec in (left, right))
        assert one == other
    assert "病院：東見本県15か所、西見本県3か所。" in words(app)


def test_the_area_beside_is_chosen_and_kept_in_the_address(tiny_store: Store) -> None:
    app = open_page(area="81201", types="hospital", view="pair", **{"with": "81203"})
    assert "山手市と森村の病院" in app.subheader[0].value
    app.selectbox(key="choice_with").set_value("81204").run()
    assert "山手市と浜町の病院" in app.subheader[0].value
    assert app.query_params["with"] == "81204"
    app = open_page(area="81201", types="hospital", view="pair", **{"with": "82201"})
    assert "山手市と港市の病院" in app.subheader[0].value


def test_an_unknown_area_beside_falls_back(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital", view="pair", **{"with": "81203"})
    assert any("ここでは選べません" in item.value for item in app.warning)
    assert "東見本県と西見本県" in app.subheader[0].value


def test_the_nation_has_nothing_beside_it(tiny_store: Store) -> None:
    app = open_page(types="hospital", view="pair")
    assert "比べる2地域がありません" in words(app)
