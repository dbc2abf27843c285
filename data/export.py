"""All tables of a generation as plain CSV files."""

from __future__ import annotations

from pathlib import Path

from data.errors import UserError
from data.generations import open_generation

_BINARY = {"area_boundary", "boundary_topology"}


def export_tables(generation: Path, folder: Path) -> list[Path]:
    """Write every table as UTF-8 CSV with BOM into a new or empty folder; return the files."""
    _make_empty(folder)
    try:
        return _write_tables(generation, folder)
    except OSError as error:
        raise UserError(
            f"書き出せませんでした：{folder}（{error.strerror}）",
            "空き容量と、フォルダーへの書き込みの権限を確認してください。",
        ) from error


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
    except OSError as error:
        raise UserError(
            f"書き出し先のフォルダーを作れません：{folder}（{error.strerror}）",
            "書き込める場所に、新しいフォルダーの名前を指定してください。",
        ) from error
    if not is_empty:
        raise UserError(
            f"書き出し先のフォルダーが空ではありません：{folder}",
            "新しいフォルダーの名前を指定してください。",
        )


def _write_tables(generation: Path, folder: Path) -> list[Path]:
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
