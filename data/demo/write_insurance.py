"""Write insured and certified persons in the layouts of 介護保険事業状況報告."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import xlsxwriter

from data.demo.headers import MEMBERSHIP_HEADER
from data.demo.insurance import (
    CARE_LEVELS,
    CERTIFICATION,
    SECOND_INSURED,
    DemoInsurance,
    wide_area_unions,
)
from data.demo.region import DemoRegion
from data.demo.workbook import new_workbook
from data.harmonise.codes import official_code6

INSURANCE_FOLDER = "kaigo_hoken_jigyo_jokyo"
NATION = "全　 国"
_NOTE = (
    "※　保険者が国民健康保険団体連合会に提出する受給者台帳を基にしたものであり、"
    "提出後に要介護度が遡って変更になる場合がある。"
)
_INSURED_HEADER = (
    "６５歳以上７５歳未満",
    "７５歳以上８５歳未満",
    "８５歳以上",
    "外国人被保険者",
    "住所地特例被保険者",
)


def write_insurance(insurance: DemoInsurance, region: DemoRegion, directory: Path) -> None:
    """Write 02h.xlsx (insured), 04-1-1h.xlsx (certified, nine sheets) and the unions' members."""
    folder = directory / INSURANCE_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    _write_insured(insurance, folder / "02h.xlsx")
    _write_certified(insurance, folder / "04-1-1h.xlsx")
    _write_members(region, folder / "kouiki_rengo_kosei.csv")


def _write_members(region: DemoRegion, path: Path) -> None:
    """Write which municipalities a union insures, in the layout of the area memberships."""
    names = region.municipalities.set_index("area_code")["name"]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(MEMBERSHIP_HEADER)
        for union, members in wide_area_unions(region).items():
            number = f"ins-{members[0][:2]}-01"
            for code in members:
                cells = [official_code6(code), names[code], "保険者", number, union, "", ""]
                writer.writerow(cells)


def _write_insured(insurance: DemoInsurance, path: Path) -> None:
    numbers = insurance.insurers[
        ["insured_65", "insured_75", "insured_85", "foreign", "special_residence"]
    ].to_numpy()
    numbers = np.column_stack([numbers[:, :3].sum(axis=1), numbers])
    book = new_workbook(path, row_by_row=False)
    sheet = book.add_worksheet("02h")
    sheet.write(0, 0, "第２表　保険者別　第１号被保険者数　（年度末現在）")
    sheet.write(2, 7, "（単位：人）")
    for column, label in enumerate(("都道府県", "保険者", "計")):
        sheet.merge_range(3, column, 4, column, label)
    sheet.write_row(4, 3, _INSURED_HEADER)
    _write_body(sheet, 5, insurance, numbers)
    book.close()


def _write_body(
    sheet: xlsxwriter.worksheet.Worksheet, top: int, insurance: DemoInsurance, numbers: np.ndarray
) -> None:
    sheet.write_row(top, 0, [NATION, "", *numbers.sum(axis=0).tolist()])
    names = insurance.insurers[["prefecture", "name"]].itertuples(index=False)
    for row, ((prefecture, name), values) in enumerate(
        zip(names, numbers.tolist(), strict=True), start=top + 1
    ):
        sheet.write_row(row, 0, [prefecture, name, *values])


def _write_certified(insurance: DemoInsurance, path: Path) -> None:
    first = sum(insurance.certified[age] for age in CERTIFICATION)
    second = insurance.certified[SECOND_INSURED[0]]
    titles: list[tuple[str, np.ndarray]] = [
        ("総数", first + second),
        ("（再掲）第１号被保険者", np.asarray(first)),
    ]
    for age in CERTIFICATION:
        band = f"－{age}歳以上－" if age == 90 else f"－{age}歳以上{age + 5}歳未満－"
        title = f"（再掲）第１号被保険者　{band}"
        titles.append((title, insurance.certified[age]))
    titles.append(("（再掲）第２号被保険者", second))
    book = new_workbook(path, row_by_row=False)
    for number, (title, counts) in enumerate(titles):
        _write_certified_sheet(book, number, title, counts, insurance)
    book.close()


def _write_certified_sheet(
    book: xlsxwriter.Workbook, number: int, title: str, counts: np.ndarray, insurance: DemoInsurance
) -> None:
    sheet = book.add_worksheet(f"04-1-1h{'①②③④⑤⑥⑦⑧⑨'[number]}")
    part = "１２３４５６７８９"[number]
    sheet.write(
        0,
        0,
        "第４－１－１表　保険者別　要介護（要支援）認定者数　男女計　－総数－　"
        f"（年度末現在）　（その{part}）",
    )
    sheet.write(2, 0, _NOTE)
    sheet.write(3, 9, "（単位：人）")
    sheet.merge_range(4, 0, 5, 0, "都道府県")
    sheet.merge_range(4, 1, 5, 1, "保険者")
    sheet.merge_range(4, 2, 4, 9, title)
    sheet.write_row(5, 2, [*CARE_LEVELS, "合計"])
    _write_body(sheet, 6, insurance, np.column_stack([counts, counts.sum(axis=1)]))
