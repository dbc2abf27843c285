from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures

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
    parts = [*app.header, *app.caption, *app.code, *app.markdown, *app.text]
    return "\n".join(str(part.value) for part in parts)


def test_prefecture_shows_points_sentence_and_table(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital,visiting_nurse_station")
    assert app.header[-1].value == "東見本県の資源マップ"
    assert "病院は15か所、75歳以上人口1万人あたり1.83か所" in app.code[0].value
    spec, _ = drawn_figures(app)[0]
    labels = spec["layer"][-1]["encoding"]["shape"]["scale"]["domain"]
    assert labels == ["病院（15）", "訪問看護（36）"]
    frame = app.dataframe[0].value.set_index("area_code")
    assert frame.index[:2].tolist() == ["00", "81"]
    assert frame.loc["81203", "hospital.facilities"] == 0
    assert frame.loc["81203", "hospital.capacity"] == 0


def test_nation_has_no_points_and_says_how_to_see_them(tiny_store: Store) -> None:
    app = open_page(types="hospital")
    spec, _ = drawn_figures(app)[0]
    assert all("longitude" not in layer["encoding"] for layer in spec["layer"])
    assert "点で表示します" in words(app)


def test_what_no_source_covers_is_never_zero(tiny_store: Store) -> None:
    app = open_page(area="82", types="care_management_office,clinic")
    text = words(app)
    assert "データなし（0か所ではありません）" in text
    assert "読み込んだ資料の対象外のため、データがありません" in app.code[0].value
    frame = app.dataframe[0].value.set_index("area_code")
    assert frame["care_management_office.facilities"].isna().all()
    assert "：0か所" not in text


def test_denominator_is_named_and_its_gaps_are_counted(tiny_store: Store) -> None:
    text = words(open_page(area="82", types="hospital"))
    assert "人口あたりの分母は演習データ（架空）の75歳以上、令和7年" in text
    assert "4地域のうち3地域" in text


def test_a_municipality_is_outlined_among_its_siblings(tiny_store: Store) -> None:
    app = open_page(area="81201", types="hospital")
    spec, _ = drawn_figures(app)[0]
    filters = [step for layer in spec["layer"] for step in layer.get("transform", [])]
    assert any("81201" in str(step.get("filter")) for step in filters)
    assert "山手市の病院は2か所" in app.code[0].value


def test_shading_by_count_changes_the_map(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital", view="count.hospital")
    spec, _ = drawn_figures(app)[0]
    assert "か所数" in json.dumps(
        spec["layer"][0]["encoding"]["fill"]["legend"], ensure_ascii=False
    )


def test_no_type_chosen_asks_for_one(tiny_store: Store) -> None:
    app = open_page(area="81")
    app.multiselect(key="choice_types").set_value([]).run()
    assert "種類が選ばれていません" in words(app)
    assert not app.exception


@pytest.mark.parametrize("query", [{"types": "<b>"}, {"view": "<b>"}, {"level": "<b>"}])
def test_a_bad_value_in_the_address_falls_back(tiny_store: Store, query: dict[str, str]) -> None:
    app = open_page(area="81", **query)
    assert any("ここでは選べません" in item.value for item in app.warning)
    assert len(drawn_figures(app)) == 1


def test_the_sentence_follows_the_data(tiny: Path, tmp_path: Path, monkeypatch) -> None:
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "update facility_count set facilities = 99"
                " where area_code = '81' and facility_type = 'hospital'"
            )
    monkeypatch.setenv("STORE", str(store.root))
    assert "病院は99か所" in open_page(area="81", types="hospital").code[0].value


def test_polygons_can_be_clicked(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital")
    assert list(app.get("vega_lite_chart")[0].proto.selection_mode) == ["area"]
    assert "押すと、その地域に移ります" in words(app)


def test_points_are_sent_as_arrow(tiny_store: Store) -> None:
    app = open_page(area="81", types="hospital")
    points = app.get("vega_lite_chart")[0].proto.datasets
    assert [dataset.name for dataset in points] == ["facilities"]
    assert pa.ipc.open_stream(points[0].data.data).read_all().num_rows == 15


def test_unknown_capacities_are_counted(tiny: Path, tmp_path: Path, monkeypatch) -> None:
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "update facility_count set capacity_known = facilities - 2"
                " where area_code = '81' and facility_type = 'hospital'"
            )
    monkeypatch.setenv("STORE", str(store.root))
    assert "病床の合計は、記入のない2か所" in words(open_page(area="81", types="hospital"))
