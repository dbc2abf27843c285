"""Offices of one care service, nationwide (厚生労働省 介護サービス情報公表システム)."""

from __future__ import annotations

import re

from data.era import calendar_year_label
from data.extract import Extract, RawFile
from data.extract.delimited import header_of, read_delimited
from data.stated_day import stated_day

NAME = "介護サービス情報の公表（事業所一覧）"
SOURCE_KEY = "kaigo_service"

DATED_ON_PAGE = True
NEEDED = {
    "offices": (
        "都道府県コード又は市町村コード",
        "No",
        "市区町村名",
        "事業所名",
        "サービスの種類",
        "住所",
        "方書（ビル名等）",
        "緯度",
        "経度",
        "法人番号",
        "法人の名称",
        "事業所番号",
        "利用可能曜日",
        "定員",
    )
}
_LABELS = {"都道府県コード又は市町村コード", "事業所名", "サービスの種類", "事業所番号"}
_RELEASED = re.compile(r"_all_(\d{4})(\d{2})(\d{2})\d{6}")


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by the labels of the first line."""
    return header_of(head) >= _LABELS


def read(file: RawFile) -> Extract:
    """Read every office; personal contacts stay in the file."""
    frame, issues = read_delimited(file.path.read_bytes(), file_name=file.name)
    frame = frame.drop(columns=["電話番号", "FAX番号", "URL"], errors="ignore")
    return Extract(NAME, SOURCE_KEY, _vintage(file.name), {"offices": frame}, len(frame), issues)


def _vintage(name: str) -> str:
    """The file does not print its date; a folder may, and newer names carry the day of release."""
    stated = stated_day(name)
    if stated:
        return stated.label()
    found = _RELEASED.search(name)
    if not found:
        return "時点の記載なし（公表は6月末と12月末）"
    year, month, day = (int(part) for part in found.groups())
    return f"{calendar_year_label(year)}{month}月{day}日提供"
