"""What the download buttons give, opened and read like a user would."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Page

from charts.theme import SEQUENTIAL
from tests.browser import looking
from tests.serving import Server

pytestmark = pytest.mark.browser
ITEMS = {f"{letter} " for letter in "アイウエオカキク"}
NO_ANSWER = {"未回答", "該当なし", "秘匿", "欠測", "未公表", "回答票なし"}
BOM = b"\xef\xbb\xbf"


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(BOM)
    assert content.count(b"\r\n") == content.count(b"\n")
    return list(csv.DictReader(StringIO(content.removeprefix(BOM).decode("utf-8"))))


def colours_of(content: bytes) -> Counter[str]:
    picture = Image.open(BytesIO(content)).convert("RGB")
    counted = picture.getcolors(maxcolors=picture.width * picture.height) or []
    return Counter({"#{:02x}{:02x}{:02x}".format(*colour): n for n, colour in counted})


def words_of_svg(content: bytes) -> str:
    root = ElementTree.fromstring(content)
    return "\n".join(
        "".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")
    )


def test_the_files_of_a_figure_say_what_the_database_says(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    known = looking.answer(
        demo_store,
        "select year, age_75_plus from population_total"
        " where area_code = '83' and edition = 'demo' order by year",
    )
    page = open_page(demo_server, "/population?area=83")

    name, content = looking.save(page, "CSV")
    assert name == "population_83.csv"
    rows = rows_of_csv(content)
    assert list(rows[0])[:4] == ["コード", "地域", "年", "75歳以上人口（人）"]
    assert [(int(r["年"]), int(r["75歳以上人口（人）"])) for r in rows] == [
        (int(r.year), round(r.age_75_plus)) for r in known.itertuples()
    ]

    name, content = looking.save(page, "XLSX")
    assert name == "population_83.xlsx"
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["データ", "出典"]
    labels, units, *values = book["データ"].iter_rows(values_only=True)
    assert labels[:4] == ("コード", "地域", "年", "75歳以上人口")
    assert units[3] == "単位：人"
    assert [row[3] for row in values] == known["age_75_plus"].tolist()
    assert [row[0] for row in values] == ["83"] * len(known)
    written = [cell for row in book["出典"].iter_rows(values_only=True) for cell in row if cell]
    assert any("演習データ（架空）" in str(line) for line in written)

    page = open_page(demo_server, "/population?area=83&view=map&year=2040")
    name, content = looking.save(page, "PNG")
    assert name == "population_map_83_2040.png"
    width, height = Image.open(BytesIO(content)).size
    assert width >= 1_600
    assert height >= 800
    counted = colours_of(content)
    assert len([c for c in SEQUENTIAL if counted[c] > 1_000]) >= 3
    assert counted["#ffffff"] < 0.995 * width * height

    name, content = looking.save(page, "SVG")
    assert name == "population_map_83_2040.svg"
    words = words_of_svg(content)
    assert "75歳以上人口" in words
    assert "演習データ（架空）" in words
    shapes = re.findall(rb'aria-roledescription="geoshape"', content)
    towns = looking.answer(
        demo_store,
        "select count(*) as n from area where area_code like '83___' and valid_to is null",
    )
    assert len(shapes) == towns.at[0, "n"]


def test_a_table_of_answers_is_saved_with_its_words(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, "/activities?area=83&view=matrix&fy=2020")
    name, content = looking.save(page, "CSV")
    assert name == "activities_83_2020.csv"
    rows = rows_of_csv(content)
    asked = looking.answer(
        demo_store,
        "select count(distinct area_code) as n from survey_answer where area_code like '83%'"
        " and survey_id = 'municipal_form' and fiscal_year = 2020",
    )
    assert len(rows) == asked.at[0, "n"]
    done = "実施・ありの項目数（項目）"
    cells = {value for row in rows for label, value in row.items() if label[:2] in ITEMS}
    assert "実施" in cells
    assert cells <= {"実施", "一部実施", "実施予定", "未実施", "不明と回答", *NO_ANSWER}
    unanswered = [
        row for row in rows if {row[label] for label in row if label[:2] in ITEMS} <= NO_ANSWER
    ]
    assert unanswered
    assert {row[done] for row in unanswered} == {""}
    assert all(int(row[done]) >= 0 for row in rows if row not in unanswered)


@pytest.mark.official
def test_official_supply_is_saved_without_false_zeros(
    open_page: Callable[..., Page], official_server: Server, official_store: Path
) -> None:
    page = open_page(official_server, "/?area=19")
    _, content = looking.save(page, "CSV")
    rows = {row["施設・事業所"]: row["数（か所）"] for row in rows_of_csv(content)}
    known = looking.answer(
        official_store,
        "select facility_type, facilities from facility_count where area_code = '19'",
    ).set_index("facility_type")["facilities"]
    assert rows["在宅療養支援診療所"] == "75"
    assert rows["病院"] == str(known["hospital"])
    assert len(rows) == len(known)
    assert "薬局" not in rows
