"""Types in groups, conditions, names, cards and lists of the resource page."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from data.generations import Store
from tests.pages.opening import open_page, sentences, words


@pytest.fixture
def stated(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The tiny region whose first hospitals open on Saturday and whose second do not."""
    store = Store(tmp_path / "stated")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            for number, days in (("0", ["平日", "土曜日"]), ("1", ["平日"])):
                con.execute(
                    "update facility set attributes = ? where facility_type ="
                    " 'visiting_nurse_station' and facility_id like '%-' || ?",
                    [json.dumps({"days": days}, ensure_ascii=False), number],
                )
    monkeypatch.setenv("STORE", str(store.root))
    return store


NURSES = "visiting_nurse_station"


def asked(store: Store, query: str) -> int:
    with duckdb.connect(str(store.current()), read_only=True) as con:
        found = con.execute(query).fetchone()
    return int(found[0]) if found else 0


def test_types_are_offered_with_their_number_in_the_area(tiny_store: Store) -> None:
    options = open_page("resources", area="81").multiselect(key="choice_types").options
    assert "病院（15）" in options
    assert "診療所（医科）（データなし）" in options


def test_a_group_is_taken_and_dropped_at_once(tiny_store: Store) -> None:
    app = open_page("resources", area="81", types="hospital")
    app.session_state["type_groups"] = True
    app.run()
    app.button(key="whole_visiting").click().run()
    assert app.query_params["types"] == f"hospital,{NURSES}"
    assert app.multiselect(key="choice_types").value == ["hospital", NURSES]
    app.button(key="whole_visiting").click().run()
    assert app.query_params["types"] == "hospital"
    app.button(key="whole_medical").click().run()
    assert app.multiselect(key="choice_types").value == []
    assert not app.exception


def test_a_condition_narrows_sentence_table_and_words(stated: Store) -> None:
    app = open_page("resources", area="81", types=NURSES, has="days:土曜日")
    yes = asked(
        stated,
        f"select count(*) from facility where facility_type = '{NURSES}' and area_code like '81%'"
        " and attributes::varchar like '%土曜日%'",
    )
    silent = asked(
        stated,
        f"select count(*) from facility where facility_type = '{NURSES}' and area_code like '81%'"
        " and not attributes::varchar like '%days%'",
    )
    assert yes > 0
    assert silent > 0
    assert any(f"利用可能曜日：土曜日）は{yes}か所" in text for text in sentences(app))
    assert f"東見本県の{silent}か所は、条件の項目の記載がなく" in words(app)
    table = app.dataframe[0].value.set_index("area_code")
    assert table.loc["81", f"{NURSES}.facilities"] == yes
    assert table.loc["81", f"{NURSES}.not_stated"] == silent


def test_a_type_whose_source_never_says_it_is_no_zero(stated: Store) -> None:
    app = open_page("resources", area="81", types=f"hospital,{NURSES}", has="days:土曜日")
    assert "病院：東見本県のどの施設の資料にも条件の項目の記載がないため、データなし" in words(app)
    assert "病院（利用可能曜日：土曜日）は、どの施設の資料にも" in sentences(app)[-1]
    table = app.dataframe[0].value.set_index("area_code")
    assert table["hospital.facilities"].isna().any()


def test_a_name_narrows_and_stands_in_the_address(tiny_store: Store) -> None:
    app = open_page("resources", area="81", types="hospital", find="山手市１")
    assert "絞り込み：名称・法人名に「山手市１」" in words(app)
    assert app.dataframe[0].value.set_index("area_code").loc["81", "hospital.facilities"] == 1
    assert app.query_params["find"] == "山手市１"


def test_an_unknown_condition_falls_back_with_a_notice(stated: Store) -> None:
    app = open_page("resources", area="81", types=NURSES, has="days:<b>")
    assert any("ここでは選べません" in item.value for item in app.warning)
    assert "絞り込み：なし" in words(app)


def test_the_card_of_an_area(tiny_store: Store) -> None:
    app = open_page("resources", area="81", types="hospital", card="area:81201")
    assert any(text.startswith("山手市：病院2か所") for text in sentences(app))
    assert any("東見本県と比べて" in text for text in sentences(app))
    card = next(item.value for item in app.dataframe if "81" in item.value)
    assert card["facilities"].tolist() == [2]
    assert "率の平均ではありません" in words(app)


def test_the_card_of_a_facility_is_text_only(stated: Store) -> None:
    with stated.writing() as draft:
        draft.write_bytes(stated.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "update facility set name = '<img src=x>**院**'"
                " where facility_id = 'hospital-81201-0'"
            )
    app = open_page("resources", area="81", types="hospital", card="facility:hospital-81201-0")
    assert r"\<img src=x>\*\*院\*\*" in words(app)
    assert "位置：座標あり" in words(app)
    assert "ファイル：tiny.csv　行 2" in words(app)


def test_an_unknown_card_is_said_and_forgotten(tiny_store: Store) -> None:
    app = open_page("resources", area="81", card="facility:<x>")
    assert any("の情報はありません" in item.value for item in app.warning)
    assert "card" not in app.query_params


def test_the_card_offers_to_move_there(tiny_store: Store) -> None:
    app = open_page("resources", area="81", types="hospital", card="area:81201")
    next(item for item in app.button if item.label == "この地域へ移動").click().run()
    assert app.query_params["area"] == "81201"
    assert "card" not in app.query_params


def test_a_link_reopens_the_list(tiny_store: Store) -> None:
    app = open_page("resources", area="81", types="hospital", list="1")
    listed = next(item.value for item in app.dataframe if "facility_id" in item.value)
    assert len(listed) == 15
    assert set(listed["type_label"]) == {"病院"}


def test_the_nation_is_listed_once_it_is_narrowed(tiny_store: Store) -> None:
    assert "に絞ると表示・保存できます" in words(open_page("resources", types="hospital"))
    app = open_page("resources", types="hospital", find="山手市1号", list="1")
    listed = next(item.value for item in app.dataframe if "facility_id" in item.value)
    assert listed["name"].tolist() == ["山手市1号"]


def test_what_has_no_point_is_listed_with_how_it_counts(stated: Store) -> None:
    with stated.writing() as draft:
        draft.write_bytes(stated.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "update facility set lon = null, lat = null, location_quality = 'missing'"
                " where facility_id = 'hospital-81201-0'"
            )
    app = open_page("resources", area="81", types="hospital")
    labels = [item.label for item in app.expander]
    assert "点で示せない施設と数え方（1件）" in labels
    app.session_state["unlocated"] = True
    app.run()
    listed = next(item.value for item in app.dataframe if "counted" in item.value)
    assert listed["counted"].tolist() == ["住所の市区町村の数に含め、点では示さない"]


def test_different_types_of_one_office_are_one_facility_in_the_table(stated: Store) -> None:
    with stated.writing() as draft:
        draft.write_bytes(stated.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                f"update facility set facility_id = 'hospital-81201-0' where facility_id ="
                f" '{NURSES}-81201-0'"
            )
    app = open_page("resources", area="81", types=f"hospital,{NURSES}")
    row = app.dataframe[0].value.set_index("area_code").loc["81201"]
    assert (
        row["distinct.facilities"] == row["hospital.facilities"] + row[f"{NURSES}.facilities"] - 1
    )
