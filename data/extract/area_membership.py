"""圏域と市区町村の対応表: our own plain layout for areas that no publisher offers as a table.

Lines of a name and a value (様式, 資料名, 公表者, 利用条件, URL, 時点) may come first.
"""

from __future__ import annotations

import pandas as pd

from data.extract import Extract, RawFile
from data.extract.own_layout import OwnTable, is_own, read_own

NAME = "圏域と市区町村の対応表"
COLUMNS = ("団体コード", "市区町村名", "圏域種別", "圏域コード", "圏域名", "適用開始", "適用終了")
NEEDED = {"memberships": COLUMNS}
_ZONE_DIGITS = 4


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its header, or by a line 様式 and its name near the top."""
    return is_own(file, head, name=NAME, header=COLUMNS)


def read(file: RawFile) -> Extract:
    """Read who publishes the table, and all rows as text."""
    return from_own(read_own(file, columns=COLUMNS), file=file.name)


def from_own(table: OwnTable, *, file: str = "") -> Extract:
    """Return what a table of this layout holds, however its lines were read."""
    frame = pd.DataFrame(table.rows, columns=[*COLUMNS], dtype="str")
    frame["source_ref"] = table.places
    frame["file"] = file
    digits = frame["圏域コード"].str.fullmatch(r"\d{3}")
    frame.loc[digits, "圏域コード"] = frame.loc[digits, "圏域コード"].str.zfill(_ZONE_DIGITS)
    pairs = zip(frame["団体コード"], frame["圏域コード"], strict=True)
    frame["団体コード"] = [_with_zero(code, zone) for code, zone in pairs]
    return Extract(
        NAME,
        "area_membership",
        table.head.get("時点", ""),
        {"memberships": frame},
        len(frame),
        table.issues,
        table.cited,
    )


def _with_zero(code: str, zone: str) -> str:
    """Give a code that Excel took for a number its zero back, by the prefecture of its zone.

    12025 in zone 0104 is 012025 of Hokkaido, not 12025 of Chiba.
    """
    is_six = len(code) == 5 and zone[:2] != code[:2] and zone[:2] == f"0{code[0]}"
    return f"0{code}" if is_six and code.isdecimal() else code
