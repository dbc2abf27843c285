"""What has arrived, read as a build reads it: whole, readable, and the very thing asked for."""

from __future__ import annotations

import os
import re
from pathlib import Path

from data.damage import FAILURES, TORN, damage_of
from data.errors import UserError
from data.extract import Extract, RawFile, known_unused, recognise
from data.extract.boundaries import code_column
from data.extract.delimited import plain
from data.extract.needed import require_columns, resembled
from data.extract.sheets import close_workbooks
from data.fetch.plan import Wanted
from data.harmonise.names import PREFECTURES

_BLOCK = 1_048_576
_ARCHIVES = (".zip", ".xlsx")
_CUT = "途中で切れています（{}）。前のファイルがあれば、そのままです。"
_ROW = re.compile(r"行 (\d+)")


def require_wanted(path: Path, name: str, wanted: Wanted) -> None:
    """Raise UserError when a file is none that a build can read, is cut, or is another's."""
    _require_openable(path, name)
    file = RawFile(path, name)
    try:
        extract = _read(file)
    finally:
        close_workbooks()
    _require_whole(extract)
    _require_same(extract, wanted)


def require_no_piece_of(path: Path, old: Path) -> None:
    """Raise UserError when a file is the beginning of the old one, cut between two rows."""
    size = path.stat().st_size
    if not 0 < size < old.stat().st_size:
        return
    with path.open("rb") as new, old.open("rb") as before:
        if all(
            new.read(_BLOCK) == before.read(min(_BLOCK, size - at)) for at in range(0, size, _BLOCK)
        ):
            raise UserError(_CUT.format(f"前のファイルの初めの{size:,}バイトだけです"))


def _require_openable(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        head = stream.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(b"<!doctype html") or b"<html" in head:
        raise UserError("ファイルではなく、HTMLのページが返りました。")
    if name.endswith(_ARCHIVES) and not head.startswith(b"pk"):
        raise UserError("名前は zip か xlsx ですが、中身が違います。")
    damage = damage_of(path)
    if damage:
        raise UserError(damage)
    if name.endswith(".csv") and not head.startswith(b"pk"):
        _require_last_line(path)


def _require_last_line(path: Path) -> None:
    with path.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        if stream.read(1) not in (b"\n", b"\r"):
            raise UserError(_CUT.format("最後の行に改行がありません"))


def _read(file: RawFile) -> Extract:
    try:
        layout = recognise(file)
        if layout is None or layout.NAME == known_unused.NAME:
            reason = resembled(file) if layout is None else known_unused.reason(file, file.head())
            raise UserError("取得しましたが、読み込める様式ではありません。", reason or "")
        extract = layout.read(file)
        require_columns(layout, extract, file)
    except FAILURES as error:
        raise UserError(TORN) from error
    return extract


def _require_whole(extract: Extract) -> None:
    """Refuse a table whose last row was set aside as too short, and any file without a row."""
    if not extract.rows_read:
        raise UserError("見出しだけで、行がありません。")
    dropped = [issue for issue in extract.issues if issue.set_aside and not issue.field]
    kept = (str(ref) for frame in extract.frames.values() for ref in frame["source_ref"].tail(1))
    last = max(map(_row, kept), default=0)
    short = next((issue for issue in dropped if _row(issue.source_ref) > last), None)
    if short is not None:
        raise UserError(_CUT.format(f"最後の{short.source_ref}が{short.found}"))


def _row(ref: str) -> int:
    found = _ROW.fullmatch(ref)
    return int(found[1]) if found else 0


def _require_same(extract: Extract, wanted: Wanted) -> None:
    """Refuse another layout, edition, prefecture or service than was asked for."""
    if wanted.layout and (extract.layout, extract.source_key) != (wanted.layout, wanted.source):
        _refuse(f"「{wanted.layout}」", f"「{extract.layout}」（{extract.vintage}）")
    if wanted.prefecture:
        found = _prefectures(extract)
        if found != {wanted.prefecture}:
            _refuse(_named([wanted.prefecture]), _named(sorted(found)))
    if wanted.column:
        values = _values(extract, wanted.column)
        if not values or not values <= {plain(value) for value in wanted.holds}:
            expected = "・".join(wanted.holds)
            shown = "、".join(sorted(values)[:3]) or "空欄"
            _refuse(f"{wanted.column}「{expected}」", f"「{shown}」")


def _prefectures(extract: Extract) -> set[str]:
    polygons = extract.frames.get("polygons")
    column = code_column(polygons) if polygons is not None else None
    if polygons is None or column is None:
        return set()
    return set(polygons[column].astype(str).str.zfill(5).str[:2])


def _values(extract: Extract, column: str) -> set[str]:
    frames = (frame for frame in extract.frames.values() if column in frame.columns)
    return {plain(value) for frame in frames for value in frame[column].unique()}


def _named(codes: list[str]) -> str:
    if not codes:
        return "市区町村の境界のないもの"
    names = dict(enumerate(PREFECTURES, start=1))
    shown = [f"{names.get(int(c), '不明') if c.isdecimal() else '不明'}（{c}）" for c in codes[:3]]
    return "、".join(shown) + (f" ほか計{len(codes)}" if len(codes) > 3 else "")


def _refuse(expected: str, found: str) -> None:
    raise UserError(f"内容が違います：{expected}を求めましたが、{found}が返りました。")
