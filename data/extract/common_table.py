"""指標の表（共通様式）: our own plain layout for any quantity by area and period, CSV or XLSX.

First come lines of a name and a value (様式, 資料名, 公表者, 利用条件, URL, 時点), then the header
and the rows.
"""

from __future__ import annotations

import pandas as pd

from data.extract import Extract, RawFile
from data.extract.own_layout import OwnTable, is_own, read_own

NAME = "指標の表（共通様式）"
COLUMNS = ("地域コード", "地域名", "時点", "項目", "数値")


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by a line 様式 and its name, the first or one near it."""
    return is_own(file, head, name=NAME)


def read(file: RawFile) -> Extract:
    """Read who publishes what, and the rows as text."""
    return from_own(read_own(file, columns=COLUMNS))


def from_own(table: OwnTable) -> Extract:
    """Return what a table of this layout holds, however its lines were read."""
    cells = zip(*table.rows, strict=True) if table.rows else ([] for _ in COLUMNS)
    columns = dict(zip(COLUMNS, map(list, cells), strict=True))
    frame = pd.DataFrame(columns | {"source_ref": table.places}, dtype="str")
    vintage = table.head.get("時点", "")
    return Extract(
        NAME, "common_table", vintage, {"values": frame}, len(frame), table.issues, table.cited
    )
