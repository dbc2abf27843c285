from __future__ import annotations

import duckdb
import pytest

from data.generations import Store
from tests.pages.opening import open_page, sentences, words


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("sources", "読み込んだ資料（3件）"),
        ("report", "ファイルごとの結果（1件）"),
        ("indicators", "指標（3件、うち資料待ち 1件）"),
        ("editions", "人口の版"),
        ("facts", "公表値（187／187件）"),
    ],
)
def test_every_part_opens(tiny_store: Store, part: str, title: str) -> None:
    app = open_page("sources", area="81")
    app.segmented_control(key="choice_view").set_value(part).run()
    assert not app.error
    assert title in [item.value for item in app.subheader]
    assert all(len(item.value) > 0 for item in app.dataframe)


def test_an_indicator_without_data_says_what_it_waits_for(tiny_store: Store) -> None:
    app = open_page("sources")
    app.segmented_control(key="choice_view").set_value("indicators").run()
    states = app.dataframe[0].value.set_index("title")["state"]
    assert states["自宅死亡割合"] == "未表示：人口動態調査の場所別死亡数"
    assert states["高齢化率"] == "表示中"


def test_published_figures_are_searched_in_all_their_words(tiny_store: Store) -> None:
    app = open_page("sources")
    app.segmented_control(key="choice_view").set_value("facts").run()
    app.text_input(key="fact_search").set_value("８９.４").run()
    found = app.dataframe[0].value
    assert 0 < len(found) < 20
    assert found.astype(str).agg(" ".join, axis=1).str.contains("89.4", regex=False).all()
    app.text_input(key="fact_search").set_value("どこにもないことば").run()
    assert "含む公表値はありません" in words(app)


def test_coverage_names_the_subject_and_the_area(tiny_store: Store) -> None:
    covered = open_page("sources").dataframe[0].value.set_index("subject_label")["areas"]
    assert covered["施設：居宅介護支援"] == "東見本県"


def test_printed_totals_are_held_against_their_parts(tiny_store: Store) -> None:
    app = open_page("sources", view="editions")
    assert "合計と内訳の一致" in [item.value for item in app.subheader]
    assert any("印刷された合計" in text for text in sentences(app))


def test_lists_of_two_days_stand_beside_each_other(tiny_store: Store) -> None:
    app = open_page("sources", view="vintages")
    assert "時点のちがうものが読み込まれていません" in words(app)
    with tiny_store.writing() as draft:
        draft.write_bytes(tiny_store.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.executemany(
                "insert into facility_vintage values"
                " ('81201', 'day_service_office', ?, ?, ?, null, ?, ?, 's')",
                [("2025", "2025年", 4, None, None), ("2026", "2026年", 7, 5, 2)],
            )
    app = open_page("sources", view="vintages", area="81")
    assert "2026年の一覧で7か所です。前の2025年の一覧は4か所で、新しいほうが3か所多い" in words(app)
    assert app.dataframe[0].value["change"].tolist() == [3]
    assert app.selectbox(key="choice_type").value == "day_service_office"
