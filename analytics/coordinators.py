"""Coordinators: how many, to whom they belong, and how many municipalities each looks after."""

from __future__ import annotations

from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.form_answers import form_answers, named_most, question_of, wide_answers

QUESTIONS = ("coord_count", "coord_fte", "coord_affil", "coord_cover", "coord_level")
LEVELS = ("kikan", "genba", "undefined")
_NUMBERS = ("coord_count", "coord_fte")


def coordinators(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return one row per municipality: numbers as numbers, codes as codes, and each status."""
    answers = form_answers(
        con, area_code=area_code, fiscal_year=fiscal_year, question_ids=QUESTIONS
    )
    wide = wide_answers(answers)
    if wide.empty:
        return wide
    return wide.assign(**{name: pd.to_numeric(wide[name]).astype("float64") for name in _NUMBERS})


def affiliation_grid(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the 3 × 2 table: affiliation ①②③ by coverage ①②, of those with a coordinator.

    One row per cell: municipalities, coordinators, full-time equivalents, and the municipalities by
    kind of coordinator. full_time is missing where nobody in the cell answered it.
    """
    having = rows[rows["coord_count"] > 0]
    cells = []
    for affil, affil_label in question_of("coord_affil").allowed.items():
        for cover, cover_label in question_of("coord_cover").allowed.items():
            inside = having[(having["coord_affil"] == affil) & (having["coord_cover"] == cover)]
            levels = inside["coord_level"].value_counts()
            cells.append({
                "affil": affil, "cover": cover,
                "affil_label": f"{'①②③'[int(affil) - 1]} {affil_label}",
                "cover_label": f"{'①②'[int(cover) - 1]} {cover_label}",
                "municipalities": len(inside),
                "coordinators": inside["coord_count"].sum(),
                "full_time": inside["coord_fte"].sum(min_count=1),
                "full_time_known": int(inside["coord_fte"].notna().sum()),
                **{level: int(levels.get(level, 0)) for level in LEVELS},
            })  # fmt: skip
    return pd.DataFrame(cells)


def totals(rows: pd.DataFrame) -> dict[str, Any]:
    """Return how many answered, have a coordinator and stand in the table, with the sums.

    coordinators and full_time are missing where nobody answered; outside counts municipalities with
    a coordinator that did not say both affiliation and coverage.
    """
    if rows.empty:
        return {"expected": 0, "answering": 0, "having": 0, "coordinators": None,
                "full_time": None, "outside": 0, "asked": False}  # fmt: skip
    known, having = rows["coord_count"].dropna(), rows[rows["coord_count"] > 0]
    placed = having["coord_affil"].notna() & having["coord_cover"].notna()
    return {
        "expected": len(rows),
        "answering": len(known),
        "having": len(having),
        "coordinators": known.sum() if len(known) else None,
        "full_time": rows["coord_fte"].sum() if rows["coord_fte"].notna().any() else None,
        "outside": int((~placed).sum()),
        "asked": bool((rows["coord_affil_status"] != "not_asked").any()),
    }


def contradictions(rows: pd.DataFrame) -> list[str]:
    """Name the municipalities without a coordinator that yet say to whom one belongs."""
    if rows.empty:
        return []
    named = rows[["coord_affil", "coord_cover", "coord_level"]].notna().any(axis=1)
    odd = (rows["coord_count"] == 0) & named
    return [str(name) for name in rows.loc[odd, "area_name"]]


def coordinator_sentence(
    rows: pd.DataFrame, grid: pd.DataFrame, *, area_name: str, year_label: str
) -> str:
    """Say how many municipalities have coordinators, how many, and in which cell most stand."""
    sums = totals(rows)
    if not sums["answering"]:
        return f"{area_name}の{year_label}は、コーディネーターの人数を答えた市町村がありません。"
    opening = (
        f"{area_name}の{year_label}は、人数を答えた{sums['answering']:,}市町村のうち"
        f"{sums['having']:,}（{100 * sums['having'] / sums['answering']:.1f}％）が"
        f"コーディネーターを置き、合わせて{sums['coordinators']:,.0f}人"
        + (f"（常勤換算{sums['full_time']:,.1f}人）" if sums["full_time"] is not None else "")
        + "です。"
    )
    if not grid["municipalities"].sum():
        return opening
    cells = grid.assign(cell=grid["affil_label"] + " × " + grid["cover_label"])
    return (
        f"{opening}所属と対象の組で最も多いのは{named_most(cells, label='cell')}の"
        f"{int(grid['municipalities'].max()):,}市町村です。"
    )
