"""Editions of an estimate and areas drawn anew, on the sources page."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pytest

from data.generations import Store
from tests.pages.opening import open_page, sentences, words

KIND = "homevisit_claims_month"


def published(store: Store, statements: Iterable[str]) -> None:
    with store.writing() as draft:
        draft.write_bytes(store.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            for statement in statements:
                con.execute(statement)


@pytest.fixture
def renewed(tiny_store: Store) -> Store:
    """81202 moved from m2-8102 to m2-8101 in 2024; an estimate has an older edition."""
    source = "(select source_id from source order by source_id limit 1)"
    published(
        tiny_store,
        [
            "insert into area (area_code, area_type, name) values ('kk-8101', 'planning_area',"
            " '東部区域')",
            *(
                f"insert into measure values ('kk-8101', '{KIND}', 'FY{year}', {value},"
                f" 'observed', {source}, 'r')"
                for year, value in ((2024, 100), (2030, 130))
            ),
            *(
                f"insert into measure_vintage values ('kk-8101', '東部区域', '{KIND}', '2023',"
                f" '2023年度実績', 'FY{year}', {value}, 'observed', 'old', 'r')"
                for year, value in ((2023, 90), (2030, 150))
            ),
            "update area_membership set valid_to = date '2024-03-31'"
            " where area_code = '81202' and parent_area_code = 'm2-8102'",
            "insert into area_membership values ('81202', 'm2-8101', 'secondary_medical_area',"
            " date '2024-04-01', null)",
            "insert into observation select * replace ('2020' as period) from observation"
            " where indicator_id = 'aging_rate' and period = '2025'",
        ],
    )
    return tiny_store


def test_an_older_edition_stands_beside_the_newest(renewed: Store) -> None:
    app = open_page("sources", view="vintages", area="81")
    assert "令和12年度(2030年度)）は、新しい推計" in words(app)
    assert any("130件/月、前の推計（2023年度実績）では150件/月" in one for one in sentences(app))
    app.selectbox(key=f"choice_when_{KIND}").set_value("FY2023").run()
    assert app.dataframe[0].value["standing"].tolist() == ["前の推計だけにある"]


def test_areas_drawn_anew_are_listed_with_their_members(renewed: Store) -> None:
    app = open_page("sources", view="vintages", area="81")
    assert any(
        "2024年4月1日に、二次医療圏2つの構成市区町村が変わりました" in one for one in sentences(app)
    )
    shown = next(one.value for one in app.dataframe if "entered" in one.value).set_index(
        "area_name"
    )
    assert shown.at["東部医療圏", "entered"] == "川辺町"
    assert shown.at["山間医療圏", "before"] == "川辺町、森村、浜町"
    assert shown.at["山間医療圏", "after"] == "森村、浜町"
    assert "構成が変わった区域がありません" in words(
        open_page("sources", view="vintages", area="82")
    )


def test_a_year_before_the_change_says_that_it_is_summed_over_areas_of_today(
    renewed: Store,
) -> None:
    said = "2024年4月1日に構成市区町村が変わりました"
    seen = {"area": "81", "level": "secondary_medical_area", "indicator": "aging_rate"}
    before = words(open_page("compare", year="2020", **seen))
    assert f"東部医療圏、山間医療圏は、{said}。令和2年(2020年)の値も、いまの構成で" in before
    assert said not in words(open_page("compare", year="2025", **seen))
    assert said in words(open_page("population", area="m2-8101"))
    assert said not in words(open_page("population", area="81"))


def test_every_page_says_what_is_from_before_the_change(renewed: Store) -> None:
    said = "2026年4月1日に構成市区町村が変わりました"
    zones = {"area": "81", "level": "secondary_medical_area"}
    assert "構成市区町村が変わりました" not in words(open_page("overview", **zones))
    published(
        renewed,
        [
            "update area_membership set valid_to = date '2026-03-31'"
            " where valid_to = date '2024-03-31'",
            "update area_membership set valid_from = date '2026-04-01'"
            " where valid_from = date '2024-04-01'",
        ],
    )
    shown = words(open_page("overview", **zones))
    assert f"東部医療圏、山間医療圏は、{said}。令和7年(2025年)の値も、いまの構成で合計" in shown
    assert said in words(open_page("overview", area="m2-8101"))
    assert said not in words(open_page("overview", area="81"))
    for view in ("map", "thin", "future"):
        assert said in words(open_page("resources", view=view, **zones)), view
    assert said in words(open_page("resources", view="pair", area="m2-8101"))
    assert said not in words(open_page("resources", area="81"))
    answers = f"{said}。それより前の年度の回答は、その年度の10月1日の構成で数えています。"
    assert f"東部医療圏は、{answers}" in words(open_page("activities", area="m2-8101"))
    assert said not in words(open_page("activities", area="81"))


def test_counts_reported_for_an_area_before_the_change_are_said_to_be_of_then(
    renewed: Store,
) -> None:
    values = ", ".join(
        f"('hc-8101', 'cm_admissions_{part}_care', 'FY{year}', {number}, 'observed',"
        " (select min(source_id) from source), 'r')"
        for year, informed in ((2017, 20), (2020, 60))
        for part, number in (("known", 100), ("informed", informed))
    )
    published(
        renewed,
        [
            f"insert into measure values {values}",
            "update area_membership set valid_to = date '2019-03-31'"
            " where area_code = '81203' and parent_area_code = 'hc-8102'",
            "insert into area_membership values ('81203', 'hc-8101', 'health_center_area',"
            " date '2019-04-01', null)",
        ],
    )
    said = (
        "東保健所、山保健所は、2019年4月1日に構成市区町村が変わりました。"
        "平成29年度(2017年度)の値は、保健所の区域ごとに報告された件数なら、前の構成のままです"
    )
    seen = {"view": "discharge", "area": "81"}
    assert said in words(open_page("support", **seen))
    assert "構成市区町村が" not in words(open_page("support", before="2020", **seen))


def test_a_link_to_an_area_that_ended_says_so(renewed: Store) -> None:
    published(renewed, ["update area set valid_to = date '2024-03-31' where area_code = 'm2-8102'"])
    assert "山間医療圏は、2024年3月31日で終わった区域です" in words(open_page(area="m2-8102"))
