"""Offices and institutions as rows of the facility table."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from data.catalogue import load_catalogue
from data.extract import Extract, RowIssue
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from data.harmonise.codes import from_code6
from data.harmonise.facility_areas import (
    finish_facilities,
    impossible_places,
    locate,
    not_described,
)
from data.harmonise.home_care_standards import covered_kinds, first_of_each, home_care_notices

_DIVISIONS = {
    "1": "hospital",
    "2": "clinic",
    "3": "dental_clinic",
    "4": "maternity_home",
    "5": "pharmacy",
}
_LARGEST_CAPACITY = 9_999
_OFFICE_FACTS = (
    "事業所名カナ",
    "法人の名称",
    "法人番号",
    "利用可能曜日",
    "高齢者の方と障害者の方が同時一体的に利用できるサービス",
)
_INSTITUTION_KANA = "正式名称(フリガナ)"
_BEDS = ("一般病床", "療養病床", "精神病床", "結核病床", "感染症病床")
_MEDICAL = "医科"
_FEE_TABLES = (_MEDICAL, "歯科", "薬局")
_NO_FEE_TABLE = (
    "区分が医科・歯科・薬局のどれでもない（例：「{}」）ため、この行を除き、"
    "在宅療養支援診療所・病院の数に入れていません。"
)


def harmonise_offices(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Turn the offices of the care service open data into facilities."""
    raw = extract.frames["offices"]
    types = {name: load_catalogue().facility_type_of(name) for name in set(raw["サービスの種類"])}
    printed_code = raw["都道府県コード又は市町村コード"].str.strip()
    codes = {code: _office_area(code) for code in set(printed_code)}
    number = raw["事業所番号"].where(raw["事業所番号"] != "", raw["No"])
    frame = pd.DataFrame(
        {
            "facility_id": _identified("kaigo", number),
            "name": raw["事業所名"].str.strip(),
            "facility_type": raw["サービスの種類"].map(types),
            "printed_type": raw["サービスの種類"],
            "prefecture": printed_code.str[:2],
            "printed_prefecture": printed_code,
            "printed_area": printed_code + " " + raw["市区町村名"],
            "code5": printed_code.map(codes),
            "place": raw["市区町村名"].str.strip(),
            "address": _address(raw["住所"], raw["方書(ビル名等)"]),
            "capacity": _capacity(raw["定員"]),
            "attributes": [_office_attributes(row) for row in _records(raw, _OFFICE_FACTS)],
            "source_ref": raw["source_ref"],
        }
    )
    place = {"lon": raw["経度"], "lat": raw["緯度"]}
    frame = locate(frame, **place)
    done = finish_facilities(frame, source_id=source_id, areas=areas)
    done.issues += impossible_places(done.tables["facility"], raw["source_ref"], **place)
    printed = raw.set_index("source_ref")["定員"]
    done.issues += _impossible_capacities(printed, done.tables["facility"])
    return done


def harmonise_institutions(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Turn the institutions of the medical register into facilities."""
    raw = extract.frames["institutions"]
    code = raw["都道府県コード"].str.zfill(2) + raw["市区町村コード"].str.zfill(3)
    total = raw["合計病床数"] if "合計病床数" in raw else pd.Series("", index=raw.index)
    frame = pd.DataFrame(
        {
            "facility_id": _identified("navii", raw["ID"]),
            "name": raw["正式名称"].str.strip(),
            "facility_type": raw["機関区分"].map(_DIVISIONS),
            "printed_type": "機関区分 " + raw["機関区分"],
            "prefecture": code.str[:2],
            "printed_prefecture": raw["都道府県コード"],
            "printed_area": code,
            "code5": code.where(code.str.fullmatch(r"\d{5}")),
            "place": "",
            "address": raw["所在地"].str.strip(),
            "capacity": _capacity(total),
            "attributes": [
                _institution_attributes(row) for row in _records(raw, (_INSTITUTION_KANA, *_BEDS))
            ],
            "source_ref": raw["source_ref"],
        }
    )
    place = {"lon": raw["所在地座標(経度)"], "lat": raw["所在地座標(緯度)"]}
    frame = locate(frame, **place)
    done = finish_facilities(frame, source_id=source_id, areas=areas)
    done.issues += impossible_places(done.tables["facility"], raw["source_ref"], **place)
    return done


def harmonise_notifications(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Turn notified standards into home care support clinics and hospitals, one row for each.

    An institution may hold several grades, and every notification fills several rows.
    """
    raw = extract.frames["notifications"]
    medical = raw[raw["区分"] == _MEDICAL]
    prefectures = set(medical["都道府県コード"].str.zfill(2)) & areas.prefectures
    notices = home_care_notices(medical)
    first = first_of_each(notices)
    address = first["医療機関所在地(住所)"].str.strip()
    places = [
        areas.by_address(prefecture, place)
        for prefecture, place in zip(first["prefecture"], address, strict=True)
    ]
    frame = pd.DataFrame(
        {
            "facility_id": _identified("standards", first["prefecture"] + "1" + first["number"]),
            "name": first["医療機関名称"].str.strip(),
            "facility_type": first["facility_type"],
            "printed_type": first["受理届出名称"],
            "prefecture": first["prefecture"],
            "printed_prefecture": first["都道府県コード"],
            "printed_area": address,
            "code5": [place and (place[1] or place[0]) for place in places],
            "place": "",
            "address": address,
            "capacity": pd.Series(pd.NA, index=first.index, dtype="Int64"),
            "attributes": first["grades"],
            "source_ref": first["source_ref"],
            "lon": float("nan"),
            "lat": float("nan"),
            "location_quality": "area_only",
        }
    )
    done = finish_facilities(frame, source_id=source_id, areas=areas)
    done.issues[:0] = _unknown_fee_tables(raw)
    done.coverage, unsaid = covered_kinds(notices, medical, prefectures=prefectures)
    done.issues += unsaid
    return done


def _unknown_fee_tables(raw: pd.DataFrame) -> list[RowIssue]:
    """Name the notifications of no fee table that is known; a row without any is a blank line."""
    is_notice = raw["受理届出名称"] != ""
    printed = raw.loc[is_notice & ~raw["区分"].isin(_FEE_TABLES), "区分"]
    return not_described(printed, raw["source_ref"], field="区分", reason=_NO_FEE_TABLE)


def _identified(register: str, numbers: pd.Series) -> pd.Series:
    return (register + "-" + numbers.str.strip()).where(numbers.str.strip() != "")


def _office_area(code6: str) -> str | None:
    try:
        return from_code6(code6)
    except ValueError:
        return None


def _address(street: pd.Series, building: pd.Series) -> pd.Series:
    return (street.str.strip() + "　" + building.str.strip()).str.strip()


def _capacity(printed: pd.Series) -> pd.Series:
    """A printed 0 means that nobody entered the capacity; some offices enter a date."""
    folded = printed.str.normalize("NFKC").str.replace(",", "")
    numbers = pd.to_numeric(folded, errors="coerce").astype("Float64")
    return numbers.where(numbers.between(1, _LARGEST_CAPACITY)).round().astype("Int64")


def _impossible_capacities(printed: pd.Series, table: pd.DataFrame) -> list[RowIssue]:
    """Name the rows whose printed capacity is neither blank nor 0 and was not taken."""
    unread = table.loc[table["capacity"].isna(), "source_ref"]
    texts = printed[printed.index.isin(unread) & ~printed.str.strip().isin(["", "0", "０"])]
    reason = "定員としてありえない値のため、未記入として扱いました。"
    return [
        RowIssue(str(ref), "定員", str(text)[:100], reason, set_aside=False)
        for ref, text in texts.items()
    ]


def _office_attributes(row: Mapping[Hashable, str]) -> str:
    integrated = row.get("高齢者の方と障害者の方が同時一体的に利用できるサービス", "")
    facts = {
        "name_kana": row.get("事業所名カナ", "").strip(),
        "corporation": row["法人の名称"].strip(),
        "corporation_number": row["法人番号"].strip(),
        "days": [day for day in row["利用可能曜日"].split(",") if day],
        "integrated_service": {"あり": True, "なし": False}.get(integrated),
    }
    entered = {key: value for key, value in facts.items() if value not in ("", [], None)}
    return json.dumps(entered, ensure_ascii=False)


def _records(raw: pd.DataFrame, columns: Sequence[str]) -> list[dict[Hashable, str]]:
    """Return the named columns row by row; as objects, since text arrays iterate slowly."""
    present = [column for column in columns if column in raw.columns]
    return raw[present].astype("object").to_dict("records")


def _institution_attributes(row: Mapping[Hashable, str]) -> str:
    kana = row.get(_INSTITUTION_KANA, "").strip()
    beds = {kind: int(row[kind]) for kind in _BEDS if row.get(kind, "").isdecimal()}
    known: dict[str, object] = {"name_kana": kana} if kana else {}
    known |= {"beds_by_kind": beds} if any(beds.values()) else {}
    return json.dumps(known, ensure_ascii=False)
