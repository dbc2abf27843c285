"""Series of the 「見える化」 system as measures, where the catalogue says what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pandas as pd

from data.catalogue.mieruka import MierukaIndicator, load_mieruka
from data.era import read_period
from data.extract import Extract, RowIssue
from data.extract.mieruka_export import AREAS, SERIES, as_printed
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from data.harmonise.mieruka_places import MierukaPlaces

NO_INDICATOR = "この指標を使う項目がありません。"
NO_CODE = (
    "指標の番号が分かりません。ファイルの名前を、書き出したときのまま"
    "（B5-a_…_時系列.xlsx など）にして入れてください。"
)
NO_TIME = "年度の値として使えない時点です（年度末でない月、年の途中まで、名前に年のない地域別）。"
NOT_COMPARABLE = (
    "ほかの地域と比べるための調整かが書かれていません。【注目する地域のみ】などの値は、"
    "同じ地域でも違う値になるため使いません。地域別か、ほかの地域と比べる時系列を使ってください。"
)
_UNIT = "単位が違うため使いません（この指標の単位は{}）。"
_NUMBER = "数として読めません。"
# "-" stands for a service that is not there and for a value that is not published alike
_SIGNS = {
    **dict.fromkeys(("", "-", "‐", "―", "—", "−", "ー", "..."), "missing"),
    **dict.fromkeys(("*", "***"), "suppressed"),
    "N/A": "not_applicable",
}
_MODE = re.compile(r"^【(.*?)】")
_MONTH_END = re.compile(r"(.+年)(\d{1,2})月末(?:時点|現在)?")
_KEY = ["area_code", "measure_id", "period"]


def harmonise_mieruka(
    extract: Extract, *, source_id: str, areas: AreaIndex, prefecture: str = ""
) -> Harmonised:
    """Turn the series that are used into measures; every other one is named once.

    A place without a shown prefecture is looked for in the given one, if any.
    """
    raw = extract.frames["values"]
    code = str(raw["code"].iloc[0])
    entry = load_mieruka().get(code)
    if entry is None:
        first = raw.iloc[0]
        found = code or str(first["label"])
        reason = NO_INDICATOR if code else NO_CODE
        return Harmonised({}, [], [RowIssue(first["source_ref"], "指標", found, reason)])
    modes = raw["label"].str.extract(_MODE, expand=False).fillna("")
    shape = str(raw["shape"].iloc[0])
    table = raw.assign(
        measure_id=raw["label"].str.replace(_MODE, "", regex=True).map(entry.measure_of),
        period=raw["time"].map({t: _period(t, shape, entry) for t in set(raw["time"])}),
        comparable=modes.map({mode: _is_comparable(mode, shape, entry) for mode in set(modes)}),
        unit=raw["unit"].map(_bare),
    )
    places = MierukaPlaces(table["area"], areas=areas, prefecture=prefecture)
    table["area_code"] = table["area"].map(places.code)
    return _measures(table, entry, places, source_id)


def _measures(
    table: pd.DataFrame, entry: MierukaIndicator, places: MierukaPlaces, source_id: str
) -> Harmonised:
    unit = _bare(entry.unit)
    used = table["measure_id"].notna()
    steps: list[tuple[pd.Series, str, str, str | Callable[[str], str]]] = [
        (used, "系列", "label", NO_INDICATOR),
        (table["comparable"], "系列", "label", NOT_COMPARABLE),
        (table["unit"].isin(["", unit]), "単位", "unit", _UNIT.format(entry.unit)),
        (table["period"].notna(), "時点", "time", NO_TIME),
        (table["area_code"].notna(), "地域", "area", lambda name: places.reasons()[name]),
    ]
    issues: list[RowIssue] = []
    for passes, field, column, reason in steps:
        passes = passes.reindex(table.index)
        issues += _once(table[~passes], field, column, reason)
        table = table[passes]
    printed = table["value"].map(as_printed).astype("str")
    value = pd.to_numeric(printed.str.replace(",", ""), errors="coerce").astype("float64")
    status = printed.map(_SIGNS).fillna("observed")
    unread = (status == "observed") & value.isna()
    issues += [
        RowIssue(str(ref), "数値", str(found)[:100], _NUMBER)
        for ref, found in zip(table.loc[unread, "source_ref"], printed[unread], strict=True)
    ]
    made = table.assign(value=value, status=status, source_id=source_id)[~unread]
    made = made.drop_duplicates(_KEY, keep="last")
    columns = [*_KEY, "value", "status", "source_id", "source_ref"]
    pairs = made[["measure_id", "area_code"]].drop_duplicates()
    coverage = list(pairs.itertuples(index=False, name=None))
    return Harmonised({"measure": made[columns].reset_index(drop=True)}, coverage, issues)


def _once(
    rows: pd.DataFrame, field: str, column: str, reason: str | Callable[[str], str]
) -> Iterable[RowIssue]:
    """Name each printed text once, at the first cell that it is about."""
    for row in rows.drop_duplicates(column).to_dict("records"):
        found = str(row[column])
        why = reason if isinstance(reason, str) else reason(found)
        yield RowIssue(str(row["source_ref"]), field, found[:100], why)


def _bare(unit: object) -> str:
    return as_printed(unit).strip("()")


def _is_comparable(mode: str, shape: str, entry: MierukaIndicator) -> bool:
    """Tell whether a value may stand beside those of other places."""
    if not entry.comparable or (shape == AREAS and not mode):
        return True
    return "のみ" not in mode and any(word in mode for word in entry.comparable)


def _period(time: str, shape: str, entry: MierukaIndicator) -> str | None:
    """Return the stored period of a printed time, None where it is no whole year's value."""
    rule = entry.from_series if shape == SERIES else entry.from_areas
    if rule == "march_end":
        found = _MONTH_END.fullmatch(time)
        year = read_period(found[1]) if found and int(found[2]) == 3 else None
        return f"FY{int(year) - 1}" if year else None
    if "(" in time:
        return None
    year = read_period(time)
    if year is None or rule == "year":
        return year if year is None or year.isdecimal() else None
    return year if year.startswith("FY") else f"FY{year}"
