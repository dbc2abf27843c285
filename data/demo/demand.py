"""Home-visit and outpatient demand of the demo's planning areas, in the publisher's layout.

Monthly claims per person by age are held fixed over the years and multiplied by the projected
population, as the published forecast does; planning areas equal the secondary medical areas.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from data.demo.people import (
    OLDEST,
    medical_area_members,
    municipal_rows,
    persons_between,
    persons_by_age,
)
from data.demo.region import DemoRegion
from data.demo.workbook import new_workbook

DEMAND_FOLDER = "iryo_koso_r7"
OLDER_FOLDER = "iryo_koso_r6"
BASE_YEAR, OLDER_BASE_YEAR = 2024, 2023
FORECAST_YEARS = (2030, 2035, 2040, 2045, 2050)
OLDER_LEVEL = 1.06  # the forecast of a year before counted this much more
# lower age: claims a month per person
HOME_VISIT_CLAIMS = {0: 0.0003, 65: 0.004, 75: 0.018, 85: 0.085}
OUTPATIENT_CLAIMS = {0: 0.45, 65: 1.1, 75: 1.45, 85: 1.3}
PAIRS_HEADER = ("構想区域コード", "都道府県", "構想区域", "所在地（市区町村名）")


def planning_areas(region: DemoRegion) -> pd.DataFrame:
    """Return planning_area (four digits), its name and prefecture for every municipality."""
    rows = municipal_rows(region)[["area_code", "name", "prefecture_code"]]
    joined = rows.merge(medical_area_members(region), on="area_code")
    joined["planning_area"] = joined["parent_code"].str.extract(r"(\d{4})$")[0]
    joined["planning_area_name"] = joined["parent_name"].str.removesuffix("医療圏")
    prefectures = region.prefectures.set_index("code")["name"]
    joined["prefecture"] = joined["prefecture_code"].map(prefectures)
    return joined.sort_values(["planning_area", "area_code"]).reset_index(drop=True)


def area_population(region: DemoRegion, areas: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return persons by planning area (rows) and lower age (columns)."""
    people = persons_by_age(region, year).reindex(areas["area_code"])
    return people.groupby(areas["planning_area"].to_numpy()).sum()


def demand(people: pd.DataFrame, claims: dict[int, float], level: np.ndarray) -> np.ndarray:
    """Return claims a month by planning area for one year's population."""
    starts = sorted(claims)
    spans = zip(starts, [*starts[1:], OLDEST], strict=True)
    persons = [persons_between(people, start, end) for start, end in spans]
    monthly: np.ndarray = np.column_stack(persons) @ np.array([claims[s] for s in starts]) * level
    return monthly


def write_demand(region: DemoRegion, directory: Path, rng: np.random.Generator) -> None:
    """Write the forecast workbook, that of a year before, and the area–municipality pairs."""
    areas = planning_areas(region)
    level = np.exp(rng.normal(0.0, 0.25, areas["planning_area"].nunique()))
    newest, older = directory / DEMAND_FOLDER, directory / OLDER_FOLDER
    for path, base, own in (
        (newest / "001728462.xlsx", BASE_YEAR, level),
        (older / "zaitaku_juyo_r6.xlsx", OLDER_BASE_YEAR, OLDER_LEVEL * level),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        people = {year: area_population(region, areas, year) for year in (base, *FORECAST_YEARS)}
        _write_book(path, areas, people, own)
    _write_pairs(areas, newest / "kosokuiki_municipality.csv")


def _write_book(
    path: Path, areas: pd.DataFrame, people: dict[int, pd.DataFrame], level: np.ndarray
) -> None:
    heads = areas.drop_duplicates("planning_area").reset_index(drop=True)
    book = new_workbook(path, row_by_row=False)
    for label, claims, spread in (
        ("在宅（訪問診療）", HOME_VISIT_CLAIMS, level),
        ("外来", OUTPATIENT_CLAIMS, level**0.2),
    ):
        values = np.column_stack([demand(people[year], claims, spread) for year in people])
        _write_sheet(book, label, heads, people, values)
    book.close()


def _write_sheet(
    book: xlsxwriter.Workbook,
    label: str,
    heads: pd.DataFrame,
    people: dict[int, pd.DataFrame],
    values: np.ndarray,
) -> None:
    sheet = book.add_worksheet(f"将来の{label}需要推計")
    sheet.write(0, 0, f"将来の{label}需要推計")
    sheet.merge_range(1, 0, 1, 10, "演習データ（架空）。公表資料と同じ形で作ったもの。")
    base, *_, last = people
    sheet.merge_range(2, 5, 2, 10, f"{base}年度から{last}年度にかけた{label}需要推計（件/月）")
    years = [f"{year}年度" if year == base else f"{year}年度（現状投影）" for year in people]
    sheet.write_row(3, 5, years)
    head = ["都道府県", "構想区域コード", "構想区域名", f"人口({base}年度)", "人口(2040年)"]
    sheet.write_row(4, 0, head + ["レセプト件数/月"] * len(people))
    now = people[base].sum(axis=1).round().astype(int).tolist()
    later = people[2040].sum(axis=1).round().astype(int).tolist()
    for index, area in enumerate(heads.to_dict("records")):
        texts = [area["prefecture"], area["planning_area"], area["planning_area_name"]]
        for column, text in enumerate(texts):
            sheet.write_string(5 + index, column, text)
        sheet.write_row(5 + index, 3, [now[index], later[index], *values[index].tolist()])


def _write_pairs(areas: pd.DataFrame, path: Path) -> None:
    columns = ["planning_area", "prefecture", "planning_area_name", "name"]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(PAIRS_HEADER)
        writer.writerows(areas[columns].itertuples(index=False))
