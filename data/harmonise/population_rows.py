"""Keys and cells of a projection as printed, whatever the width of their digits."""

from __future__ import annotations

import unicodedata

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import UnreadableFile
from data.extract import RowIssue

_CELL = ["code", "year", "sex", "age_from", "age_to"]
_CLASH = "同じ地域と年の行が、違う数でもう一つあるため、どちらも使いません"


def printed_keys(frame: pd.DataFrame, *, kind: str, code: str, year: str) -> pd.DataFrame:
    """Return area kind, padded code, year and source_ref, row by row."""
    text = (
        frame[[kind, code, year]].astype("str").apply(lambda column: column.str.normalize("NFKC"))
    )
    return pd.DataFrame(
        {
            "kind": text[kind].str.removesuffix(".0").str.strip(),
            "code": text[code].str.removesuffix(".0").str.strip().str.zfill(5),
            "year": text[year].str.extract(r"(\d{4})", expand=False),
            "source_ref": frame["source_ref"],
        }
    )


def dated_rows(keys: pd.DataFrame) -> tuple[pd.DataFrame, list[RowIssue]]:
    """Keep the rows that print a year, and name the others; UnreadableFile where none does."""
    lost = keys["year"].isna()
    if len(keys) and lost.all():
        raise UnreadableFile(
            "どの行にも、西暦4桁の年がありません。",
            action="公表元から取得し直してください。和暦などに読み替えることはしません。",
        )
    issues = [
        RowIssue(ref, "年", code, "年が読み取れないため除きました")
        for ref, code in keys.loc[lost, ["source_ref", "code"]].itertuples(index=False)
    ]
    return keys[~lost].astype({"year": "int16"}), issues


def counted(cells: npt.NDArray[np.object_]) -> pd.Series:
    """Return cells as numbers; 1,234 and full-width digits kept as text are numbers too."""
    persons = pd.to_numeric(pd.Series(cells), errors="coerce").astype("float64")
    for at in map(int, np.flatnonzero(persons.isna())):
        text = unicodedata.normalize("NFKC", str(cells[at])).replace(",", "").strip()
        if text.isdecimal():
            persons.iat[at] = float(text)
    return persons


def without_clashes(long: pd.DataFrame) -> tuple[pd.DataFrame, list[RowIssue]]:
    """Leave out all of an area and year of which one file prints two different numbers."""
    repeated = long[long.duplicated(_CELL, keep=False)]
    spread = repeated.groupby(_CELL, dropna=False)["persons"].nunique()
    clashing = spread[spread > 1].reset_index()[["code", "year"]].drop_duplicates()
    if clashing.empty:
        return long, []
    pairs = pd.MultiIndex.from_frame(clashing)
    lost = pd.MultiIndex.from_frame(long[["code", "year"]]).isin(pairs)
    refs = long[lost].drop_duplicates(["code", "year", "source_ref"])
    issues = [
        RowIssue(ref, f"{year}年", code, _CLASH)
        for ref, year, code in refs[["source_ref", "year", "code"]].itertuples(index=False)
    ]
    return long[~lost].copy(), issues
