"""Write the demo region's care offices in the publisher's layout, and the other registers.

Dirty on purpose, and few, as in the published files:
- 110: the first row's code has a wrong check digit; 130: two offices lie outside the country;
- 170: the first office stands twice; capacities are blank or "0" here and there;
- 130, 430: the list of half a year before lies beside the newest;
- 施設票: about 3.5 % of hospitals have 0.0/0.0 for coordinates, the first no bed total;
- 届出 lists: no municipality columns, addresses without the prefecture, some with two grades.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from data.demo.facilities import DemoFacilities, records
from data.demo.headers import CARE_HEADER
from data.demo.region import DemoRegion
from data.demo.service_rates import INSTITUTIONS
from data.demo.write_institutions import write_institutions
from data.demo.write_standards import write_standards
from data.harmonise.codes import check_digit, official_code6

CARE_FOLDER = "kaigo_opendata"
MEDICAL_FOLDER = "iryo_joho_net"
STANDARDS_FOLDER = "kouseikyoku"
CARE_RELEASE = "20260709180000"
EARLIER_RELEASE = "20260109180000"
EARLIER_SERVICES = ("130", "430")
OPENED_SINCE, CLOSED_SINCE = 0.05, 0.03
MEDICAL_VINTAGE = "20251201"
_CARE_COLUMNS = (
    "area_code", "office_number", "prefecture", "place", "name", "name_kana", "service_name",
    "district", "street", "lat", "lon", "corporation_number", "corporation", "days", "capacity",
    "serial",
)  # fmt: skip
OUTSIDE_COUNTRY = (
    ("0.000000000000000", "0.000000000000000"),
    ("35.000000000000000", "13.700000000000000"),
)


def write_facilities(facilities: DemoFacilities, region: DemoRegion, directory: Path) -> None:
    """Write the care CSV files, the medical zip files and the 届出 workbooks."""
    for folder in (CARE_FOLDER, MEDICAL_FOLDER, STANDARDS_FOLDER):
        (directory / folder).mkdir(parents=True, exist_ok=True)
    for service, rows in facilities.care.groupby("service_code"):
        code = str(service)
        name = f"jigyosho_{code}_all_{CARE_RELEASE}.csv"
        _write_care(rows, code, directory / CARE_FOLDER / name)
        if code in EARLIER_SERVICES:
            name = f"jigyosho_{code}_all_{EARLIER_RELEASE}.csv"
            _write_care(_half_a_year_before(rows), code, directory / CARE_FOLDER / name)
    for kind in INSTITUTIONS:
        rows = facilities.medical[facilities.medical["division"] == kind.division]
        name = f"{kind.file_name}_{MEDICAL_VINTAGE}"
        write_institutions(rows, directory / MEDICAL_FOLDER / f"{name}.zip", f"{name}.csv")
    for prefecture in region.prefectures.to_dict("records"):
        rows = facilities.medical[facilities.medical["prefecture_code"] == prefecture["code"]]
        path = (
            directory / STANDARDS_FOLDER / f"{prefecture['code']}届出受理医療機関名簿（医科）.xlsx"
        )
        write_standards(rows, path)


def _half_a_year_before(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the offices without those opened since, and with some that have closed since."""
    draw = np.random.default_rng(len(rows)).random(len(rows))
    closed = rows[draw > 1 - CLOSED_SINCE].copy()
    closed["office_number"] = (
        closed["office_number"].str[:3] + "9" + closed["office_number"].str[4:]
    )
    closed["name"] = closed["name"] + "（旧）"
    return pd.concat([rows[draw > OPENED_SINCE], closed], ignore_index=True)


def _care_table(rows: pd.DataFrame) -> list[list[str]]:
    table = []
    codes = {code: official_code6(code) for code in rows["area_code"].unique()}
    for row in records(rows, _CARE_COLUMNS):
        prefix = "" if row["serial"] % 3 == 0 else row["prefecture"]
        address = f"{prefix}{row['district'] or ''}{row['place']}{row['street']}"
        tail = row["office_number"][-4:]
        table.append(
            [
                codes[row["area_code"]],
                row["office_number"],
                row["prefecture"],
                row["place"],
                row["name"],
                row["name_kana"],
                row["service_name"],
                address,
                "",
                f"{row['lat']:.15f}",
                f"{row['lon']:.15f}",
                f"000-0000-{tail}",
                "",
                row["corporation_number"],
                row["corporation"],
                row["office_number"],
                row["days"],
                "",
                row["capacity"],
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


def _write_care(rows: pd.DataFrame, service_code: str, path: Path) -> None:
    table = _care_table(rows.sort_values(["area_code", "office_number"]))
    _soil_care(table, service_code)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(CARE_HEADER)
        writer.writerows(table)
