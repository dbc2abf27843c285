"""Future supply, areas below the median and hubs, as a person finds and saves them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Locator, Page

from charts.theme import DIVERGING, OWN_AREA, SEQUENTIAL
from tests.browser import looking
from tests.browser.test_downloads import colours_of, rows_of_csv, words_of_svg
from tests.serving import Server

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
MATRIX_MARKS = re.compile(r"[▼▲●]\d+\.\d\d")


def texts(figure: Locator) -> list[str]:
    return figure.locator("text").all_text_contents()


def test_the_shortages_are_two_clicks_from_home(
    open_page: Open, demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, "/?area=83")
    page.get_by_role("link", name="資源マップ", exact=True).first.click()
    looking.rerun(page)
    looking.press(page, "不足の重なり")
    sentence = looking.sentences(page)[0]
    medians = looking.answer(
        demo_store,
        """with parts as (
            select descendant_code as area_code, a.name from area_descendant as d
            join area as a on a.area_code = d.descendant_code
            where ancestor_code = '83' and level = 'secondary_medical_area' and d.valid_to is null),
        newest as (
            select indicator_id, max(period) as period from observation
            join parts using (area_code) where status = 'observed' group by all),
        rates as (
            select p.name, o.indicator_id, o.numerator / t.age_75_plus as rate
            from observation as o join parts as p using (area_code)
            join newest as n on n.indicator_id = o.indicator_id and n.period = o.period
            join indicator as i on i.indicator_id = o.indicator_id
            join population_total as t on t.area_code = o.area_code
                and t.edition = 'ltc_insured' and t.year = 2023
            where i.dimension = 'structure' and i.per_75plus is not null
                and i.polarity = 'high_is_good'),
        held as (
            select name, rate < median(rate) over (partition by indicator_id) as is_below,
                count(rate) over (partition by indicator_id) as known from rates)
        select name, count(*) filter (where is_below) as below from held
        where known >= 3 group by name""",
    ).set_index("name")["below"]
    assert "分母は介護保険第1号被保険者の75歳以上" in looking.text_of(page)
    reached = medians[medians >= 3]
    assert f"のは{len(reached)}地域です" in sentence
    for name, below in reached.items():
        assert f"{name}（{below}）" in sentence
    figure = looking.chart(page)
    assert len([text for text in texts(figure) if MATRIX_MARKS.fullmatch(text)]) >= 20
    assert looking.pixels_like(looking.colours(figure), DIVERGING[4]) > 1_000


def test_the_threshold_changes_the_answer_and_stays_in_the_link(
    open_page: Open, demo_server: Server
) -> None:
    page = open_page(demo_server, "/resources?area=83&view=gaps")
    before = looking.sentences(page)[0]
    looking.pick(page, "下回る項目の数", "8項目以上")
    after = looking.sentences(page)[0]
    assert "3以上" in before
    assert "8以上" in after
    assert "least=8" in page.url
    again = open_page(demo_server, page.url.removeprefix(demo_server.url))
    assert looking.sentences(again)[0] == after


def test_the_matrix_can_be_saved_with_title_and_source(
    open_page: Open, demo_server: Server
) -> None:
    page = open_page(demo_server, "/resources?area=83&view=gaps&level=municipality")
    name, content = looking.save(page, "CSV")
    assert name == "gaps_83_municipality.csv"
    rows = rows_of_csv(content)
    assert len(rows) == 27
    assert "在宅療養支援診療所数 中央値（75歳以上1万人対）" in rows[0]
    counts = [int(row["下回る項目"]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    _, picture = looking.save(page, "PNG")
    assert colours_of(picture)[DIVERGING[4]] > 1_000
    assert Image.open(BytesIO(picture)).size[0] >= 1_600
    _, drawing = looking.save(page, "SVG")
    words = words_of_svg(drawing)
    assert "中央値を下回る項目" in words
    assert "演習データ（架空）" in words


def test_the_future_of_supply_is_computed_and_drawn(
    open_page: Open, demo_server: Server, demo_store: Path
) -> None:
    known = looking.answer(
        demo_store,
        """select c.facilities as n, now.age_75_plus as before, later.age_75_plus as after
        from facility_count as c
        join population_total as now on now.area_code = c.area_code and now.year = 2025
            and now.edition = 'demo'
        join population_total as later on later.area_code = c.area_code and later.year = 2030
            and later.edition = 'demo'
        where c.area_code = '83' and c.facility_type = 'visiting_nurse_station'""",
    ).iloc[0]
    more = math.ceil(known["n"] * (known["after"] - known["before"]) / known["before"])
    assert more > 0
    page = open_page(
        demo_server, "/resources?area=83&view=future&types=visiting_nurse_station&year=2030"
    )
    sentence = looking.sentences(page)[0]
    assert f"訪問看護は今{known['n']:.0f}か所" in sentence
    assert f"あと{more}か所" in sentence
    lines, chart = looking.chart(page, 0), looking.chart(page, 1)
    assert f"+{more}" in texts(lines)
    assert looking.pixels_like(looking.colours(lines), OWN_AREA) > 100
    pixels = looking.colours(chart)
    assert len([colour for colour in SEQUENTIAL if pixels[colour] > 200]) >= 2


def test_another_year_redraws_the_map_and_the_link_reopens_it(
    open_page: Open, demo_server: Server
) -> None:
    page = open_page(demo_server, "/resources?area=83&view=future&types=visiting_nurse_station")
    said = looking.sentences(page)[0]
    before = looking.colours(looking.chart(page, 1))
    looking.pick(page, "地図と文の年", "令和12年")
    assert "year=2030" in page.url
    changed = looking.sentences(page)[0]
    assert changed != said
    assert looking.colours(looking.chart(page, 1)) != before
    again = open_page(demo_server, page.url.removeprefix(demo_server.url))
    assert looking.sentences(again)[0] == changed


def test_the_files_of_the_future_agree_with_each_other(
    open_page: Open, demo_server: Server
) -> None:
    page = open_page(
        demo_server, "/resources?area=83&view=future&types=visiting_nurse_station&year=2030"
    )
    name, content = looking.save(page, "CSV")
    assert name == "future_visiting_nurse_station_83_municipality_2030.csv"
    rows = rows_of_csv(content)
    for row in rows:
        if row["計算しない理由"]:
            assert row["2030年 追加で必要（か所）"] in ("", "データなし")
            continue
        exact = (
            float(row["今の訪問看護（か所）"])
            * (float(row["2030年 75歳以上（人）"]) - float(row["2025年 75歳以上（人）"]))
            / float(row["2025年 75歳以上（人）"])
        )
        assert int(row["2030年 追加で必要（か所）"]) == max(0, math.ceil(round(exact, 9)))
    _, book = looking.save(page, "XLSX")
    values = list(load_workbook(BytesIO(book))["データ"].iter_rows(values_only=True))[2:]
    assert [row[0] for row in values] == [row["コード"] for row in rows]
    _, lines = looking.save(page, "SVG", number=1)
    assert "今の水準（2025年）" in words_of_svg(lines)
    _, chart = looking.save(page, "PNG")
    assert len([colour for colour in SEQUENTIAL if colours_of(chart)[colour] > 1_000]) >= 2


def test_a_click_on_the_map_of_the_future_moves(open_page: Open, demo_server: Server) -> None:
    page = open_page(demo_server, "/resources?area=83&view=future&types=visiting_nurse_station")
    shapes = looking.chart(page, 1).locator("path[aria-roledescription='geoshape']")
    widest = shapes.evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().width)"
        ".reduce((best, w, i, ws) => w > ws[best] ? i : best, 0)"
    )
    shapes.nth(widest).click()
    page.wait_for_url("**area=83*", timeout=10_000)
    page.wait_for_function("() => /area=83\\d{3}/.test(location.search)", timeout=10_000)
    looking.rerun(page)
    assert "view=future" in page.url


def test_hub_and_coordinator_are_two_clicks_from_home(
    open_page: Open, demo_server: Server, demo_store: Path
) -> None:
    answered = looking.answer(
        demo_store,
        """select l.area_code, c.value as coordinators from survey_answer as l
        join survey_answer as c using (survey_id, fiscal_year, area_code)
        where l.survey_id = 'municipal_form' and l.fiscal_year = 2024
            and l.question_id = 'kyoten_link' and l.value = 'linked'
            and c.question_id = 'coord_count' and c.value::integer > 0
            and l.area_code like '83%' order by l.area_code""",
    ).iloc[0]
    page = open_page(demo_server, f"/?area={answered['area_code']}")
    page.get_by_role("link", name="資源マップ", exact=True).first.click()
    looking.rerun(page)
    looking.press(page, "拠点・窓口")
    sentence = looking.sentences(page)[0]
    assert "拠点との関係は「連携あり」" in sentence
    assert f"コーディネーターは{answered['coordinators']}人" in sentence
    assert "名称と窓口：データなし" in looking.text_of(page)
    name, content = looking.save(page, "CSV")
    assert name == "hubs_83_2024.csv"
    rows = {row["団体コード"]: row for row in rows_of_csv(content)}
    assert rows[answered["area_code"]]["拠点との関係"] == "連携あり"
    assert len(rows) == 27


@pytest.mark.parametrize("view", ["future", "gaps", "hubs"])
def test_views_stay_inside_a_telephone(open_page: Open, demo_server: Server, view: str) -> None:
    page = open_page(demo_server, f"/resources?area=83&view={view}", size="phone")
    assert looking.overflow(page) == []


@pytest.mark.official
def test_official_future_ends_with_the_last_year_of_the_edition(
    open_page: Open, official_server: Server
) -> None:
    page = open_page(official_server, "/resources?view=future&types=hospital&level=municipality")
    text = looking.text_of(page)
    assert "社人研 平成30(2018)年推計" in looking.sentences(page)[0]
    assert "この版の推計は2045年までです" in text
    assert re.search("推計がない地域：福島市.*ほか51地域", text)
