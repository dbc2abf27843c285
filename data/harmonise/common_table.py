"""Quantities by area and period from the common layout, as measures."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
import pandas as pd

from data.catalogue import load_catalogue
from data.era import read_period
from data.extract import Extract, RowIssue
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from data.harmonise.codes import AREA_CODE, check_digit, from_code6
from data.harmonise.names import is_name
from data.harmonise.printed_numbers import SIGNS, numbers_in

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
_PERCENT = (
    "％の付いた数（％表示のセルも）は読みません。項目の単位の数（15.3%なら 15.3）を書いてください。"
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
    raw = extract.frames["values"].apply(_folded)
    codes = raw["地域コード"]
    raw = raw[~codes.isin([code for code in codes.unique() if _is_left_out(code, areas)])]
    places = _pairs(raw["地域コード"], raw["地域名"])
    found = {pair: _area(*pair, areas) for pair in set(places)}
    table = pd.DataFrame(
        {
            "area_code": [found[pair] for pair in places],
            "measure_id": raw["項目"].map(_measures()),
            "period": raw["時点"].map({text: read_period(text) for text in raw["時点"].unique()}),
            "status": [SIGNS.get(text, "observed") for text in raw["数値"]],
            "value": numbers_in(raw["数値"]),
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


def _folded(column: pd.Series) -> pd.Series:
    """Fold the width of every cell; of the many that are the same, each text once."""
    texts = column.unique()
    return column.map({text: unicodedata.normalize("NFKC", text).strip() for text in texts})


def _pairs(first: pd.Series, second: pd.Series) -> list[tuple[Any, Any]]:
    """Return the cells of two columns side by side."""
    columns = (column.to_numpy(dtype=object).tolist() for column in (first, second))
    return list(zip(*columns, strict=True))


def _measures() -> dict[str, str]:
    """Return the measures by their identifier and by their printed label."""
    entries = load_catalogue().measures
    labels = {unicodedata.normalize("NFKC", entry.label): key for key, entry in entries.items()}
    return labels | {key: key for key in entries}


def _zone_heads() -> tuple[str, ...]:
    return ("m2", "kk", "hc", "ew", "hm", "in", "pr")


def _is_left_out(text: str, areas: AreaIndex) -> bool:
    """Tell whether a code is that of a prefecture which was not asked for, or of an area there.

    Five digits that also are a code of six without its zero count as one of both readings.
    """
    zone = re.fullmatch(r"[a-z]\w+-(\d{2})\d*(?:-\d+)?", text)
    if zone or not re.fullmatch(r"\d{1,6}", text):
        return zone is not None and zone[1] in areas.left_out
    heads = {text.zfill(2 if len(text) < 3 else 5)[:2]}
    if len(text) == 5 and _is_ending_of_code6(text):
        heads.add(f"0{text[0]}")
    return heads <= areas.left_out.keys()


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
    value, measures = table["value"], table["measure_id"].dropna().unique()
    counted = table["measure_id"].isin([key for key in measures if _is_counted(key)])
    balanced = table["measure_id"].isin([key for key in measures if _is_balance(key)])
    places = _pairs(table["area_code"], raw["地域名"])
    texts = raw["地域コード"].to_numpy(dtype=object).tolist()
    triples = [(code, text, name) for (code, name), text in zip(places, texts, strict=True)]
    other = {one: _is_other(*one, areas) for one in set(triples)}
    reasons = [
        ("地域コード", table["area_code"].isna(), _UNKNOWN_AREA),
        ("項目", table["measure_id"].isna(), "量の一覧（measures.toml）にない項目です。"),
        ("時点", table["period"].isna(), "年または年度として読めません。"),
        ("数値", raw["数値"].str.endswith("%"), _PERCENT),
        ("数値", value.isna() & (table["status"] == "observed"), _UNREADABLE),
        ("数値", (value < 0) & ~balanced, _NEGATIVE),
        ("数値", counted & value.notna() & (value % 1 != 0), _FRACTION),
        ("地域名", pd.Series([other[one] for one in triples], raw.index), _OTHER_AREA),
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


def _is_balance(measure: object) -> bool:
    entry = load_catalogue().measures.get(str(measure))
    return entry is not None and entry.may_be_negative


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
    pairs = _pairs(kept["area_code"], raw.loc[kept.index, "地域名"])
    misnamed = {pair for pair in set(pairs) if _is_misnamed(*pair, areas)}
    for (code, name), ref in zip(pairs, kept["source_ref"] if misnamed else [], strict=False):
        if (code, name) in misnamed:
            reason = _OTHER_NAME.format(areas.names[code])
            told.append(RowIssue(ref, "地域名", name[:40], reason, set_aside=False))
    return told


def _is_misnamed(code: str, name: str, areas: AreaIndex) -> bool:
    own = areas.names.get(code, "")
    if not name or not own or areas.by_name(code[:2], name) == code:
        return False
    return not is_name(name, own)


def _repeated(kept: pd.DataFrame, once: pd.DataFrame) -> list[RowIssue]:
    rows = kept.drop(index=once.index)
    reason = "同じ地域・時点・項目の行が後にもあるため、後の行を使いました。"
    return [
        RowIssue(ref, "項目", item, reason)
        for ref, item in zip(rows["source_ref"], rows["measure_id"], strict=True)
    ]
