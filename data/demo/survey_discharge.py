"""The demo region's survey of admissions and discharges, one workbook a fiscal year."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from data.catalogue import load_catalogue
from data.demo.common_tables import Row
from data.demo.workbook import Cell, write_book
from data.extract.discharge_workbook import RESPONDENT, SHEET, SURVEY_ID
from data.harmonise.discharge import CARE_LEVELS

FOLDER = "nyutaiin_chosa"
MONTHS = (6, 10)  # the months in which care managers are asked
_HEADS = ("保健所コード", "保健所", "月")


def write_discharge(rows: list[Row], directory: Path, rng: np.random.Generator) -> None:
    """Write the year's counts of health-centre areas, parted among the months of the survey."""
    folder = directory / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    frame = pd.DataFrame(rows, columns=["code", "name", "period", "item", "text"])
    frame = frame[frame["code"].str.startswith("hc-")]
    for period, of_year in frame.groupby("period", sort=False):
        names = dict(zip(of_year["code"], of_year["name"], strict=True))
        counts = of_year.assign(number=of_year["text"].astype(int)).pivot(
            index="code", columns="item", values="number"
        )
        year = int(str(period).removesuffix("年度"))
        _write_year(folder / f"入退院調査票_{period}.xlsx", year, names, _by_month(counts, rng))


def _by_month(counts: pd.DataFrame, rng: np.random.Generator) -> dict[int, pd.DataFrame]:
    """Part each count between two months, so that no part is more than its whole."""
    first = {}
    for care in CARE_LEVELS:
        of = {
            name: counts[f"cm_{name}_{care}"].to_numpy()
            for name in (
                "admissions_known",
                "admissions_informed",
                "discharges_known",
                "discharges_told",
                "discharges_late",
            )
        }
        for chain in (
            ("admissions_known", "admissions_informed"),
            ("discharges_known", "discharges_told", "discharges_late"),
        ):
            drawn = rng.binomial(of[chain[0]], 0.5)
            first[f"{chain[0]}_{care}"] = drawn
            for larger, part in pairwise(chain):
                drawn = rng.hypergeometric(of[part], of[larger] - of[part], drawn)
                first[f"{part}_{care}"] = drawn
    early = pd.DataFrame(first, index=counts.index)
    whole = counts[[f"cm_{name}" for name in first]].set_axis(list(first), axis=1)
    return dict(zip(MONTHS, (early, whole - early), strict=True))


def _write_year(
    path: Path, year: int, names: dict[str, str], by_month: dict[int, pd.DataFrame]
) -> None:
    questions = load_catalogue().surveys[SURVEY_ID].questions
    ids = [question.id for question in questions]
    lines: list[list[Cell]] = [
        ["様式", SURVEY_ID],
        ["年度", year],
        [],
        [],
        [*_HEADS, *(question.label for question in questions)],
        [*RESPONDENT, *ids],
    ]
    counts = {
        month: dict(zip(frame.index, frame[ids].to_numpy(dtype=int).tolist(), strict=True))
        for month, frame in by_month.items()
    }
    for code, name in names.items():
        lines += [[code, name, f"{month}月", *counts[month][code]] for month in by_month]
    write_book(path, SHEET, lines)
