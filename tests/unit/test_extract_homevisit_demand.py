from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from data.errors import UnreadableFile
from data.extract import RawFile, homevisit_demand, recognise

KEYS = ("都道府県", "構想区域コード", "構想区域名")


def write(
    path: Path,
    *,
    year: str = "2030年度（現状投影）",
    unit: str = "レセプト件数/月",
    code: object = 102,
) -> RawFile:
    book = xlsxwriter.Workbook(str(path))
    for name in ("将来の在宅（訪問診療）需要推計", "将来の外来需要推計"):
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, name)
        sheet.write_row(3, 5, ["2024年度", year])
        sheet.write_row(
            4,
            0,
            [*KEYS, "人口(2024年度)", "人口(2040年)", "レセプト件数/月", unit],
        )
        sheet.write_row(5, 0, ["北海道", "0101", "南渡島", 340005, 259252, 4382.75, 4942.5])
        sheet.write_row(6, 0, ["北海道", code, "南檜山", 19091, 12386, 64.5, 64.25])
    book.close()
    return RawFile(path, path.name)


def test_home_visits_are_read_and_outpatients_are_not(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx")
    assert recognise(file) is homevisit_demand
    extract = homevisit_demand.read(file)
    frame = extract.frames["demand"]
    assert extract.rows_read == 2
    assert extract.vintage == "2024年度実績と2030年度までの推計"
    assert frame[
        ["構想区域コード", "年度", "レセプト件数/月", "source_ref"]
    ].to_numpy().tolist() == [
        ["0101", 2024, 4382.75, "将来の在宅（訪問診療）需要推計!F6"],
        ["0101", 2030, 4942.5, "将来の在宅（訪問診療）需要推計!G6"],
        ["0102", 2024, 64.5, "将来の在宅（訪問診療）需要推計!F7"],
        ["0102", 2030, 64.25, "将来の在宅（訪問診療）需要推計!G7"],
    ]


@pytest.mark.parametrize(
    ("year", "unit", "cell", "told"),
    [
        ("", "レセプト件数/月", "G4", "年度が読み取れません"),
        ("2030年度", "患者数/日", "G5", "単位が「レセプト件数/月」ではありません（「患者数/日」）"),
        ("2024年度（別の仮定）", "レセプト件数/月", "G4", "2024年度の列が二つ以上あります"),
    ],
)
def test_a_doubtful_column_is_refused_with_its_cell(
    tmp_path: Path, year: str, unit: str, cell: str, told: str
) -> None:
    with pytest.raises(UnreadableFile, match=told) as error:
        homevisit_demand.read(write(tmp_path / "a.xlsx", year=year, unit=unit))
    assert (error.value.sheet, error.value.cell) == ("将来の在宅（訪問診療）需要推計", cell)


def test_a_row_whose_code_is_no_number_is_named(tmp_path: Path) -> None:
    extract = homevisit_demand.read(write(tmp_path / "a.xlsx", code="南檜山"))
    assert extract.frames["demand"]["構想区域コード"].tolist() == ["0101", "0101"]
    assert [(i.source_ref[-2:], i.found) for i in extract.issues] == [("B7", "南檜山")]
