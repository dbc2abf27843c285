from __future__ import annotations

from pathlib import Path

import xlsxwriter

from data.extract import RawFile, homevisit_demand, recognise


def write(path: Path) -> RawFile:
    book = xlsxwriter.Workbook(str(path))
    for name in ("将来の在宅（訪問診療）需要推計", "将来の外来需要推計"):
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, name)
        sheet.write_row(3, 5, ["2024年度", "2030年度（現状投影）"])
        sheet.write_row(
            4,
            0,
            ["都道府県", "構想区域コード", "構想区域名", "人口(2024年度)", "人口(2040年)"]
            + ["レセプト件数/月"] * 2,
        )
        sheet.write_row(5, 0, ["北海道", "0101", "南渡島", 340005, 259252, 4382.75, 4942.5])
        sheet.write_row(6, 0, ["北海道", 102, "南檜山", 19091, 12386, 64.5, 64.25])
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
