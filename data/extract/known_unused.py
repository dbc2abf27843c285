"""Files of the same publishers that this version does not use, told apart with the reason."""

from __future__ import annotations

from data.extract import Extract, RawFile, RowIssue, shapefile
from data.extract.delimited import header_of, plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "この版では使わないファイル"
FALLBACK = True

_DEFINITION = "医療情報ネットの項目の定義書です。データは施設票の zip から読みます。"
_BEDS = "病床機能と必要病床数の表です。この版の指標では使いません。"
_HOURS = "診療科・診療時間の表です。この版では施設票だけを使います。"
_MONTHLY = "施設基準の項目別の一覧です。届出受理医療機関名簿（全体）を使ってください。"
_SHAPE_PART = "シェープファイルの一部です。同じ名前の .shp と一緒に読みます。"
_OTHER_TABLE = "介護保険事業状況報告の別の表です。この版では第2表と第4-1-1表を使います。"

_MIERUKA = (
    "地域包括ケア「見える化」システムの表ですが、指標の書き出し（シート「表形式」のA1が出力日）では"
    "ないため読みません。指標を「表形式」で書き出すか、値を「指標の表（共通様式）」に写してください。"
)
_GRANT = (
    "交付金の表ですが、シート「全国集計（市町村）」がないため読みません。"
    "全国集計結果（市町村分）のブックを使ってください。"
)

_BOOKS = (
    ("「見える化」システム", _MIERUKA),
    ("見える化システム", _MIERUKA),
    ("保険者努力支援交付金", _GRANT),
    ("保険者機能強化推進交付金", _GRANT),
    ("オープンデータ定義書", _DEFINITION),
    ("病床機能報告", _BEDS),
    ("構想区域別必要量", _BEDS),
    ("流入流出", _BEDS),
    ("介護保険事業状況報告", _OTHER_TABLE),
    ("保険者別", _OTHER_TABLE),
    ("届出受理医療機関名簿項目別", _MONTHLY),
)

_PLACEHOLDERS = {"行1", "列1"}  # what that system prints for axes without a name


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell whether the file is known, though not used."""
    return bool(reason(file, head))


def reason_of(words: str) -> str:
    """Return why a workbook with these folded words is not used, blank when it is not known."""
    if set(words.split("／")) >= _PLACEHOLDERS:
        return _MIERUKA
    return next((text for mark, text in _BOOKS if mark in words), "")


def reason(file: RawFile, head: bytes) -> str:
    """Return why the file is not used, in Japanese, or nothing when it is not known."""
    if shapefile.is_part(file.path):
        return _SHAPE_PART
    if not head.startswith(WORKBOOK_MARK):
        return _HOURS if header_of(head) >= {"ID", "診療科目コード", "診療時間帯"} else ""
    return reason_of(_opening(file))


def read(file: RawFile) -> Extract:
    """Take nothing over; the only issue says why."""
    why = RowIssue("", "", "", reason(file, file.head()), set_aside=False)
    return Extract(NAME, "", "", {}, 0, [why])


def _opening(file: RawFile) -> str:
    """Return the sheet names and the first rows of the first sheets as one folded text."""
    names = sheet_names(file.path)
    cells = [
        plain(cell)
        for name in names[:2]
        for row in sheet_rows(file.path, name, limit=6)
        for cell in row
        if isinstance(cell, str)
    ]
    return "／".join([*map(plain, names[:20]), *cells])
