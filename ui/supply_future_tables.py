"""Choice, tables and notes of the view of future supply."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analytics.denominators import Denominator, denominator_of
from analytics.scope import Scope
from analytics.supply_outlook import supply_outlook
from analytics.supply_outlook_editions import OutlookEdition
from data.catalogue import load_catalogue
from data.era import calendar_year_label
from exports.columns import ColumnLabel
from ui.labels import edition_label
from ui.store import ask

TYPES = load_catalogue().facility_types
RATE = "75歳以上1万人あたり"
SHORT_RATE = "75歳以上1万人対"
NAMED = 8


@dataclass(frozen=True)
class FutureChoice:
    """One type, what of it is counted, the edition, and the year of the map."""

    facility_type: str
    quantity: str
    edition: OutlookEdition
    year: int

    @property
    def unit(self) -> str:
        """The unit of what is counted."""
        entry = TYPES[self.facility_type]
        return "か所" if self.quantity == "facilities" else entry.capacity_unit

    @property
    def label(self) -> str:
        """The type, with 病床 or 定員 where these are counted."""
        entry = TYPES[self.facility_type]
        if self.quantity == "facilities":
            return entry.label
        return f"{entry.label}の{'病床' if entry.capacity_unit == '床' else '定員'}"


def status_labels(unit: str) -> dict[str, str]:
    """Return the words for a number that is not there."""
    return {
        "none_now": f"今0{unit}（保つ水準がない）",
        "no_projection": "この版に推計なし",
        "not_covered": "データなし（資料の対象外）",
        "not_entered": "定員・病床の記入なし",
    }


MAP_LABELS = {"no_projection": "推計なし", "not_covered": "データなし", "not_entered": "記入なし"}


def none_now_label(unit: str) -> str:
    """Return the words of the map for areas without a level to keep, which are the most."""
    return f"今0{unit}・計算できない"


def wide_parts(parts: pd.DataFrame, chosen: FutureChoice) -> pd.DataFrame:
    """Return one row per area: now, and for each target year people, rate and what is needed."""
    base = parts.drop_duplicates("area_code").set_index("area_code")
    wide = base[["area_name", "quantity", "people_now", "per_10k_now"]].copy()
    labels = status_labels(chosen.unit)
    for year in chosen.edition.targets:
        rows = parts[parts["year"] == year].set_index("area_code")
        for column in ("people", "per_10k", "more_exact", "more"):
            wide[f"{column}.{year}"] = rows[column]
        wide[f"more_exact.{year}"] = rows["more_exact"].where(rows["status"] == "observed")
    last = parts[parts["year"] == chosen.edition.targets[-1]].set_index("area_code")
    wide["note"] = last["status"].map(labels).fillna("")
    return wide.reset_index()


def wide_columns(chosen: FutureChoice, *, for_files: bool = False) -> dict[str, ColumnLabel]:
    """Return the labels of the table of areas; files also carry the people of each year."""
    rate = RATE if for_files else SHORT_RATE
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "quantity": ColumnLabel(f"今の{chosen.label}", chosen.unit, 0),
        "per_10k_now": ColumnLabel(f"{chosen.edition.base_year}年 {rate}", chosen.unit, 2),
    }
    if for_files:
        columns["people_now"] = ColumnLabel(f"{chosen.edition.base_year}年 75歳以上", "人", 0)
    for year in chosen.edition.targets:
        columns[f"per_10k.{year}"] = ColumnLabel(f"{year}年 {rate}", chosen.unit, 2)
        columns[f"more.{year}"] = ColumnLabel(f"{year}年 追加で必要", chosen.unit, 0)
        columns[f"more_exact.{year}"] = ColumnLabel(f"{year}年 計算値", chosen.unit, 2)
        if for_files:
            columns[f"people.{year}"] = ColumnLabel(f"{year}年 75歳以上", "人", 0)
    return columns | {"note": ColumnLabel("計算しない理由")}


@lru_cache(maxsize=256)
def by_type(
    store_key: str, area_code: str, types: tuple[str, ...], edition: OutlookEdition
) -> pd.DataFrame:
    """Return one row per type for one area: facilities now and what each target year needs."""
    frame = ask(supply_outlook, area_codes=(area_code,), facility_types=types, edition=edition)
    base = frame.drop_duplicates("facility_type").set_index("facility_type")
    wide = base[["quantity", "per_10k_now"]].copy()
    wide.insert(0, "type_label", [TYPES[key].label for key in wide.index])
    for year in edition.targets:
        rows = frame[frame["year"] == year].set_index("facility_type")
        wide[f"per_10k.{year}"] = rows["per_10k"]
        wide[f"more.{year}"] = rows["more"]
    last = frame[frame["year"] == edition.targets[-1]].set_index("facility_type")
    wide["note"] = last["status"].map(status_labels("か所")).fillna("")
    return wide.reset_index()


def type_columns(edition: OutlookEdition) -> dict[str, ColumnLabel]:
    """Return the labels of the table of types."""
    columns = {
        "type_label": ColumnLabel("種類"),
        "quantity": ColumnLabel("今の数", "か所", 0),
        "per_10k_now": ColumnLabel(f"{edition.base_year}年 {SHORT_RATE}", "か所", 2),
    }
    for year in edition.targets:
        columns[f"per_10k.{year}"] = ColumnLabel(f"{year}年 {SHORT_RATE}", "か所", 2)
        columns[f"more.{year}"] = ColumnLabel(f"{year}年 追加で必要", "か所", 0)
    return columns | {"note": ColumnLabel("計算しない理由")}


def gap_lines(seen: pd.DataFrame, chosen: FutureChoice) -> list[str]:
    """Name the areas without a projection or without coverage."""
    lines = []
    words = {
        "no_projection": f"{edition_label(chosen.edition.edition)}に75歳以上の推計がない",
        "not_covered": f"{chosen.label}の資料の対象外（データなし。0ではありません）",
        "not_entered": "定員・病床の記入がない",
    }
    for status, reason in words.items():
        names = seen.loc[seen["status"] == status, "area_name"].tolist()
        if names:
            more = f"ほか{len(names) - NAMED}地域" if len(names) > NAMED else ""
            lines.append(f"{reason}地域：{'、'.join(names[:NAMED])}{more}")
            if status == "no_projection":
                entry = load_catalogue().editions[chosen.edition.edition]
                lines.append(f"この版について：{entry.explanation}")
    return lines


def other_denominator(scope: Scope, edition: OutlookEdition) -> str:
    """Say how the people here differ from those to whom the other views relate facilities."""
    denominator: Denominator | None = ask(denominator_of, scope=scope)
    name, base = edition_label(edition.edition), calendar_year_label(edition.base_year)
    text = f"今の値も将来の値も、75歳以上は{name}（今は{base}）です。"
    if denominator is None:
        return text
    if (denominator.edition, denominator.year) == (edition.edition, edition.base_year):
        return f"{text}「地図」の表示の分母と同じです。"
    return (
        f"{text}「地図」などの表示は{denominator.full_label}を分母にするため、"
        "今の率の値が少し違います。"
    )
