"""All tables of a generation as plain CSV files."""

from __future__ import annotations

from pathlib import Path

from data.errors import UserError
from data.generations import open_generation

_BINARY = {"area_boundary", "boundary_topology"}


def export_tables(generation: Path, folder: Path) -> list[Path]:
    """Write every table as UTF-8 CSV with BOM into a new or empty folder; return the files."""
    if folder.exists() and any(folder.iterdir()):
        raise UserError(
            f"書き出し先のフォルダーが空ではありません：{folder}",
            "新しいフォルダーの名前を指定してください。",
        )
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with open_generation(generation) as con:
        names = con.execute(
            "select table_name from duckdb_tables() where not internal order by table_name"
        ).fetchall()
        for (name,) in names:
            if name in _BINARY:
                continue
            path = folder / f"{name}.csv"
            con.table(name).df().to_csv(path, index=False, encoding="utf-8-sig")
            written.append(path)
    return written
