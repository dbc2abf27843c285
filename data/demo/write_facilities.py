"""Write the demo region's offices and institutions in the publishers' own layouts.

Dirty on purpose, and few, as in the published files:
- 110: the first row's code has a wrong check digit; 130: two offices lie outside the country;
- 170: the first office stands twice; capacities are blank or "0" here and there;
- 施設票: about 3.5 % of hospitals have 0.0/0.0 for coordinates, the first no bed total;
- 届出 lists: no municipality columns, addresses without the prefecture, some with two grades.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter
from data.demo.region import DemoRegion

from data.demo.facilities import DemoFacilities
from data.demo.service_rates import INSTITUTIONS
from data.harmonise.codes import check_digit, official_code6

CARE_FOLDER = "kaigo_opendata"
MEDICAL_FOLDER = "iryo_joho_net"
STANDARDS_FOLDER = "kouseikyoku"
MEDICAL_VINTAGE = "20251201"
OUTSIDE_COUNTRY = (
    ("0.000000000000000", "0.000000000000000"),
    ("35.000000000000000", "13.700000000000000"),
)
CARE_HEADER = (
    "都道府県コード又は市町村コード",
    "No",
    "都道府県名",
    "市区町村名",
    "事業所名",
    "事業所名カナ",
    "サービスの種類",
    "住所",
    "方書（ビル名等）",
    "緯度",
    "経度",
    "電話番号",
    "FAX番号",
    "法人番号",
    "法人の名称",
    "事業所番号",
    "利用可能曜日",
    "利用可能曜日特記事項",
    "定員",
    "URL",
    "高齢者の方と障害者の方が同時一体的に利用できるサービス",
    "介護保険の通常の指定基準を満たしている",
    "障害福祉の通常の指定基準を満たしている",
    "備考",
)
_DAYS = "月火水木金土日"
MEDICAL_HEADER = (
    "ID",
    "正式名称",
    "正式名称（フリガナ）",
    "略称",
    "略称（フリガナ）",
    "英語表記（ローマ字表記）",
    "機関区分",
    "都道府県コード",
    "市区町村コード",
    "所在地",
    "所在地座標（緯度）",
    "所在地座標（経度）",
    "案内用ホームページアドレス",
    *(f"毎週決まった曜日に休診（{day}）" for day in _DAYS),
    *(f"決まった週に休診（定期週）第{week}週（{day}）" for week in range(1, 6) for day in _DAYS),
    "祝日に休診",
    "その他の休診日（gw、お盆等）",
    "一般病床",
    "療養病床",
    "療養病床のうち医療保険適用",
    "療養病床のうち介護保険適用",
    "精神病床",
    "結核病床",
    "感染症病床",
    "合計病床数",
)
STANDARDS_HEADER = (
    "項番",
    "都道府県コード",
    "都道府県名",
    "区分",
    "医療機関番号",
    "併設医療機関番号",
    "医療機関記号番号",
    "医療機関名称",
    "医療機関所在地（郵便番号）",
    "医療機関所在地（住所）",
    "電話番号",
    "FAX番号",
    "病床数",
    "受理届出名称",
    "受理記号",
    "受理番号",
    "算定開始年月日",
    "個別有効開始年月日",
    "備考（見出し）",
    "備考（データ）",
    "市町村コード",
    "市町村名",
    "種別コード",
    "種別",
)
_FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


def write_facilities(facilities: DemoFacilities, region: DemoRegion, directory: Path) -> None:
    """Write the care CSV files, the medical zip files and the 届出 workbooks."""
    for folder in (CARE_FOLDER, MEDICAL_FOLDER, STANDARDS_FOLDER):
        (directory / folder).mkdir(parents=True, exist_ok=True)
    for code, rows in facilities.care.groupby("service_code"):
        _write_care(rows, directory / CARE_FOLDER / f"jigyosho_{code}.csv")
    for kind in INSTITUTIONS:
        rows = facilities.medical[facilities.medical["division"] == kind.division]
        name = f"{kind.file_name}_{MEDICAL_VINTAGE}"
        _write_medical(rows, directory / MEDICAL_FOLDER / f"{name}.zip", f"{name}.csv")
    for prefecture in region.prefectures.itertuples():
        rows = facilities.medical[facilities.medical["prefecture_code"] == prefecture.code]
        path = directory / STANDARDS_FOLDER / f"{prefecture.code}届出受理医療機関名簿（医科）.xlsx"
        _write_standards(rows, path)


def _care_table(rows: pd.DataFrame) -> list[list[str]]:
    table = []
    for row in rows.itertuples():
        prefix = "" if row.serial % 3 == 0 else row.prefecture
        address = f"{prefix}{row.district or ''}{row.place}{row.street}"
        tail = row.office_number[-4:]
        table.append(
            [
                official_code6(row.area_code),
                row.office_number,
                row.prefecture,
                row.place,
                row.name,
                row.name_kana,
                row.service_name,
                address,
                "",
                f"{row.lat:.15f}",
                f"{row.lon:.15f}",
                f"000-0000-{tail}",
                "",
                row.corporation_number,
                row.corporation,
                row.office_number,
                row.days,
                "",
                row.capacity,
                "",
                "",
                "",
                "",
                "",
            ]
        )
    return table


def _soil_care(table: list[list[str]], service_code: str) -> None:
    if service_code == "110":
        code = table[0][0]
        table[0][0] = code[:5] + str((int(check_digit(code[:5])) + 1) % 10)
    elif service_code == "130":
        for row, (lat, lon) in zip(table, OUTSIDE_COUNTRY, strict=False):
            row[9], row[10] = lat, lon
    elif service_code == "170":
        table.insert(1, list(table[0]))


def _write_care(rows: pd.DataFrame, path: Path) -> None:
    table = _care_table(rows.sort_values(["area_code", "office_number"]))
    _soil_care(table, path.stem.split("_")[1])
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(CARE_HEADER)
        writer.writerows(table)


def _medical_table(rows: pd.DataFrame) -> list[list[str]]:
    unplaced = np.zeros(len(rows), dtype=bool)
    if len(rows) and rows["division"].iloc[0] == "1":
        unplaced = rows["serial"].to_numpy() % 29 == 0
    open_days = ["1"] * 5 + ["0", "0"] + ["1"] * 35 + ["0", "12月31日，01月01日"]
    table = []
    for row, is_unplaced in zip(rows.itertuples(), unplaced, strict=True):
        lat, lon = ("0.0", "0.0") if is_unplaced else (f"{row.lat:.6f}", f"{row.lon:.6f}")
        address = f"{row.prefecture}{row.district or ''}{row.place}{row.street}"
        table.append(
            [
                f"{row.prefecture_code}{row.division}{row.serial:06d}0010",
                row.name,
                row.name_kana,
                "",
                "",
                "",
                row.division,
                row.area_code[:2],
                row.area_code[2:],
                address,
                lat,
                lon,
                "",
                *open_days,
                *_bed_cells(row.beds_general, row.beds_long_term, row.beds_mental, row.beds),
            ]
        )
    if unplaced.any():
        table[0][-1] = ""
    return table


def _bed_cells(general: int, long_term: int, mental: int, total: int) -> list[str]:
    if total == 0:
        return [""] * 8
    return [str(general), str(long_term), str(long_term), "0", str(mental), "0", "0", str(total)]


def _write_medical(rows: pd.DataFrame, path: Path, member: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(MEDICAL_HEADER)
    writer.writerows(_medical_table(rows.sort_values(["area_code", "serial"])))
    entry = zipfile.ZipInfo(member, date_time=(2025, 12, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, text.getvalue().encode("utf-8-sig"), compresslevel=3)


def _filings(row: object) -> list[tuple[str, str]]:
    """Return the (title, symbol) of every filing of an institution."""
    hospital = row.institution == "hospital"
    section, symbol = ("第14の２", "支援病") if hospital else ("第９", "支援診")
    kind = "病院" if hospital else "診療所"
    filed = [("時間外対応加算１", "時間外１")]
    for grade in (value for value in row.grades.split(",") if value):
        wide = grade.translate(_FULL_WIDTH)
        title = f"別添１の「{section}」の１の({grade})に規定する在宅療養支援{kind}"
        filed.append((title, f"{symbol}{wide}"))
    return filed


def _bed_text(row: object) -> str:
    parts = [
        ("一般", row.beds_general),
        ("療養", row.beds_long_term),
        ("精神", row.beds_mental),
    ]
    return "／".join(f"{kind}　　{beds}" for kind, beds in parts if beds)


def _standards_table(rows: pd.DataFrame) -> list[Sequence[str]]:
    table: list[Sequence[str]] = []
    filing_number = 0
    for order, row in enumerate(rows.itertuples(), start=1):
        street = str(row.street).translate(_FULL_WIDTH)
        for title, symbol in _filings(row):
            filing_number += 1
            table.append(
                (
                    str(order),
                    row.prefecture_code,
                    row.prefecture,
                    "医科",
                    row.institution_number,
                    "",
                    f"見医{row.serial}",
                    row.name,
                    "000-0000",
                    f"{row.district or ''}{row.place}{street}",
                    f"000-0000-{row.serial % 10_000:04d}",
                    "",
                    _bed_text(row),
                    title,
                    symbol,
                    f"第{filing_number}号",
                    "令和 4年10月 1日",
                )
            )
            if order % 10 == 0:
                table.append((*table[-1], "", "備考見出し", "見本"))
    return table


def _write_standards(rows: pd.DataFrame, path: Path) -> None:
    wanted = rows["institution"].isin(["hospital", "clinic"]) & (
        (rows["grades"] != "") | (rows["serial"] % 40 == 0)
    )
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Sheet1")
    sheet.write_string(1, 0, "[令和７年１０月１日 現在 ]令和７年１０月２日作成　演習データ（架空）")
    sheet.write_row(3, 0, STANDARDS_HEADER)
    ordered = rows[wanted].sort_values(["institution_number"])
    for index, cells in enumerate(_standards_table(ordered), start=4):
        for column, cell in enumerate(cells):
            if cell:
                sheet.write_string(index, column, cell)
    book.close()
