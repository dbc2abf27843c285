"""Write the demo's tables in the common layout: claims, deaths, households, surveys, reports."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np

from data.demo import common_surveys as surveys
from data.demo.common_tables import Places, Row, claims, deaths, households, places_of
from data.demo.insurance import DemoInsurance
from data.demo.longer_series import with_earlier_years
from data.demo.region import DemoRegion
from data.demo.survey_discharge import write_discharge
from data.demo.workbook import write_book
from data.demo.write_mieruka import MEASURE, rates_of_prefectures, write_mieruka
from data.extract.common_table import COLUMNS, NAME

COMMON_FOLDER = "kyotsu_yoshiki"
PUBLISHER = "演習データの生成プログラム"
LICENCE = "架空のデータ"
Maker = Callable[[Places, np.random.Generator], list[Row]]
TABLES: tuple[tuple[str, str, str, Maker], ...] = (
    ("santei_kaisu.csv", "レセプトによる算定回数", "2019〜2023年度", claims),
    ("shibo_basho.csv", "死亡の場所と将来の死亡数", "2014〜2023年", deaths),
    ("setai.csv", "世帯の種類", "2015年・2020年", households),
    ("caremanager_chosa.csv", "ケアマネジャー入退院調査", "2015〜2024年度",
     surveys.care_manager_survey),
    ("jumin_chosa.csv", "住民と従事者の調査", "2016・2019・2022年度", surveys.resident_surveys),
    ("shisetsu_chosa.csv", "医療機関・薬局・施設の調査", "2023・2024年", surveys.institutions),
    ("kofukin_hiyo.csv", "交付金の得点と費用", "2021〜2023年度", surveys.points_and_costs),
)  # fmt: skip


def write_common_tables(
    region: DemoRegion,
    insurance: DemoInsurance,
    directory: Path,
    rng: np.random.Generator,
    *,
    periods: int = 0,
) -> None:
    """Write each table as CSV with at least so many periods, and the insurers' as workbooks."""
    folder = directory / COMMON_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    places = places_of(region)
    for file, title, vintage, make in TABLES:
        drawn = make(places, rng)
        if make is surveys.care_manager_survey:  # collected in a form of its own
            write_discharge(drawn, directory, rng.spawn(1)[0])
            continue
        rows = with_earlier_years(drawn, periods=periods)
        with (folder / file).open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerows([*_head(title, vintage), COLUMNS, *rows])
    drawn = with_earlier_years(surveys.insurers(insurance, rng), periods=periods)
    rates = [row for row in drawn if row[3] == MEASURE]
    above = rates_of_prefectures(region, {row[2] for row in rates}, rng)
    write_mieruka([*above, *rates], region, directory)
    others = [row for row in drawn if row[3] != MEASURE]
    lines = [*_head("保険者の利用", "2023年度"), COLUMNS, *others]
    write_book(folder / "hokensha.xlsx", "指標", lines)


def _head(title: str, vintage: str) -> list[tuple[str, str]]:
    return [
        ("様式", NAME),
        ("資料名", title),
        ("公表者", PUBLISHER),
        ("利用条件", LICENCE),
        ("時点", vintage),
    ]
