from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.generations import Store
from tests.pages.opening import open_page, sentences, words
from tests.tiny_region import population_at


def test_the_overview_of_a_prefecture(tiny_store: Store) -> None:
    app = open_page(area="81")
    assert [h.value for h in app.header] == ["東見本県の概況"]
    assert not app.error
    assert len(sentences(app)) == 1
    shown = {item.label: item.value for item in app.metric}
    people = sum(population_at(c, 2025)["age_75_plus"]
                 for c in ("81101", "81102", "81201", "81202", "81203", "81204"))  # fmt: skip
    assert shown["75歳以上（2025年）"] == f"{people / 10_000:,.1f}万人"


def test_the_resources_name_their_denominator_and_what_is_absent(tiny_store: Store) -> None:
    app = open_page(area="81")
    assert "分母：演習データ（架空）の75歳以上、令和7年(2025年)推計" in words(app)
    assert "ここにない＝ゼロではなく、資料がないことを示します" in words(app)
    assert "診療所" in words(app)


def test_the_rates_are_those_of_the_resources_page(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "insert into population_total"
                " (area_code, edition, year, age_75_plus, is_projection, basis)"
                " values ('81201', 'ltc_insured', 2023, 1000, false, 'source')"
            )
    monkeypatch.setenv("STORE", str(store.root))
    overview = open_page(area="81201")
    rows = overview.dataframe[0].value.set_index("type_label")
    beside = open_page("resources", area="81201", types="hospital").dataframe[0].value
    own = beside.set_index("area_code").loc["81201", "hospital.per_10k_75plus"]
    assert rows.loc["病院", "per_10k_75plus"] == pytest.approx(own)
    assert "分母：演習データ（架空）の75歳以上" in words(overview)


def test_the_programme_gives_respondents_of_all(tiny_store: Store) -> None:
    assert "令和3年度(2021年度)　回答 5／対象 5 市町村" in words(open_page(area="81"))


def test_an_area_without_population_still_works(tiny_store: Store) -> None:
    app = open_page(area="82204")
    assert "島村の人口は読み込まれていません" in words(app)
    assert not app.error


def test_links_onward_keep_the_area(tiny_store: Store) -> None:
    app = open_page(area="81201", view="share")
    links = [item.proto for item in app.get("page_link")]
    assert len(links) == 5
    assert all("area=81201" in link.query_string for link in links)
    assert not any("view" in link.query_string for link in links)


def test_a_municipality_shows_its_own_answers(tiny_store: Store) -> None:
    app = open_page(area="81202")
    assert "令和3年度(2021年度)の川辺町の回答" in words(app)
    assert "調査の回答は、まだ読み込まれていません" not in words(app)


def test_a_ward_shows_the_answers_of_its_city(tiny_store: Store) -> None:
    assert "調査の回答は、まだ読み込まれていません" not in words(open_page(area="81101"))
