"""Projections as rows of the population table, in the bands that the files print."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.extract import (
    Extract,
    RowIssue,
    ipss_age_csv,
    ipss_prefecture_book,
    ipss_summary,
    ipss_total_csv,
    ipss_workbook,
)
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from data.harmonise.editions import ONE_WORK
from data.harmonise.population_rows import counted, dated_rows, printed_keys, without_clashes

COLUMNS = [
    "area_code", "edition", "year", "sex", "age_from", "age_to", "persons", "is_projection",
    "source_id", "source_ref",
]  # fmt: skip
_KEY = ["area_code", "edition", "year", "sex", "age_from", "age_to"]
_SEX = {"a": "total", "m": "male", "f": "female"}
_KIND_PREFECTURE, _KIND_REGION = "a", "9"
_BASE_YEARS = {"ipss2018": 2015, "ipss2023": 2020, "demo": 2020}
Band = tuple[str, int, int | None]
_GROUPS: dict[str, Band] = {
    "young2050": ("total", 0, 14),
    "working2050": ("total", 15, 64),
    "elderly2050": ("total", 65, None),
}
_NOT_PUBLISHED = "(not published)"
_UNPROJECTED = frozenset(f"{code:05d}" for code in range(1695, 1701))


@dataclass(frozen=True)
class _Wide:
    """A file as printed: keys and cells row by row, and what each column of cells counts."""

    keys: pd.DataFrame
    frame: pd.DataFrame
    bands: dict[str, Band]


def harmonise_population(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Return the population rows of a projection file; rows of unknown areas are set aside."""
    wide = _WIDE_READERS[extract.layout](extract.frames["population"])
    dated, undated = dated_rows(wide.keys)
    keys, unknown = _placed(dated, areas)
    stacked, unread = _stacked(keys, wide)
    long, clashes = without_clashes(stacked)
    long["source_id"] = source_id
    long["is_projection"] = long["year"] > long["edition"].map(_BASE_YEARS)
    table = _one_row_each(long).astype({"persons": "float64"})
    if extract.layout == ipss_summary.NAME:
        table[ONE_WORK] = extract.layout
    edition = str(table["edition"].iloc[0]) if len(table) else ""
    coverage = [(f"population:{edition}", code) for code in _covered(table, areas)]
    return Harmonised({"population": table}, coverage, [*undated, *unknown, *unread, *clashes])


def _read_age_csv(frame: pd.DataFrame) -> _Wide:
    needed = {ipss_workbook.plain(c) for c in ipss_age_csv.NEEDED["population"] if "歳" in c}
    bands = {c: _csv_band(c) for c in frame.columns if ipss_workbook.plain(c) in {"総数", *needed}}
    keys = printed_keys(frame, kind="市などの別", code="コード", year="年")
    return _Wide(keys.assign(edition="ipss2018"), frame, bands)


def _csv_band(column: str) -> Band:
    if column == "総数":
        return "total", 0, None
    label, _, sex = column.partition("/")
    ages = ipss_workbook.band(label)
    if ages is None:
        raise ValueError(f"unknown age band {column}")
    return _SEX[sex], *ages


def _read_workbook(frame: pd.DataFrame) -> _Wide:
    bands = {c: _workbook_band(c) for c in frame.columns if re.match(r"(total|male|female):", c)}
    keys = printed_keys(frame, kind="市などの別", code="コード", year="年")
    return _Wide(keys.assign(edition=frame["edition"]), frame, bands)


def _workbook_band(column: str) -> Band:
    sex, _, ages = column.partition(":")
    low, _, high = ages.partition("-")
    return sex, int(low), int(high) if high else None


def _read_totals(frame: pd.DataFrame) -> _Wide:
    """Stack the years of the total; the three groups stand in the rows of 2050 only."""
    years = [c for c in frame.columns if re.fullmatch(r"p20\d\d", c)]
    stacked = pd.concat(
        [
            frame[["code", "source_ref"]].assign(year=c[1:], kind="2", total=frame[c])
            if c != "p2050"
            else frame[["code", "source_ref", *_GROUPS]].assign(
                year="2050", kind="2", total=frame[c]
            )
            for c in years
        ],
        ignore_index=True,
    ).fillna(_NOT_PUBLISHED)
    keys = printed_keys(stacked, kind="kind", code="code", year="year").assign(edition="ipss2023")
    whole: dict[str, Band] = {"total": ("total", 0, None)}
    return _Wide(keys, stacked, whole | _GROUPS)


def _placed(keys: pd.DataFrame, areas: AreaIndex) -> tuple[pd.DataFrame, list[RowIssue]]:
    """Give every row today's area code, or set it aside where its area is unknown."""
    pairs = list(zip(keys["kind"], keys["code"], strict=True))
    present = frozenset(keys["code"])
    found = {pair: _area_code(*pair, areas, present) for pair in dict.fromkeys(pairs)}
    codes = pd.Series([found[pair] for pair in pairs], index=keys.index, dtype="str")
    placed = keys.assign(area_code=codes)
    lost = placed[placed["area_code"].isna()].drop_duplicates("code")
    issues = [
        RowIssue(ref, "コード", code, _reason(code, areas))
        for ref, code in zip(lost["source_ref"], lost["code"], strict=True)
        if code[:2] in areas.prefectures
    ]
    kept = placed[placed["area_code"].notna()]
    return kept.sort_values(["area_code", "year"], kind="stable"), issues


def _stacked(keys: pd.DataFrame, wide: _Wide) -> tuple[pd.DataFrame, list[RowIssue]]:
    """Return one row per area, year and band; cells that hold no number become issues."""
    bands = pd.DataFrame(list(wide.bands.values()), columns=["sex", "age_from", "age_to"])
    bands = bands.astype({"age_from": "int16", "age_to": "Int16"})
    cells = wide.frame.loc[keys.index, list(wide.bands)].to_numpy(dtype=object).ravel()
    rows = np.repeat(np.arange(len(keys)), len(bands))
    columns = np.tile(np.arange(len(bands)), len(keys))
    long = pd.concat(
        [keys.take(rows).reset_index(drop=True), bands.take(columns).reset_index(drop=True)],
        axis=1,
    )
    long["persons"] = counted(cells)
    unread = long["persons"].isna() & (cells != _NOT_PUBLISHED)
    issues = [
        RowIssue(str(ref), f"{year}年 {age}歳から", str(cell), "人数として読めません")
        for ref, year, age, cell in zip(
            long.loc[unread, "source_ref"],
            long.loc[unread, "year"],
            long.loc[unread, "age_from"],
            cells[unread.to_numpy()],
            strict=True,
        )
    ]
    return long[long["persons"].notna()].copy(), issues


def _area_code(kind: str, code: str, areas: AreaIndex, present: frozenset[str]) -> str | None:
    """Return today's area; an ended one counts only when all that merged with it is there."""
    if kind == _KIND_REGION:
        return f"pr-{code}" if code[:2] in areas.prefectures else None
    if kind == _KIND_PREFECTURE or code.endswith("000"):
        return code[:2] if code[:2] in areas.prefectures else None
    now = areas.resolve(code)
    if now is None or now == code:
        return now
    parts = areas.merged_from(code)
    return now if parts and parts <= present else None


def _reason(code: str, areas: AreaIndex) -> str:
    if areas.is_ended(code):
        return "合併や再編の前の地域で、今の地域に足し合わせることができません"
    return "この地域の境界も名前もありません"


def _one_row_each(long: pd.DataFrame) -> pd.DataFrame:
    """Add up areas that have merged since the file was made; leave all others as printed.

    A sum that lacks a cell of one of its parts is left out.
    """
    parts = long.groupby("area_code")["code"].transform("nunique")
    alone, merging = long[parts == 1], long[parts > 1]
    if merging.empty:
        return long[COLUMNS].reset_index(drop=True)
    groups = merging.assign(parts=parts).groupby(_KEY, dropna=False, as_index=False)
    merged = groups.agg(
        {
            "persons": "sum",
            "is_projection": "first",
            "source_id": "first",
            "source_ref": _joined_refs,
            "code": "nunique",
            "parts": "first",
        }
    )
    complete = merged[merged["code"] == merged["parts"]]
    return pd.concat([alone[COLUMNS], complete[COLUMNS]], ignore_index=True)


def _joined_refs(refs: pd.Series) -> str:
    return "＋".join(dict.fromkeys(refs))


def _covered(table: pd.DataFrame, areas: AreaIndex) -> list[str]:
    """Return a prefecture where all its municipalities have rows, else the areas themselves."""
    present = set(table["area_code"])
    covered: list[str] = []
    for prefecture in sorted({code[:2] for code in present if code[:2] in areas.prefectures}):
        expected = areas.municipalities(prefecture) - _UNPROJECTED
        if expected <= present:
            covered.append(prefecture)
        else:
            covered += sorted(c for c in present if c[:2] == prefecture and len(c) == 5)
    return covered + sorted(code for code in present if code.startswith("pr-"))


_WIDE_READERS: dict[str, Callable[[pd.DataFrame], _Wide]] = {
    ipss_age_csv.NAME: _read_age_csv,
    ipss_total_csv.NAME: _read_totals,
    ipss_workbook.NAME: _read_workbook,
    ipss_prefecture_book.NAME: _read_workbook,
    ipss_summary.NAME: _read_workbook,
}
