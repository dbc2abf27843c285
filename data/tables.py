"""Frames into the tables of schema.sql, by column name."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

_SCHEMA = Path(__file__).with_name("schema.sql")


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create every table and view of schema.sql."""
    con.execute(_SCHEMA.read_text(encoding="utf-8"))


def columns_of(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Return the columns of a table in their order."""
    rows = con.execute("select name from pragma_table_info($table)", {"table": table}).fetchall()
    return [name for (name,) in rows]


def insert_frame(con: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Insert a frame; columns that the table has and the frame lacks stay null.

    `table` is a name of schema.sql; ValueError when the frame has none of its columns.
    """
    shared = [name for name in columns_of(con, table) if name in frame.columns]
    if not shared:
        raise ValueError(f"no column of {table} in the frame")
    if frame.empty:
        return
    con.append(table, frame[shared], by_name=True)
