"""Plain tables as people keep them: titles above, other encodings, hidden sheets, formulas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from data.errors import UnreadableFile
from data.extract import RawFile, area_membership, common_table, discharge_workbook, recognise
from data.harmonise.area_index import AreaIndex
from data.harmonise.common_table import harmonise_common

HEAD = [
    ["様式", "指標の表（共通様式）"],
    ["資料名", "死亡の場所"],
    ["地域コード", "地域名", "時点", "項目", "数値"],
]
ROWS = [["81203", "隣市", "2023", "deaths_total", 5], ["81202", "新市", "2023", "deaths_total", 7]]
PLACES = pd.DataFrame(
    {
        "area_code": ["81202", "81203"],
        "area_type": "municipality",
        "name": ["新市", "隣市"],
        "district": "",
        "city_code": None,
        "valid_to": None,
        "prefecture_name": "見本県",
    }
)
NO_CHANGES = pd.DataFrame(columns=["old_code", "new_code", "changed_on", "reason"], dtype="str")
Change = Callable[[openpyxl.Workbook], None]


def book(folder: Path, change: Change = lambda _: None, rows: list[list] | None = None) -> RawFile:
    made = openpyxl.Workbook()
    made.active.title = "表"
    for row in rows or [*HEAD, *ROWS]:
        made.active.append(row)
    change(made)
    made.save(folder / "a.xlsx")
    return RawFile(folder / "a.xlsx", "a.xlsx")


def sheet(made: openpyxl.Workbook, name: str, rows: list[list], place: int = 0) -> None:
    for row in rows:
        (made[name] if name in made.sheetnames else made.create_sheet(name, place)).append(row)


def values_of(file: RawFile) -> list[object]:
    return common_table.read(file).frames["values"]["数値"].tolist()


def told_of(file: RawFile) -> dict[str, str]:
    """Return the areas whose row counts with the number, and the issues by what was found."""
    areas = AreaIndex(places=PLACES, changes=NO_CHANGES, zones=frozenset())
    made = harmonise_common(common_table.read(file), source_id="s", areas=areas)
    table = made.tables["measure"]
    counted = table.set_index("area_code")["value"].map("{:g}".format).to_dict()
    return counted | {issue.found: issue.reason[:6] for issue in made.issues}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_tabs_and_wide_text_are_read(tmp_path: Path, encoding: str) -> None:
    lines = ["\t".join(map(str, row)) for row in [["死亡の場所"], [], *HEAD, *ROWS]]
    path = tmp_path / "a.txt"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    file = RawFile(path, path.name)
    assert recognise(file) is common_table
    assert values_of(file) == ["5", "7"]
    assert common_table.read(file).cited == {"title": "死亡の場所"}


def test_wide_text_that_was_cut_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\n".join("\t".join(map(str, row)) for row in HEAD).encode("utf-16")[:-1])
    with pytest.raises(UnreadableFile, match="切れて"):
        common_table.read(RawFile(path, path.name))


def test_lines_and_a_column_before_the_table_do_not_hide_it(tmp_path: Path) -> None:
    rows = [
        ["死亡の場所"],
        [],
        *([None, *row] for row in (["様式：", HEAD[0][1]], *HEAD[1:], *ROWS)),
    ]
    rows[4][5] = "数\n値"
    file = book(tmp_path, rows=rows)
    assert recognise(file) is common_table
    assert values_of(file) == ["5", "7"]


def test_a_hidden_sheet_before_the_table_is_named_and_not_read(tmp_path: Path) -> None:
    def hide(made: openpyxl.Workbook) -> None:
        sheet(made, "旧", [*HEAD, ["81203", "隣市", "2023", "deaths_total", 99]])
        sheet(made, "説明", [["この表について"]])
        made["旧"].sheet_state = "hidden"

    file = book(tmp_path, hide)
    assert recognise(file) is common_table
    assert values_of(file) == ["5", "7"]
    told = {issue.found: issue.reason[:4] for issue in common_table.read(file).issues}
    assert told == {"旧": "非表示の", "説明": "この表の"}


def test_the_tables_of_two_sheets_count_together_unless_their_sources_differ(
    tmp_path: Path,
) -> None:
    other = ["81203", "隣市", "2022", "deaths_total", 4]
    file = book(tmp_path, lambda made: sheet(made, "二", [*HEAD, other], 1))
    assert values_of(file) == ["5", "7", "4"]
    assert common_table.read(file).frames["values"]["source_ref"].tolist()[2] == "二 4行"
    head = [HEAD[0], ["資料名", "別の資料"], HEAD[2]]
    with pytest.raises(UnreadableFile, match="資料名"):
        values_of(book(tmp_path, lambda made: sheet(made, "二", [*head, other], 1)))


@pytest.mark.parametrize(
    ("value", "form", "told"),
    [
        ("=1+1", "General", {"計算結果のない数式": "数として読め"}),
        ("#N/A", "General", {"#N/A": "数として読め"}),
        (0.153, "0.0%", {"15.3%": "％の付いた数"}),
        (1, '0"%"', {"81203": "1"}),
        ("1,23", "General", {"1,23": "数として読め"}),
        ("1,234", "General", {"81203": "1234"}),
    ],
)
def test_what_is_seen_otherwise_is_no_number(
    tmp_path: Path, value: object, form: str, told: dict[str, str]
) -> None:
    def write(made: openpyxl.Workbook) -> None:
        made.active["E4"] = value
        made.active["E4"].number_format = form

    assert told_of(book(tmp_path, write)) == {"81202": "7", **told}


def test_a_membership_table_on_a_later_sheet_is_found(tmp_path: Path) -> None:
    rows = [["この表の見方"]]
    row = ["81203", "隣市", "保健所", "8101", "中部", None, None]
    file = book(
        tmp_path,
        lambda made: sheet(made, "対応", [[*area_membership.COLUMNS], row], 1),
        rows=rows,
    )
    assert recognise(file) is area_membership
    assert area_membership.read(file).frames["memberships"]["圏域名"].tolist() == ["中部"]


def test_a_formula_without_result_is_no_blank_answer(tmp_path: Path) -> None:
    ids = [*discharge_workbook.RESPONDENT, "known"]
    rows = [
        ["様式", "discharge_form"],
        ["年度", 2024],
        [],
        [],
        [],
        ids,
        ["hc-8101", "中部", 4, "=1"],
    ]
    made = openpyxl.Workbook()
    made.active.title = discharge_workbook.SHEET
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            made.active.cell(number, column, value)
    made.save(tmp_path / "a.xlsx")
    read = discharge_workbook.read(RawFile(tmp_path / "a.xlsx", "a.xlsx"))
    assert read.frames["counts"]["value"].tolist() == ["計算結果のない数式"]
