"""Plain tables on their way in: told by their header, checked cell by cell, compared."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from data.generations import Store
from surveys.problems import Problem
from surveys.table_proposal import TableProposal
from surveys.uploads import UploadedFile, read_uploads
from tests.unit.intake_stand import STAFF, book
from tests.unit.table_stand import (
    COLUMNS,
    HEAD,
    MEMBER_COLUMNS,
    accepted,
    built,
    proposed,
    raw_folder,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    root = tmp_path_factory.mktemp("tables")
    return built(root / "store", raw_folder(root / "raw"))


def told(found: TableProposal, level: str) -> list[tuple[str, str]]:
    return [(p.cell, p.rule) for p in found.problems if p.level == level]


def only(found: TableProposal, rule: str) -> Problem:
    return next(problem for problem in found.problems if problem.rule == rule)


def test_a_table_is_told_by_its_header_wherever_it_stands(store: Store) -> None:
    found = proposed(store, HEAD + COLUMNS + "85201,浜辺市,2023,deaths_total,50\n")
    assert found.kind.key == "common_table"
    assert found.acceptable
    assert found.cited["publisher"] == "見本県"
    assert found.measures[["area_code", "measure_id", "period", "value"]].values.tolist() == [
        ["85201", "deaths_total", "2023", 50.0]
    ]
    without_head = proposed(store, COLUMNS + "85201,浜辺市,2023,deaths_total,50\n")
    assert without_head.acceptable


def test_a_workbook_is_read_as_a_csv_is(store: Store) -> None:
    rows: list[list[object]] = [
        ["様式", "指標の表（共通様式）"],
        ["地域コード", "地域名", "時点 ", "項目", "数値"],
        [85201, "浜辺市", "令和5年", "死亡数（総数）", 50],
    ]
    file = UploadedFile("表.xlsx", book(rows, sheet="指標"))
    from surveys.table_proposal import propose_tables

    found = propose_tables(store, actor=STAFF, read=read_uploads([file], actor=STAFF))
    assert found.acceptable
    assert found.measures["source_ref"].tolist() == ["指標 3行"]


def test_a_percentage_is_no_number_of_a_workbook(store: Store) -> None:
    from surveys.table_proposal import propose_tables

    made = openpyxl.load_workbook(io.BytesIO(book([COLUMNS.strip().split(",")], sheet="指標")))
    for row, (form, value) in enumerate((("0.0%", 0.153), ('0.0"%"', 15.3), ("0%", 1)), start=2):
        cells = ("85201", "浜辺市", 2020 + row, "cert_rate_adjusted_published", value)
        for column, cell in enumerate(cells, start=1):
            made.active.cell(row, column, cell)
        made.active.cell(row, 5).number_format = form
    content = io.BytesIO()
    made.save(content)
    file = UploadedFile("表.xlsx", content.getvalue())
    found = propose_tables(store, actor=STAFF, read=read_uploads([file], actor=STAFF))
    assert [(p.cell, p.value) for p in found.problems if p.stops] == [
        ("E2", "15.3%"),
        ("E4", "100%"),
    ]
    assert found.measures["value"].tolist() == [15.3]


def test_every_wrong_cell_is_named_and_stops_the_table(store: Store) -> None:
    found = proposed(
        store,
        COLUMNS + "85999,どこか町,2023,deaths_total,5\n"
        "85201,浜辺市,去年,deaths_total,5\n"
        "85201,浜辺市,2023,deaths,5\n"
        "85201,浜辺市,2023,deaths_home,五\n",
    )
    assert told(found, "error") == [
        ("A2", "地域コード"),
        ("D4", "項目"),
        ("C3", "時点"),
        ("E5", "数値"),
    ]
    assert not found.acceptable


def test_a_row_that_comes_twice_is_an_error_in_one_file_and_in_two(store: Store) -> None:
    row = "85201,浜辺市,2023,deaths_total,{}\n"
    assert told(proposed(store, COLUMNS + row.format(5) + row.format(6)), "error") == [
        ("D2", "重複")
    ]
    two = proposed(store, COLUMNS + row.format(5), COLUMNS + row.format(6))
    assert [p.rule for p in two.problems if p.stops] == ["重複"]


def test_what_is_mended_is_listed_and_what_is_doubtful_warns(store: Store) -> None:
    found = proposed(
        store,
        COLUMNS + "85303,谷村,2023,deaths_total,５０\n"
        "85301,ほかの町,2023,deaths_home,\n"
        "13101,千代田区,2023,deaths_total,9\n",
    )
    assert told(found, "mended") == [("A2", "地域コード"), ("E2", "数値"), ("E3", "数値")]
    assert (
        "架橋市" in only(found, "地域コード").message or "（85" in only(found, "地域コード").message
    )
    assert told(found, "warning") == [("A4", "範囲"), ("B3", "地域名")]
    assert set(found.warnings) == {"範囲", "地域名"}


def test_what_is_published_and_what_jumps_is_told(tmp_path: Path) -> None:
    store = built(tmp_path / "store", raw_folder(tmp_path / "raw"))
    accepted(
        store,
        COLUMNS + "85201,浜辺市,2022,deaths_total,100\n85301,峠町,2022,deaths_total,10\n"
        "85301,峠町,2022,deaths_home,4\n",
    )
    found = proposed(
        store,
        COLUMNS + "85201,浜辺市,2022,deaths_total,100\n85301,峠町,2022,deaths_total,11\n"
        "85301,峠町,2022,deaths_home,***\n85201,浜辺市,2023,deaths_total,151\n",
    )
    assert found.comparison.counts == {"new": 1, "changed": 1, "unchanged": 1, "withdrawn": 1}
    changed = found.comparison.changes.set_index("kind")
    assert changed.loc["withdrawn", "before"] == "4"
    assert changed.loc["withdrawn", "after"] == "秘匿"
    assert found.comparison.jumps["change_percent"].tolist() == [51.0]
    assert "前の時点との差" in found.warnings


def test_numbers_that_cannot_be_stop_the_table(tmp_path: Path) -> None:
    store = built(tmp_path / "store", raw_folder(tmp_path / "raw"))
    found = proposed(
        store,
        COLUMNS + "85201,浜辺市,2023,deaths_total,-5\n85301,峠町,2023,deaths_total,1.5\n"
        "85301,浜辺市,2023,deaths_home,5\n",
    )
    assert told(found, "error")[:3] == [("E2", "数値"), ("E3", "数値"), ("B4", "地域名")]
    accepted(store, COLUMNS + "85201,浜辺市,2023,deaths_total,10\n")
    alone = proposed(store, COLUMNS + "85201,浜辺市,2023,deaths_home,30\n")
    assert not alone.acceptable
    assert "100%を超えます" in next(p.message for p in alone.problems if p.stops)
    both = "85201,浜辺市,2023,deaths_home,30\n85201,浜辺市,2023,deaths_total,50\n"
    assert proposed(store, COLUMNS + both).acceptable
    blanks = "85201,浜辺市,2023,deaths_home,未回答\n85301,峠町,2023,deaths_home,非公表\n"
    gaps = proposed(store, COLUMNS + blanks)
    assert gaps.acceptable
    assert gaps.measures["status"].tolist() == ["unanswered", "not_published"]


def test_memberships_are_checked_by_their_cells(store: Store) -> None:
    found = proposed(
        store,
        MEMBER_COLUMNS + "852015,浜辺市,二次医療圏,8501,見本西部,2024-04-01,2023-03-31\n"
        "853010,峠町,二次医療圏,8501,見本西部,,\n"
        "853011,峠町,学区,8501,見本西部,,\n"
        "853011,峠町,二次医療圏,85,見本西部,,\n"
        "853011,峠町,二次医療圏,8502,見本東部,きのう,\n"
        "853011,峠町,二次医療圏,8503,,,\n",
    )
    assert found.kind.key == "area_membership"
    assert told(found, "error") == [
        ("G2", "適用終了"),
        ("A3", "団体コード"),
        ("C4", "圏域種別"),
        ("D5", "圏域コード"),
        ("F6", "適用開始・適用終了"),
        ("E7", "圏域名"),
    ]


def test_nobody_is_put_into_two_areas_of_a_kind_at_once(store: Store) -> None:
    row = "852015,浜辺市,保健所,{},{},,\n"
    found = proposed(store, MEMBER_COLUMNS + row.format("8501", "海") + row.format("8502", "山"))
    assert told(found, "error")[:2] == [("D2", "圏域コード"), ("D3", "圏域コード")]
    message = found.problems[0].message
    assert "「海」（hc-8501）と「山」（hc-8502）（行 3）" in message

    two = proposed(
        store,
        MEMBER_COLUMNS + row.format("8501", "海"),
        MEMBER_COLUMNS + row.format("8502", "山"),
    )
    assert [(p.file, p.rule) for p in two.problems if p.stops] == [
        ("表1.csv", "圏域コード"),
        ("表2.csv", "圏域コード"),
    ]
    assert "表2.csv 行 2" in two.problems[0].message

    ward = proposed(store, MEMBER_COLUMNS + "851019,北区,二次医療圏,8502,見本東部,,\n")
    assert "市の全体と区" in next(p.message for p in ward.problems if p.stops)
    renamed = proposed(store, MEMBER_COLUMNS + "852015,浜辺市,二次医療圏,8501,中北,,\n")
    assert "別の圏域名「見本西部」" in renamed.warnings["圏域名"][0].message
    other = proposed(store, MEMBER_COLUMNS + "852015,浜辺市,保健所,2001,海,,\n")
    assert "都道府県（20）" in next(p.message for p in other.problems if p.stops)


def test_who_would_be_in_no_area_is_told(store: Store) -> None:
    found = proposed(store, MEMBER_COLUMNS + "852015,浜辺市,保健所,8501,海保健所,,\n")
    assert found.acceptable
    assert "峠町" in only(found, "圏域の範囲").message
    assert found.comparison.counts["new"] == 1


def test_files_of_two_kinds_are_not_taken_together(store: Store) -> None:
    found = proposed(
        store,
        COLUMNS + "85201,浜辺市,2023,deaths_total,50\n",
        MEMBER_COLUMNS + "852015,浜辺市,保健所,8501,海保健所,,\n",
    )
    assert not found.acceptable
    assert "様式の違う" in only(found, "ファイル").message
