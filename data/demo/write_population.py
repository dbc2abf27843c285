"""Write the demo's projection as 社人研 publishes it: suikei_kekka.xlsx with 84 columns."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.demo.cohort import AGES
from data.demo.population import BASE, SEXES, YEARS
from data.demo.region import DemoRegion
from data.demo.workbook import Cell, write_book

FILE_NAME = "suikei_kekka.xlsx"
TITLES = (
    "演習データ（架空）",
    "男女・年齢（5歳）階級別の推計結果（見本地方　令和5(2023)年推計の様式）",
    "実在する地域の数値ではありません。2020年は出発点、2025年以降は推計です。",
)
KEYS = ("コード", "市などの別", "都道府県", "市区町村", "年")
PREFECTURE, WARD, DESIGNATED_CITY, CITY, TOWN = "a", 0, 1, 2, 3
HEADER_ROW = 3
# First columns after the counts, from 0; those between are blank.
INDEX_COLUMN, GROUP_COLUMN, SHARE_COLUMN = 72, 74, 80
GROUPS = {"0～14歳": (0, 15), "15～64歳": (15, 65), "65歳以上": (65, 200),
          "65～74歳": (65, 75), "75歳以上": (75, 200)}  # fmt: skip
SHARED_GROUPS = ("0～14歳", "15～64歳", "65歳以上", "75歳以上")


def write_population(region: DemoRegion, directory: Path) -> None:
    """Write the workbook: prefectures, cities with their wards, towns and villages by year."""
    directory.mkdir(parents=True, exist_ok=True)
    areas = _areas(region)
    counts = _counts(region, areas)
    write_book(directory / FILE_NAME, "Sheet1", _lines(areas, counts))


def _lines(areas: pd.DataFrame, counts: np.ndarray) -> Iterator[Sequence[Cell]]:
    yield from ([title] for title in TITLES)
    columns, values = _numbers(counts)
    width = columns[-1] + 1
    for labels in _header():
        yield [labels.get(column) for column in range(width)]
    gaps = [column for column in range(len(KEYS), width) if column not in columns]
    for keys, years in zip(areas.to_dict("records"), values.tolist(), strict=True):
        for year, numbers in zip(YEARS, years, strict=True):
            line = [*_keys(keys, year), *numbers]
            for column in gaps:
                line.insert(column, None)
            yield line


def _areas(region: DemoRegion) -> pd.DataFrame:
    """Return code, kind, prefecture and name of each row; every prefecture before its areas."""
    own = pd.DataFrame(region.municipalities).drop(columns="geometry", errors="ignore")
    prefectures = dict(zip(region.prefectures["code"], region.prefectures["name"], strict=True))
    is_ward = own["city_code"].notna() & (own["city_code"] != "")
    cities = frozenset(own.loc[is_ward, "city_code"])
    own["prefecture"] = own["prefecture_code"].map(prefectures)
    own["mark"] = [
        WARD if ward else DESIGNATED_CITY if code in cities else _mark(name)
        for ward, code, name in zip(is_ward, own["area_code"], own["name"], strict=True)
    ]
    names = dict(zip(own["area_code"], own["name"], strict=True))
    own["printed"] = [
        _with_city(name, names.get(str(city), "")) if ward else name
        for name, city, ward in zip(own["name"], own["city_code"], is_ward, strict=True)
    ]
    whole = [
        {"area_code": f"{code}000", "mark": PREFECTURE, "prefecture": name, "printed": ""}
        for code, name in prefectures.items()
    ]
    columns = ["area_code", "mark", "prefecture", "printed"]
    rows = pd.concat([pd.DataFrame(whole), own[columns]], ignore_index=True)
    return rows.sort_values("area_code", ignore_index=True)


def _mark(name: str) -> int:
    return CITY if name.endswith("市") else TOWN


def _with_city(ward: str, city: str) -> str:
    """Return a ward's name behind its city's, a space between them."""
    return f"{city}　{ward.removeprefix(city)}" if city else ward


def _counts(region: DemoRegion, areas: pd.DataFrame) -> np.ndarray:
    """Return persons by row, year, sex (both, male, female) and column (total, then bands)."""
    columns = pd.MultiIndex.from_product([YEARS, SEXES, AGES.tolist()])
    wide = region.population.pivot_table(
        index="area_code", columns=["year", "sex", "age_from"], values="persons", aggfunc="sum"
    ).reindex(columns=columns)
    wards = areas.loc[areas["mark"] == WARD, "area_code"]
    once = wide[~wide.index.isin(list(wards))]
    prefectures = once.groupby(once.index.str[:2] + "000").sum()
    cells = pd.concat([wide, prefectures]).loc[areas["area_code"]].to_numpy(dtype=np.int64)
    by_sex = cells.reshape(len(areas), len(YEARS), len(SEXES), len(AGES))
    both = np.concatenate([by_sex.sum(axis=2, keepdims=True), by_sex], axis=2)
    return np.concatenate([both.sum(axis=3, keepdims=True), both], axis=3)


def _header() -> tuple[dict[int, str], dict[int, str]]:
    """Return the labels of the two header rows by column."""
    upper = dict(enumerate(KEYS))
    lower: dict[int, str] = {}
    bands = [f"{age}～{age + 4}歳" for age in AGES[:-1]] + [f"{AGES[-1]}歳～"]
    width = len(bands) + 1
    for number, group in enumerate(("男女計", "男", "女")):
        start = len(KEYS) + number * width
        upper[start] = group
        lower |= dict(enumerate(["総数", *bands], start=start))
    upper |= {INDEX_COLUMN: "指数", GROUP_COLUMN: "（再掲）", SHARE_COLUMN: "割合（％）"}
    lower[INDEX_COLUMN] = f"{BASE}年=100"
    lower |= dict(enumerate(GROUPS, start=GROUP_COLUMN))
    lower |= dict(enumerate(SHARED_GROUPS, start=SHARE_COLUMN))
    return upper, lower


def _numbers(counts: np.ndarray) -> tuple[list[int], np.ndarray]:
    """Return the columns of the numbers, and the numbers by row and year."""
    printed = counts.reshape(*counts.shape[:2], -1)
    bands, total = counts[:, :, 0, 1:], counts[:, :, 0, :1]
    index = 100 * _share(total, total[:, :1])
    groups = {
        label: bands[:, :, (low <= AGES) & (high > AGES)].sum(axis=2, keepdims=True)
        for label, (low, high) in GROUPS.items()
    }
    shares = [100 * _share(groups[label], total) for label in SHARED_GROUPS]
    columns = [
        *range(len(KEYS), len(KEYS) + printed.shape[2]),
        INDEX_COLUMN,
        *range(GROUP_COLUMN, GROUP_COLUMN + len(groups)),
        *range(SHARE_COLUMN, SHARE_COLUMN + len(shares)),
    ]
    rounded = [array.round(1) for array in (index, *groups.values(), *shares)]
    return columns, np.concatenate([printed, *rounded], axis=2)


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return part over whole; zero where nobody lives."""
    share: np.ndarray = part / np.maximum(whole, 1)
    return share


def _keys(keys: Mapping[Hashable, Any], year: int) -> list[Cell]:
    """Return the five key cells; codes are numbers, so a leading zero is lost as published."""
    return [int(keys["area_code"]), keys["mark"], keys["prefecture"], keys["printed"], year]
