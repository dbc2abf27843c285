"""Shapefiles as the publishers pack them: four files side by side, alone or inside a zip."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from data.errors import UnreadableFile
from data.extract import RawFile

MARK = b"\x00\x00\x27\x0a"
PARTS = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".xml")
_NEEDED = (".dbf", ".shx")
_SAMPLE = 262_144
_UTF8 = re.compile(r"utf-?8|65001", re.IGNORECASE)


def is_part(path: Path) -> bool:
    """Tell whether a file only accompanies a .shp of the same name."""
    return path.suffix.lower() in PARTS and _beside(path, ".shp") is not None


def table_head(path: Path) -> bytes:
    """Return the first bytes of the attribute table beside a .shp, where its columns are named."""
    table = _beside(path, ".dbf")
    if table is None:
        return b""
    with table.open("rb") as stream:
        return stream.read(4_096)


def require_parts(file: RawFile) -> None:
    """Raise UnreadableFile that names the companions a .shp lacks."""
    missing = [ending for ending in _NEEDED if _beside(file.path, ending) is None]
    if missing:
        raise UnreadableFile(
            f"シェープファイルの {'、'.join(missing)} がありません。",
            action="公表元のzipを、開かずにそのまま入れてください。",
            file=file.name,
        )


def encoding_of(path: Path, member: str | None) -> str:
    """Return the encoding in which the attributes read; where both do, or neither, the .cpg's."""
    table = _content(path, member, ".dbf")
    readable = [name for name in ("utf-8", "cp932") if _reads_as(name, table)]
    if len(readable) == 1:
        return readable[0]
    said = _content(path, member, ".cpg").decode("ascii", "ignore")
    if said.strip():
        return "utf-8" if _UTF8.search(said) else "cp932"
    return (readable or ["cp932"])[0]


def _content(path: Path, member: str | None, ending: str) -> bytes:
    """Return the start of a companion, in the folder or in the zip; nothing when it is absent."""
    if member is None:
        found = _beside(path, ending)
        if found is None:
            return b""
        with found.open("rb") as stream:
            return stream.read(_SAMPLE)
    with zipfile.ZipFile(path) as archive:
        wanted = member.rpartition(".")[0].lower() + ending
        name = next((n for n in archive.namelist() if n.lower() == wanted), None)
        if name is None:
            return b""
        with archive.open(name) as stream:
            return stream.read(_SAMPLE)


def _reads_as(encoding: str, table: bytes) -> bool:
    """Tell whether the rows of a table decode; the last, cut character does not count."""
    start = int.from_bytes(table[8:10], "little")
    for cut in range(4):
        try:
            table[start : len(table) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _beside(path: Path, ending: str) -> Path | None:
    """Return the file of the same name with another ending, in small or capital letters."""
    for form in (ending, ending.upper()):
        other = path.with_suffix(form)
        if other.is_file():
            return other
    return None
