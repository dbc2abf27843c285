"""Views of the resource page: future supply, areas below the median, hubs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, sentences, words
from tests.tiny_region import FACILITIES, population_at
from ui import structure_gaps

Change = Callable[..., None]


@pytest.fixture
def store_with(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Change:
    """Serve the tiny region after statements have changed it."""

    def change(*statements: str) -> None:
        store = Store(tmp_path / "changed")
        with store.writing() as draft:
            draft.write_bytes(tiny.read_bytes())
            with duckdb.connect(str(draft)) as con:
                for statement in statements:
                    con.execute(statement)
        monkeypatch.setenv("STORE", str(store.root))

    return change


def answers(code: str, **values: str) -> list[str]:
    return [
        "insert into survey_answer values ('municipal_form', 'r3', 2024, "
        f"'{code}', '{question}', '{value}', 'observed', null, 'i', '回答!A1')"
        for question, value in values.items()
    ]


def test_future_shows_course_map_sentence_and_table(tiny_store: Store) -> None:
    app = open_page("resources", area="81", view="future", types="hospital", year="2040")
    now, later = (
        sum(population_at(code, year)["age_75_plus"]
            for code in ("81101", "81102", "81201", "81202", "81203", "81204"))
        for year in (2025, 2040)
    )  # fmt: skip
    number = sum(n for code, n in FACILITIES["hospital"].items() if code.startswith("81"))
    exact = number * (later - now) / now
    assert f"東見本県の病院は今{number}か所" in sentences(app)[0]
    assert f"（計算値{exact:+.2f}か所）" in sentences(app)[0]
    assert f"{10_000 * number / later:.2f}か所に下がります" in sentences(app)[0]
    lines, chart = (spec for spec, _ in drawn_figures(app)[:2])
    assert "今の水準（2025年）" in json.dumps(lines, ensure_ascii=False)
    assert chart["data"]["format"]["type"] == "topojson"
    frame = app.dataframe[0].value.set_index("area_code")
    assert frame.loc["81203", "note"] == "今0か所（保つ水準がない）"
    assert {"more.2030", "more.2040", "more.2050"} <= set(frame.columns)


def test_the_year_of_the_map_changes_title_sentence_and_classes(tiny_store: Store) -> None:
    seen = []
    for year in ("2030", "2050"):
        app = open_page("resources", area="81", view="future", types="hospital", year=year)
        assert any(f"({year}年)に今の水準を保つため" in item.value for item in app.subheader)
        seen.append((sentences(app)[0], json.dumps(drawn_figures(app)[1][0]["transform"])))
    assert seen[0][0] != seen[1][0]
    assert seen[0][1] != seen[1][1]


def test_the_sentence_of_the_future_follows_the_data(store_with: Change) -> None:
    store_with(
        "update facility_count set facilities = 99"
        " where area_code = '81' and facility_type = 'hospital'"
    )
    app = open_page("resources", area="81", view="future", types="hospital")
    assert "東見本県の病院は今99か所" in sentences(app)[0]


def test_the_edition_and_the_other_denominator_are_named(store_with: Change) -> None:
    store_with(
        "insert into population_total (area_code, edition, year, age_75_plus, is_projection, basis)"
        " select area_code, 'ltc_insured', 2023, 1000, false, 'source' from area"
        " where valid_to is null"
    )
    text = words(open_page("resources", area="81", view="future", types="hospital"))
    assert "75歳以上は演習データ（架空）の将来推計（今は令和7年(2025年)）です" in text
    assert "介護保険第1号被保険者の75歳以上" in text
    assert "率の値が少し違います" in text


def test_areas_without_projection_or_coverage_are_named(tiny_store: Store) -> None:
    text = words(open_page("resources", area="82", view="future", types="hospital"))
    assert "推計がない地域：島村" in text
    text = words(open_page("resources", area="82", view="future", types="care_management_office"))
    assert "居宅介護支援の資料の対象外（データなし。0ではありません）地域：" in text


def test_the_map_tells_an_area_without_any_from_one_without_data(tiny_store: Store) -> None:
    app = open_page("resources", area="82", view="future", types="hospital")
    spec, _ = drawn_figures(app)[1]
    rows = next(step["from"]["data"]["values"] for step in spec["transform"] if "from" in step)
    marks = dict(line.split(",", 1) for line in rows.splitlines()[1:])
    assert marks["82204"] == ',"推計なし"'
    assert marks["82202"] == ","  # none today: the words of the legend
    assert "今0か所・計算できない" in json.dumps(spec, ensure_ascii=False)


def test_a_prefecture_that_alone_has_a_projection_is_shown(store_with: Change) -> None:
    store_with("delete from population_total where area_code not in ('00', '81')")
    app = open_page("resources", area="81", view="future", types="hospital")
    assert "か所に下がります" in sentences(app)[0]
    assert "5地域のどれも、地域ごとには計算できません" in sentences(app)[0]
    assert "推計がない地域：中央市、山手市、川辺町、森村、浜町" in words(app)
    lines, chart = (spec for spec, _ in drawn_figures(app)[:2])
    assert "今の水準" in json.dumps(lines, ensure_ascii=False)
    assert chart["layer"][0]["encoding"]["fill"]["scale"]["domain"] == ["今0か所・計算できない"]


def test_no_projection_at_all_says_what_would_fill_it(store_with: Change) -> None:
    store_with("update population_total set age_75_plus = null")
    text = words(open_page("resources", area="81", view="future", types="hospital"))
    assert "75歳以上の将来推計人口がありません" in text
    assert "原資料のフォルダ" in text


def test_beds_can_be_carried_on_instead_of_hospitals(tiny_store: Store) -> None:
    app = open_page("resources", area="81", view="future", types="hospital", quantity="capacity")
    assert "病院の病床は今1,500床" in sentences(app)[0]


def test_medical_areas_can_be_compared_in_the_future(tiny_store: Store) -> None:
    app = open_page(
        "resources", area="81", view="future", types="hospital", level="secondary_medical_area"
    )
    frame = app.dataframe[0].value.set_index("area_code")
    assert frame.index.tolist() == ["m2-8101", "m2-8102"]
    now, later = (
        sum(population_at(code, year)["age_75_plus"] for code in ("81101", "81102", "81201"))
        for year in (2025, 2050)
    )
    assert frame.loc["m2-8101", "per_10k.2050"] == pytest.approx(10_000 * 14 / later)
    assert frame.loc["m2-8101", "per_10k_now"] == pytest.approx(10_000 * 14 / now)


def test_order_by_need_puts_the_largest_first(tiny_store: Store) -> None:
    query = {"area": "81", "view": "future", "types": "hospital", "year": "2050"}
    by_code = open_page("resources", **query).dataframe[0].value["area_code"].tolist()
    by_need = open_page("resources", **query, order="value").dataframe[0].value
    assert by_code == sorted(by_code)
    assert by_need["more.2050"].dropna().is_monotonic_decreasing


def test_gaps_show_matrix_sentence_and_table(tiny_store: Store) -> None:
    app = open_page("resources", area="81", view="gaps", level="municipality")
    text = sentences(app)[0]
    # 4.43, 4.19, 4.13, 0, 5.80 per 10 000: the median is that of 山手市
    assert "比べた1指標のうち1以上が、県内の市区町村の中央値を下回るのは2地域です" in text
    assert "川辺町（1）、森村（1）" in text
    _, rows = drawn_figures(app)[0]
    assert [row["t"] for row in rows] == ["▼4.13", "▼0.00", "▲4.43", "●4.19", "▲5.80"]
    frame = app.dataframe[0].value.set_index("area_code")
    assert frame.loc["81201", "verdict_label"] == "未満"
    assert frame.loc["81202", "verdict_label"] == "以上"
    assert "高齢化率" not in words(app)  # not per person aged 75 and over


def test_a_value_that_is_not_there_says_why(store_with: Change) -> None:
    store_with(
        "update observation set status = 'suppressed', value = null, numerator = null"
        " where indicator_id = 'vns_station' and area_code = '81203'"
    )
    app = open_page("resources", area="81", view="gaps", level="municipality")
    frame = app.dataframe[0].value.set_index("area_code")
    assert frame.loc["81203", "reasons"] == "訪問看護ST数：秘匿"
    assert frame.loc["81203", "verdict_label"] == "判定できない"
    assert frame.loc["81201", "reasons"] == ""


def test_of_too_many_areas_those_with_values_are_drawn(
    store_with: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(structure_gaps, "MAX_ROWS", 4)
    store_with(
        "update observation set status = 'suppressed', value = null, numerator = null"
        " where indicator_id = 'vns_station' and area_code in ('81101', '81201')"
    )
    app = open_page("resources", area="81", view="gaps", level="municipality", order="code")
    counts = app.dataframe[0].value.set_index("area_code")["compared"]
    assert (counts == 0).any()
    assert {row["t"][0] for row in drawn_figures(app)[0][1]} <= set("▲▼●")
    assert f"図は{len(counts)}地域のうち{(counts > 0).sum()}地域です" in words(app)


def test_gaps_follow_the_data(store_with: Change) -> None:
    store_with("update observation set numerator = 50 where indicator_id = 'vns_station'"
               " and area_code = '81203'")  # fmt: skip
    app = open_page("resources", area="81", view="gaps", level="municipality")
    assert "森村（1）" not in sentences(app)[0]


def test_gaps_begin_with_medical_areas_and_say_when_they_are_too_few(tiny_store: Store) -> None:
    app = open_page("resources", area="81", view="gaps")
    assert app.selectbox(key="choice_level").value == "secondary_medical_area"
    assert "二次医療圏には、中央値と比べられる" in words(app)


def test_the_map_of_gaps_is_drawn_when_it_is_opened(tiny_store: Store) -> None:
    app = open_page("resources", area="81", view="gaps", level="municipality")
    assert len(drawn_figures(app)) == 1
    app.session_state["open_gap_map"] = True
    app.run()
    assert not app.exception
    spec, _ = drawn_figures(app)[1]
    rows = next(step["from"]["data"]["values"] for step in spec["transform"] if "from" in step)
    assert rows.splitlines()[1:] == ["81202,1,", "81203,1,", "81100,0,", "81201,0,", "81204,0,"]


def test_gaps_can_be_counted_over_chosen_types(tiny_store: Store) -> None:
    app = open_page(
        "resources", area="81", view="gaps", level="municipality", basis="types", least="2",
        types="hospital,visiting_nurse_station",
    )  # fmt: skip
    assert "比べた2種類のうち2以上" in sentences(app)[0]
    assert "森村（2）" in sentences(app)[0]


def test_the_own_area_is_marked_in_the_matrix(tiny_store: Store) -> None:
    app = open_page("resources", area="81202", view="gaps")
    labels = [row["n"] for row in drawn_figures(app)[0][1]]
    assert [label for label in labels if label.startswith("▶")] == ["▶ 川辺町　▼1"]


def test_hubs_tell_the_own_municipality_and_its_neighbours(store_with: Change) -> None:
    store_with(
        *answers("81201", kyoten_link="linked", coord_count="2", item_o_contractor="ishikai"),
        *answers("81202", kyoten_link="none", coord_count="0"),
    )
    app = open_page("resources", area="81201", view="hubs")
    assert "拠点との関係は「連携あり」" in sentences(app)[0]
    assert "委託する事業項目は「オ 相談支援」" in sentences(app)[0]
    facts = app.dataframe[0].value.set_index("label")["words"]
    assert facts["コーディネーターの人数"] == "2人"
    table = app.dataframe[1].value.set_index("area_code")
    assert table.loc["81202", "coord_count"] == "0人"
    assert table.loc["81203", "coord_count"] == "回答票なし"
    assert "名称と窓口：データなし" in words(app)


def test_hubs_sum_up_a_prefecture_from_answers_only(store_with: Change) -> None:
    store_with(
        *answers("81201", kyoten_link="linked"), *answers("81202", kyoten_link="none"),
    )  # fmt: skip
    app = open_page("resources", area="81", view="hubs")
    assert "回答した2のうち1市町村" in sentences(app)[0]


def test_hubs_without_a_survey_say_how_to_bring_it_in(store_with: Change) -> None:
    store_with("delete from survey_answer")
    text = words(open_page("resources", area="81", view="hubs"))
    assert "についての回答：データなし" in text
    assert "municipal_form" in text


@pytest.mark.parametrize(
    ("view", "bad"),
    [
        ("future", {"year": "1900"}),
        ("future", {"order": "<b>"}),
        ("future", {"quantity": "x"}),
        ("gaps", {"least": "99"}),
        ("gaps", {"basis": "x"}),
        ("hubs", {"fy": "1"}),
    ],
)
def test_a_bad_value_falls_back_with_a_notice(
    tiny_store: Store, view: str, bad: dict[str, str]
) -> None:
    query = {"area": "81", "types": "hospital", "level": "municipality", "view": view}
    app = open_page("resources", **query, **bad)
    assert any("ここでは選べません" in item.value for item in app.warning)
