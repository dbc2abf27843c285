"""A whole file checked: every problem by its cell, and nothing accepted while one is open."""

from __future__ import annotations

from surveys.checked import CheckedFile, Decisions
from surveys.checking import FileCheck
from surveys.content import Cell, SheetContent
from surveys.problems import LEVELS, problem_table
from tests.unit.survey_places import places_of
from tests.unit.survey_stand import FORM

HEAD: list[Cell] = ["団体コード", "市町村名", "協議体の設置", "研修回数"]
FULL: list[Cell] = ["81201", "山手市", "1", 3.0]


def checked(
    rows: list[list[Cell]], *, decisions: Decisions | None = None, **sheet: object
) -> CheckedFile:
    check = FileCheck(
        FORM, framework="r3", fiscal_year=2023, places=places_of(), decisions=decisions
    )
    return check.run([SheetContent("回答", rows, **sheet)], file="a.xlsx")  # type: ignore[arg-type]


def said(found: CheckedFile, level: str) -> list[tuple[str, str]]:
    return [(p.cell, p.message) for p in found.problems if p.level == level]


def stopping(found: CheckedFile) -> list[tuple[str, str]]:
    return [(p.cell, p.message) for p in found.problems if p.stops]


def test_a_clean_file_is_acceptable() -> None:
    found = checked([HEAD, FULL])
    assert stopping(found) == []
    assert found.acceptable
    assert [(a.area_code, a.question_id, a.value, a.source_ref) for a in found.answers] == [
        ("81201", "council", "1", "回答!C2"),
        ("81201", "training_n", "3", "回答!D2"),
    ]


def test_case_34_and_35_formulas() -> None:
    rows = [HEAD, ["81201", "山手市", "", ""], ["81202", "川辺市", "1", 2.0]]
    found = checked(rows, errors={"C2": "#REF!", "A9": "#N/A"}, uncached=["D2"])
    assert stopping(found) == [
        ("C2", "C2がエラー値です（#REF!）。"),
        ("D2", "計算結果のない数式です。"),
    ]
    assert {a.area_code for a in found.answers} == {"81202"}


def test_case_36_no_table() -> None:
    found = checked([["表紙"], ["担当課"]])
    assert stopping(found) == [("", "回答の表が見つかりません。")]
    assert not found.acceptable


def test_case_37_missing_columns_are_named_in_one_line() -> None:
    asked = [q for q in FORM.questions if "r3" in q.frameworks and not q.personal]
    messages = [message for _, message in said(checked([HEAD, FULL]), "warning")]
    few = "協議体の設置・多職種研修の回数（年度）"
    listed = f"{len(asked)}問のうち{len(asked) - 2}問の列がありません（列があるのは：{few}）。"
    assert messages == [listed]
    head: list[Cell] = ["市町村名", *(q.label for q in asked[2:])]
    assert [message for _, message in said(checked([head, ["山手市", 1.0]]), "warning")] == [
        f"{len(asked)}問のうち2問の列がありません"
        f"（列がないのは：{asked[0].label}・{asked[1].label}）。"
    ]


def test_case_38_a_header_that_is_there_twice_is_asked() -> None:
    found = checked([[*HEAD, "研修回数"], [*FULL, 5.0]])
    assert [cell for cell, _ in stopping(found)] == ["D1", "E1"]
    assert [a.question_id for a in found.answers] == ["council"]


def test_case_39_and_40_headers_below_and_in_full_width_are_read() -> None:
    wide: list[Cell] = ["団体\u00a0コード", "市町村名　", "協議体の\n設置", "ｹﾝｼｭｳ"]
    wide[3] = "研修\u3000回数"
    assert checked([["表題"], [""], wide, FULL]).acceptable


def test_case_41_merged_answers_are_listed() -> None:
    rows = [HEAD, FULL, ["81202", "川辺市", "", 2.0]]
    found = checked(rows, merged=[(1, 2, 2, 2)])
    assert ("C3", "結合されたセルの値を各行の回答としました。") in said(found, "mended")
    assert [a.value for a in found.answers if a.question_id == "council"] == ["1", "1"]


def test_a_merged_count_needs_a_word() -> None:
    rows = [HEAD, FULL, ["81202", "川辺市", "あり", ""]]
    found = checked(rows, merged=[(1, 3, 2, 3)])
    assert ("D3", "結合されたセルの数を、各行の回答としました。") in said(found, "warning")


def test_case_42_headers_only() -> None:
    assert stopping(checked([HEAD])) == [("", "回答が0件です。")]


def test_case_43_hidden_rows_are_read_and_told() -> None:
    found = checked([HEAD, FULL], hidden_rows=[2])
    assert any("非表示行があります" in message for _, message in said(found, "warning"))
    assert len(found.answers) == 2


def test_case_44_a_respondent_twice() -> None:
    found = checked([HEAD, FULL, [81201.0, "山手市", "0", 1.0]])
    assert [cell for cell, _ in stopping(found)] == ["A2", "A3"]
    assert all("IDが重複" in message for _, message in stopping(found))
    assert found.answers == []


def test_case_45_codes_out_of_range() -> None:
    head: list[Cell] = ["市町村名", "目指す姿の設定"]
    rows: list[list[Cell]] = [["山手市", "6"], ["川辺市", 1.5], ["滝沢市", "３"]]
    found = checked([head, *rows])
    assert [cell for cell, _ in stopping(found)] == ["B2", "B3"]
    assert all("選択肢にありません" in message for _, message in stopping(found))
    assert [a.value for a in found.answers] == ["3"]
    assert said(found, "mended")[0][0] == "B4"


def test_case_46_dates() -> None:
    rows: list[list[Cell]] = [["山手市", "令和5年2月30日"], ["川辺市", "2018-02-01"]]
    found = checked([["市町村名", "着手年度"], *rows])
    assert stopping(found) == [("B2", "日付が不正です。")]
    assert [a.value for a in found.answers] == ["2017"]


def test_case_47_a_lost_zero_is_mended() -> None:
    check = FileCheck(FORM, framework="r3", fiscal_year=2023, places=places_of("01"))
    sheet = SheetContent("回答", [HEAD, [11002.0, "札幌市", "1", 3.0]])
    found = check.run([sheet], file="a.xlsx")
    assert found.answers[0].area_code == "01100"
    assert ("B2", "先頭の0を補いました。") in said(found, "mended")


def test_case_48_unusable_characters_and_inert_markup() -> None:
    head: list[Cell] = ["市町村名", "indicator_list"]
    rows: list[list[Cell]] = [["山手市", "a\u202eb"], ["川辺市", "<script>alert(1)</script>"]]
    found = checked([head, *rows])
    assert stopping(found) == [("B2", "使用できない文字です。")]
    assert [a.value for a in found.answers] == ["<script>alert(1)</script>"]


def test_rows_of_totals_are_left_out_and_reconciled() -> None:
    rows = [HEAD, FULL, ["", "川辺市", "0", 2.0], ["", "合計", "", 6.0], ["", "再掲", "", 2.0]]
    found = checked(rows)
    assert {a.area_code for a in found.answers} == {"81201", "81202"}
    assert any(cell == "D4" and "行の和（5）" in text for cell, text in said(found, "warning"))
    rows[3][3] = 5.0
    assert not any("行の和" in text for _, text in said(checked(rows), "warning"))


def test_answers_that_contradict_each_other_are_pointed_out() -> None:
    rows: list[list[Cell]] = [["市町村名", "協議体の設置", "開催圏域"], ["山手市", "0", "市町村"]]
    messages = said(checked(rows), "warning")
    assert ("C2", "山手市：協議体がないのに開催圏域があります。") in messages
    rows[1][1] = "1"
    assert not any("開催圏域があります" in text for _, text in said(checked(rows), "warning"))


def test_personal_columns_are_dropped_and_texts_pointed_out() -> None:
    head: list[Cell] = ["市町村名", "indicator_list", "自由記載"]
    found = checked([head, ["山手市", "担当 03-1234-5678", "山田"]])
    assert [a.question_id for a in found.answers] == ["indicator_list"]
    assert ("B2", "個人情報らしい記述があります。") in said(found, "warning")


def test_what_a_person_decided_is_used() -> None:
    rows: list[list[Cell]] = [["市町村名", "会議体", "研修回数"], ["山出市", "△", 1.0]]
    assert not checked(rows).acceptable
    decisions = Decisions(
        columns={"会議体": "council"},
        values={"council": {"△": "0"}},
        respondents={"山出市": "81201"},
    )
    found = checked(rows, decisions=decisions)
    assert found.acceptable
    assert [(a.area_code, a.value) for a in found.answers] == [("81201", "0"), ("81201", "1")]


def test_one_answer_given_in_two_tables_is_an_error() -> None:
    again: list[list[Cell]] = [["市町村名", "研修回数"], ["山手市", 4.0]]
    found = checked([HEAD, FULL, [""], *again])
    assert any("回答が二つ" in message for _, message in stopping(found))


def test_a_blank_row_replaces_nothing_and_a_blank_file_says_so() -> None:
    found = checked([HEAD, FULL, ["81202", "川辺市", "", ""]])
    assert {a.area_code for a in found.answers} == {"81201"}
    assert [(cell, text[:10]) for cell, text in said(found, "mended")] == [
        ("B3", "すべて空欄の1行は、")
    ]
    refused = checked([HEAD, ["81202", "川辺市", "", ""]])
    assert stopping(refused) == [("", "回答が0件です。")]
    assert said(refused, "mended") == []


def test_numbers_of_nobody_and_of_no_question_are_told() -> None:
    head: list[Cell] = [*HEAD, ""]
    found = checked([head, [*FULL, 7.0], ["", "", "", 99.0], ["", "川辺市", "0", 1.0, ""]])
    told = {(p.cell, p.rule) for p in found.problems if p.level == "warning"}
    assert {("D3", "名前のない行"), ("E2", "見出しのない列")} <= told
    broken = checked([HEAD, FULL, ["", "", "拠点の有無", "会議の雰囲気"], ["", "川辺市", "0", 1.0]])
    assert stopping(broken) == [("C3", "表の途中に、見出しのような行があります。")]


def test_titles_of_another_year_or_prefecture_are_told() -> None:
    def told(title: str, **sheet: object) -> list[str]:
        found = checked([[title], [], HEAD, FULL], **sheet)
        return [p.message for p in found.problems if p.rule == "表題"]

    assert told("東見本県 令和5年度 調査（令和4年度実績）") == []
    assert told("令和6年1月1日現在") == told("令和6年5月1日現在") == []
    assert told("令和3年度 取組状況調査") == [
        "令和3年度(2021年度)とあります。取り込み先は令和5年度(2023年度)です。"
    ]
    assert len(told("令和4年3月末現在")) == 1
    assert told("西見本県 取組状況調査") == []


def test_sheets_of_two_years_in_one_book_are_told_first() -> None:
    sheets = [SheetContent(name, [HEAD, FULL]) for name in ("令和4年度", "R5")]
    check = FileCheck(FORM, framework="r3", fiscal_year=2023, places=places_of())
    errors = [p for p in check.run(sheets, file="a.xlsx").problems if p.level == "error"]
    assert (errors[0].sheet, errors[0].rule) == ("令和4年度", "表題")


def test_names_alone_in_two_prefectures_are_told_when_none_was_chosen() -> None:
    check = FileCheck(FORM, framework="r3", fiscal_year=2023, places=places_of(""))
    rows: list[list[Cell]] = [["", "山手市", "1", 3.0], ["", "函館市", "0", 1.0]]
    found = check.run([SheetContent("回答", [HEAD, *rows])], file="a.xlsx")
    assert [p.rule for p in found.problems if p.rule == "都道府県"] == ["都道府県"]
    rows[1][0] = "01202"
    coded = check.run([SheetContent("回答", [HEAD, *rows])], file="a.xlsx")
    assert not any(p.rule == "都道府県" for p in coded.problems)


def test_a_column_in_thousands_is_never_taken_as_it_is() -> None:
    rows: list[list[Cell]] = [["市町村名", "相談件数（千件）"], ["山手市", 3.0]]
    found = checked(rows, decisions=Decisions(columns={"相談件数千件": "consult_n"}))
    assert stopping(found) == [("B1", "数が「千件」で書かれています。")]


def test_a_name_outside_every_table_is_asked() -> None:
    found = checked([HEAD, FULL, [""], ["", "", "", "川辺市"]])
    assert stopping(found) == [("D4", "表の外にある市町村名です。")]


def test_the_list_of_problems_is_a_table_in_japanese() -> None:
    table = problem_table(checked([HEAD, ["81201", "山手市", "△", "多"]]).problems)
    assert list(table.columns) == [
        "種別", "ファイル", "シート", "セル", "値", "規則", "内容", "対応"
    ]  # fmt: skip
    assert table["種別"].tolist() == sorted(table["種別"], key=list(LEVELS.values()).index)
    first = table.iloc[0]
    assert (first["種別"], first["シート"], first["セル"], first["値"]) == (
        "誤り",
        "回答",
        "D2",
        "多",
    )
    assert first["対応"]


def test_an_item_not_done_without_a_reason_is_pointed_out() -> None:
    head = ["団体コード", "市町村名", "ア：実施状況", "ア：実施していない理由"]
    rows = [["81201", "山手市", "未実施", ""], ["81202", "川辺市", "実施", ""]]
    found = FileCheck(FORM, framework="h27r2", fiscal_year=2018, places=places_of()).run(
        [SheetContent("回答", [head, *rows])], file="a.xlsx"
    )
    said = [p for p in found.problems if p.rule == "設問間"]
    assert [(p.message, p.cell) for p in said] == [
        ("山手市：実施していない理由がありません。", "D2")
    ]
