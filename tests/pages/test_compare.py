from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import sentences

ROOT = Path(__file__).resolve().parents[2]


def open_page(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "frame.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("pages/compare.py").run()
    assert not app.exception
    assert not app.error
    return app


def bars(app: AppTest) -> list[dict[str, object]]:
    return next(rows for _, rows in drawn_figures(app) if rows and "printed" in rows[0])


def test_bars_follow_codes_then_values(tiny_store: Store) -> None:
    app = open_page(area="81", indicator="aging_rate")
    assert [row["label"] for row in bars(app)] == ["中央市", "山手市", "川辺町", "森村", "浜町"]
    app = open_page(area="81", indicator="aging_rate", order="value")
    assert bars(app)[0]["label"] == "森村"


def test_own_area_is_marked_and_named_in_the_sentence(tiny_store: Store) -> None:
    app = open_page(area="81203", indicator="aging_rate")
    assert any(row["label"] == "▶ 森村" for row in bars(app))
    assert "森村は44.5%で、値のある5地域中、高い順に1番目" in sentences(app)[0]
    assert "東見本県の27.9%" in sentences(app)[0]


def test_table_has_numerator_denominator_and_larger_areas_first(tiny_store: Store) -> None:
    frame = open_page(area="81", indicator="vns_station").dataframe[0].value
    assert frame["area_code"].tolist()[:3] == ["00", "81", "81100"]
    row = frame.set_index("area_code").loc["81201"]
    assert (row["numerator"], row["denominator"]) == (4, 9540)
    assert row["value"] == pytest.approx(10_000 * 4 / 9540)
    assert row["rank_label"] == "3"
    assert frame.set_index("area_code").loc["81", "rank_label"] == "－"


def test_indicators_without_data_are_listed_with_what_they_wait_for(tiny_store: Store) -> None:
    app = open_page(area="81")
    app.session_state["open_waiting"] = True
    app.run()
    assert "自宅死亡割合" not in str(app.selectbox(key="choice_indicator").options)
    waiting = app.dataframe[-1].value.set_index("title")
    assert waiting.loc["自宅死亡割合", "waiting_for"]


def test_an_area_without_values_says_so(tiny_store: Store) -> None:
    app = open_page(area="00", level="ward")
    assert any("計算できた指標がありません" in str(item.value) for item in app.markdown)


def test_a_bad_indicator_falls_back_with_a_notice(tiny_store: Store) -> None:
    app = open_page(area="81", indicator="no_such")
    assert any("ここでは選べません" in item.value for item in app.warning)
    assert len(bars(app)) == 5


def test_a_suppressed_value_is_named_so(tiny: Path, tmp_path: Path, monkeypatch) -> None:
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "update observation set status = 'suppressed', value = null, numerator = null"
                " where area_code = '81203' and indicator_id = 'aging_rate'"
            )
    monkeypatch.setenv("STORE", str(store.root))
    app = open_page(area="81", indicator="aging_rate")
    found = {row["area_code"]: row["printed"] for row in bars(app)}
    assert found["81203"] == "秘匿"
    assert "このほか秘匿1地域" in sentences(app)[0]
    assert app.dataframe[0].value.set_index("area_code").loc["81203", "printed"] == "秘匿"


def test_an_indicator_without_intervals_has_no_verdict_and_says_why(tiny_store: Store) -> None:
    app = open_page(area="81", indicator="aging_rate")
    assert "outcome_label" not in app.dataframe[0].value
    assert any("偶然変動の目安（95％信頼区間）がありません" in c.value for c in app.caption)
    assert [item.key for item in app.toggle] == ["hide_names"]


def test_intervals_are_shown_only_when_asked_for(tiny: Path, tmp_path: Path, monkeypatch) -> None:
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "update observation set lower_ci = value - 1, upper_ci = value + 1"
                " where indicator_id = 'aging_rate'"
            )
    monkeypatch.setenv("STORE", str(store.root))
    app = open_page(area="81", indicator="aging_rate")
    frame = app.dataframe[0].value
    assert "lower_ci" not in frame
    verdicts = set(frame["outcome_label"])
    assert "▲ 高い" in verdicts
    assert verdicts <= {"－", "▲ 高い", "▼ 低い", "● 同程度", "◆ 判定なし"}
    assert "lower" not in bars(app)[0]
    app.toggle(key="show_interval").set_value(True).run()
    assert "lower_ci" in app.dataframe[0].value
    assert any(row.get("lower") is not None for row in bars(app))


def test_polygons_can_be_clicked(tiny_store: Store) -> None:
    app = open_page(area="81", indicator="aging_rate")
    figure = app.get("vega_lite_chart")[0].proto
    assert list(figure.selection_mode) == ["area"]
    assert any("押すと、その地域に移ります" in item.value for item in app.caption)


def test_places_of_several_prefectures_are_named_with_theirs(tiny_store: Store) -> None:
    app = open_page(area="00", level="municipality", indicator="aging_rate")
    assert "最も高いのは西見本県谷村の" in sentences(app)[0]
    assert "東見本県森村" in [row["label"] for row in bars(app)]
    assert "最も高いのは森村の" in sentences(open_page(area="81", indicator="aging_rate"))[0]
