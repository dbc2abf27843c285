"""Tables found on sheets as offices lay them out."""

from __future__ import annotations

from surveys.content import Cell, SheetContent
from surveys.tables import SurveyTable, find_tables
from tests.unit.survey_places import places_of


def tables_of(
    rows: list[list[Cell]], *, merged: list[tuple[int, int, int, int]] | None = None
) -> list[SurveyTable]:
    return find_tables(SheetContent("回答", rows, merged=merged or []), places=places_of())


def headers(table: SurveyTable) -> list[tuple[str, ...]]:
    return [column.levels for column in table.columns]


def names(table: SurveyTable) -> list[str]:
    return [row.name.text for row in table.rows]


def test_a_header_under_a_title_and_a_date() -> None:
    (table,) = tables_of(
        [
            ["令和5年度 実施状況調査", "", ""],
            ["", "", "令和5年3月31日現在"],
            ["団体コード", "市町村名", "研修回数"],
            [81201.0, "山手市", 3.0],
            [81202.0, "川辺市", 4.0],
        ]
    )
    assert headers(table) == [("研修回数",)]
    assert names(table) == ["山手市", "川辺市"]
    assert table.rows[1].code.text == "81202"
    assert table.rows[1].cells[2].cell == "C5"
    assert table.columns[0].cell == "C3"
    assert [note.cell for note in table.notes] == ["A1", "C2"]


def test_headers_of_several_merged_rows_are_joined() -> None:
    (table,) = tables_of(
        [
            ["市町村名", "ア 資源の把握", "", "研修", ""],
            ["", "実施状況", "実施方法", "回数", "単位"],
            ["山手市", "実施", "直営", 3.0, "回"],
        ],
        merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)],
    )
    assert headers(table)[:3] == [
        ("ア 資源の把握", "実施状況"),
        ("ア 資源の把握", "実施方法"),
        ("研修", "回数"),
    ]


def test_a_group_label_is_carried_to_the_right_without_merging() -> None:
    (table,) = tables_of(
        [
            ["市町村名", "ア 資源の把握", "", "研修回数"],
            ["", "実施状況", "実施方法", ""],
            ["山手市", "実施", "直営", 3.0],
        ]
    )
    assert headers(table) == [
        ("ア 資源の把握", "実施状況"),
        ("ア 資源の把握", "実施方法"),
        ("研修回数",),
    ]


def test_numbers_of_columns_and_units_are_no_header() -> None:
    (table,) = tables_of(
        [
            ["市町村名", "研修回数", "相談件数"],
            ["", "(1)", "②"],
            ["", "", "（単位：件）"],
            ["山手市", 1.0, 2.0],
        ]
    )
    assert headers(table) == [("研修回数",), ("相談件数",)]


def test_two_tables_one_under_the_other() -> None:
    first, second = tables_of(
        [
            ["表1 研修", ""],
            ["市町村名", "研修回数"],
            ["山手市", 1.0],
            ["合計", 1.0],
            ["", ""],
            ["表2 相談", ""],
            ["市町村名", "相談件数"],
            ["川辺市", 2.0],
            ["※川辺市は速報値", ""],
        ]
    )
    assert (headers(first), names(first)) == ([("研修回数",)], ["山手市", "合計"])
    assert (headers(second), names(second)) == ([("相談件数",)], ["川辺市"])
    assert [note.text for note in second.notes] == ["表2 相談", "※川辺市は速報値"]


def test_two_tables_side_by_side() -> None:
    first, second = tables_of(
        [
            ["市町村名", "研修回数", "", "市町村名", "相談件数"],
            ["山手市", 1.0, "", "川辺市", 2.0],
        ]
    )
    assert (headers(first), names(first)) == ([("研修回数",)], ["山手市"])
    assert (headers(second), names(second)) == ([("相談件数",)], ["川辺市"])


def test_a_misspelt_respondent_stays_a_row() -> None:
    (table,) = tables_of(
        [
            ["市町村名", "研修回数"],
            ["山手市", 1.0],
            ["川部市", 2.0],
            ["滝沢市", 3.0],
            ["山出市", 4.0],
        ]
    )
    assert names(table) == ["山手市", "川部市", "滝沢市", "山出市"]


def test_a_column_that_is_blank_below_its_header_does_not_split_a_table() -> None:
    (table,) = tables_of([["市町村名", "", "研修回数"], ["山手市", "", 1.0]])
    assert ("研修回数",) in headers(table)


def test_an_answer_merged_over_rows_counts_for_each_and_is_listed() -> None:
    (table,) = tables_of(
        [["市町村名", "実施状況"], ["山手市", "実施"], ["川辺市", ""]], merged=[(1, 1, 2, 1)]
    )
    assert [row.cells[1].text for row in table.rows] == ["実施", "実施"]
    assert table.filled == ["B3"]


def test_headers_without_rows_are_a_table_without_answers() -> None:
    (table,) = tables_of([["表題"], ["団体コード", "市町村名", "研修回数"]])
    assert (headers(table), table.rows) == ([("研修回数",)], [])


def test_a_sheet_of_notes_holds_no_table() -> None:
    assert tables_of([["記入要領"], ["1. 黄色のセルに記入"]]) == []
    assert tables_of([]) == []


def test_a_misspelt_respondent_under_the_header_is_no_header() -> None:
    (table,) = tables_of([["市町村名", "研修回数"], ["山出市", 4.0], ["山手市", 1.0]])
    assert (headers(table), names(table)) == ([("研修回数",)], ["山出市", "山手市"])


def test_an_answer_that_reads_like_a_header_splits_nothing() -> None:
    (table,) = tables_of(
        [
            ["市町村名", "協議体の圏域"],
            ["山手市", "市町村"],
            ["山出市", "市町村"],
            ["川辺市", "都道府県"],
        ]
    )
    assert names(table) == ["山手市", "山出市", "川辺市"]


def test_tables_whose_names_stand_in_other_columns() -> None:
    first, second = tables_of(
        [
            ["団体コード", "市町村名", "研修回数"],
            [81201.0, "山手市", 1.0],
            ["市町村名", "相談件数", ""],
            ["川辺市", 2.0, ""],
        ]
    )
    assert names(first) == ["山手市"]
    assert names(second) == ["川辺市"]
    assert ("相談件数",) in headers(second)


def test_a_name_of_two_places_does_not_lose_its_column_to_an_answer() -> None:
    rows = [["団体コード", "市町村名", "協議体の開催圏域"], ["814032", "泊村", "市町村"]]
    (table,) = find_tables(SheetContent("回答", rows), places=places_of())
    assert [row.name.text for row in table.rows] == ["泊村"]
    assert [column.levels for column in table.columns] == [("協議体の開催圏域",)]
