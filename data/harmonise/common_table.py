"""Quantities by area and period from the common layout, as measures."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd

from data.catalogue import load_catalogue
from data.era import read_period
from data.extract import Extract, RowIssue
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from data.harmonise.codes import AREA_CODE, check_digit, from_code6
from data.harmonise.names import is_name

SIGNS = {
    "": "missing",
    "...": "missing",
    "-": "not_applicable",
    "‐": "not_applicable",
    "―": "not_applicable",
    "—": "not_applicable",
    "−": "not_applicable",
    "***": "suppressed",
    "x": "suppressed",
    "X": "suppressed",
    "秘匿": "suppressed",
    "該当なし": "not_applicable",
    "欠測": "missing",
    "未回答": "unanswered",
    "無回答": "unanswered",
    "非公表": "not_published",
}
# what is counted one by one; 人/年 and 件/月 are means, and may have decimals
WHOLE_UNITS = frozenset(
    ("人", "世帯", "件", "回", "施設", "事業所", "病院", "診療所", "薬局", "か所")
)
_KEY = ["area_code", "measure_id", "period"]
_NATION = "00"
_UNREADABLE = (
    "数として読めません。秘匿は ***、該当なしは －、欠測は …、"
    "未回答は「未回答」、非公表は「非公表」と書いてください。"
)
_NEGATIVE = "負の数です。この行は使いません。"
_FRACTION = "一つずつ数える量なのに、小数です。この行は使いません。"
_OTHER_AREA = "地域コードと地域名が、別の地域を指しています。この行は使いません。"
_OTHER_NAME = (
    "コードの地域は「{}」で、書かれた名前とちがいます。コードのとおりに使いました。"
    "書き間違いでないかを確かめてください。"
)
_UNKNOWN_AREA = (
    "この国・範囲にある地域のコードではありません。"
    "先頭の0が消えていないか、地域名と合うかも確かめてください。"
)


def harmonise_common(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Turn every row into a measure of an area; rows that cannot be read are set aside by name."""
    raw = extract.frames["values"].map(lambda cell: unicodedata.normalize("NFKC", cell).strip())
    table = pd.DataFrame(
        {
            "area_code": [
                _area(code, name, areas)
                for code, name in zip(raw["地域コード"], raw["地域名"], strict=True)
            ],
            "measure_id": raw["項目"].map(_measures()),
            "period": raw["時点"].map(read_period),
            "status": [SIGNS.get(text, "observed") for text in raw["数値"]],
            "value": pd.to_numeric(raw["数値"].str.replace(",", ""), errors="coerce"),
            "source_ref": raw["source_ref"],
        }
    )
    table["value"] = table["value"].astype("float64").replace([np.inf, -np.inf], np.nan)
    issues, wrong = _refused(raw, table, areas)
    kept = table[~wrong]
    issues += _other_names(raw, kept, areas)
    kept = kept[kept["area_code"].str[:2].isin([*areas.prefectures, _NATION, *_zone_heads()])]
    once = kept.drop_duplicates(_KEY, keep="last")
    issues += _repeated(kept, once)
    once = once.assign(source_id=source_id).reset_index(drop=True)
    coverage = once[["measure_id", "area_code"]].drop_duplicates()
    return Harmonised({"measure": once}, list(coverage.itertuples(index=False, name=None)), issues)


def _measures() -> dict[str, str]:
    """Return the measures by their identifier and by their printed label."""
    entries = load_catalogue().measures
    labels = {unicodedata.normalize("NFKC", entry.label): key for key, entry in entries.items()}
    return labels | {key: key for key in entries}


def _zone_heads() -> tuple[str, ...]:
    return ("m2", "kk", "hc", "ew", "hm", "in", "pr")


def _area(text: str, name: str, areas: AreaIndex) -> str | None:
    """Return the area of a code: nation 00, prefecture, municipality (5 or 6 digits) or zone."""
    if re.fullmatch(r"\d{1,2}", text):
        code = text.zfill(2)
        return code if code == _NATION or code in areas.prefectures else None
    if re.fullmatch(r"\d{4,6}", text):
        return _municipality(text, name, areas)
    if not re.fullmatch(AREA_CODE, text):
        return None
    is_ours = areas.zones is None or text in areas.zones or text[:3] in ("kk-", "ins")
    return text if is_ours else None


def _municipality(text: str, name: str, areas: AreaIndex) -> str | None:
    try:
        code = from_code6(text) if len(text) == 6 else text.zfill(5)
    except ValueError:
        return None
    if code.endswith("000"):
        return code[:2] if code[:2] in areas.prefectures else None
    found = areas.resolve(code)
    if len(text) == len(code) and _is_ending_of_code6(text):
        return _own_or_zero_lost(text, found, name, areas)
    return found


def _is_ending_of_code6(text: str) -> bool:
    """Tell whether five digits are a six-digit code, check digit and all, without its zero."""
    return check_digit(f"0{text[:4]}") == text[4]


def _own_or_zero_lost(text: str, found: str | None, name: str, areas: AreaIndex) -> str | None:
    """Return of both readings the one that the printed name has; as printed where none is."""
    other = areas.resolve(f"0{text[:4]}")
    if found is None or not name:
        return found or other
    if areas.by_name(text[:2], name) is not None:
        return found
    if other is None:
        return found if f"0{text[0]}" in areas.prefectures else None
    return other if areas.by_name(other[:2], name) == other else found


def _refused(
    raw: pd.DataFrame, table: pd.DataFrame, areas: AreaIndex
) -> tuple[list[RowIssue], pd.Series]:
    """Name the first thing in a row for which it is not used, and tell the rows."""
    value, counted = table["value"], table["measure_id"].map(_is_counted).astype("bool")
    places = zip(table["area_code"], raw["地域コード"], raw["地域名"], strict=True)
    reasons = [
        ("地域コード", table["area_code"].isna(), _UNKNOWN_AREA),
        ("項目", table["measure_id"].isna(), "量の一覧（measures.toml）にない項目です。"),
        ("時点", table["period"].isna(), "年または年度として読めません。"),
        ("数値", value.isna() & (table["status"] == "observed"), _UNREADABLE),
        ("数値", value < 0, _NEGATIVE),
        ("数値", counted & value.notna() & (value % 1 != 0), _FRACTION),
        ("地域名", pd.Series([_is_other(*one, areas) for one in places], raw.index), _OTHER_AREA),
    ]
    issues, told = [], pd.Series(data=False, index=raw.index)
    for field, wrong, reason in reasons:
        rows = raw[wrong & ~told]
        told |= wrong
        issues += [
            RowIssue(ref, field, found[:100], reason)
            for ref, found in zip(rows["source_ref"], rows[field], strict=True)
        ]
    return issues, told


def _is_counted(measure: object) -> bool:
    entry = load_catalogue().measures.get(str(measure))
    return entry is not None and entry.unit in WHOLE_UNITS


def _is_other(code: object, printed: str, name: str, areas: AreaIndex) -> bool:
    """Tell whether the name is that of another municipality, ward or city of the prefecture.

    Beside the code of an area that ended stands its own old name, of which there may be two.
    """
    if not isinstance(code, str) or not code.isdecimal() or code == _NATION or not name:
        return False
    if code not in printed.zfill(6):
        return False
    named = areas.by_name(code[:2], name)
    return named is not None and named != code


def _other_names(raw: pd.DataFrame, kept: pd.DataFrame, areas: AreaIndex) -> list[RowIssue]:
    """Name the rows whose area is called otherwise, where names are known; its code counts."""
    told = []
    for place, code, ref in zip(kept.index, kept["area_code"], kept["source_ref"], strict=True):
        name, own = str(raw.loc[place, "地域名"]), areas.names.get(str(code), "")
        former = own and areas.by_name(str(code)[:2], name) == code
        if name and own and not former and not is_name(name, own):
            issue = RowIssue(ref, "地域名", name[:40], _OTHER_NAME.format(own), set_aside=False)
            told.append(issue)
    return told


def _repeated(kept: pd.DataFrame, once: pd.DataFrame) -> list[RowIssue]:
    rows = kept.drop(index=once.index)
    reason = "同じ地域・時点・項目の行が後にもあるため、後の行を使いました。"
    return [
        RowIssue(ref, "項目", item, reason)
        for ref, item in zip(rows["source_ref"], rows["measure_id"], strict=True)
    ]
