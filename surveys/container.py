"""What a file is before anything in it is parsed: its kind, its entries, their true sizes."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from surveys.limits import Limits
from surveys.refusals import refused

_ZIP, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_CHUNK = 256 * 1024
_TYPES, _WORKBOOK = "[Content_Types].xml", "xl/workbook.xml"
_OTHER_KINDS = (b"wordprocessingml", b"presentationml", b"opendocument")
_EXTERNAL_PLACES = (
    "xl/externallinks/",
    "xl/embeddings/",
    "xl/activex/",
    "xl/connections.xml",
    "xl/querytables/",
    "xl/model/",
)


def check_kind(content: bytes, *, limits: Limits) -> None:
    """Refuse what is no readable container by its size and its first bytes."""
    if not content:
        raise refused("empty")
    if len(content) > limits.file_bytes:
        raise refused("too_heavy")
    if content.startswith(_COMPOUND):
        raise refused("encrypted" if _ENCRYPTED in content else "old_xls")
    if not content.startswith(_ZIP):
        raise refused("not_xlsx")


class Container:
    """A checked zip archive whose entries are inflated by counting, never by what they claim."""

    def __init__(self, content: bytes, *, limits: Limits) -> None:
        self._content = content
        self._limits = limits
        self._unpacked = 0
        try:
            self._entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise refused("broken") from error
        self._check_entries()
        self._check_types()

    def names(self) -> list[str]:
        """Return the names of the entries."""
        return [entry.filename for entry in self._entries]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Inflate one entry piece by piece, counting what all entries come to."""
        entry = next(entry for entry in self._entries if entry.filename == name)
        size = checksum = 0
        for piece in self._inflate(entry):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            self._count(len(piece))
            if size > entry.file_size:
                raise refused("too_large")
            yield piece
        if size != entry.file_size or checksum != entry.CRC:
            raise refused("broken")

    def _inflate(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._packed(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            yield bytes(packed)
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            piece = inflater.decompress(packed, _CHUNK)
            while piece:
                yield piece
                piece = inflater.decompress(inflater.unconsumed_tail, _CHUNK)
        except zlib.error as error:
            raise refused("broken") from error

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        start = entry.header_offset
        header = self._content[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise refused("broken")
        *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        first = start + _LOCAL_HEADER.size + name_length + extra_length
        if first + entry.compress_size > len(self._content):
            raise refused("broken")
        return memoryview(self._content)[first : first + entry.compress_size]

    def _count(self, size: int) -> None:
        self._unpacked += size
        swollen = self._unpacked > self._limits.ratio * len(self._content)
        if self._unpacked > self._limits.unpacked_bytes or (
            swollen and self._unpacked > self._limits.ratio_from_bytes
        ):
            raise refused("too_large")

    def _check_entries(self) -> None:
        if len(self._entries) > self._limits.entries:
            raise refused("too_large")
        names = [name.lower() for name in self.names()]
        if any(entry.flag_bits & 1 for entry in self._entries):
            raise refused("encrypted")
        if len(set(names)) < len(names) or any(map(_is_strange, self._entries)):
            raise refused("structure")
        if any("vbaproject" in name or "/macrosheets/" in name for name in names):
            raise refused("macros")

    def _check_types(self) -> None:
        names = self.names()
        if _TYPES not in names:
            raise refused("structure" if _WORKBOOK in names else "not_xlsx")
        types = b"".join(self.chunks(_TYPES))
        if b"macroEnabled" in types:
            raise refused("macros")
        if _WORKBOOK not in names:
            other = any(kind in types for kind in _OTHER_KINDS)
            raise refused("not_xlsx" if other else "structure")
        if any(name.lower().startswith(_EXTERNAL_PLACES) for name in names):
            raise refused("external")


def _is_strange(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry's name leaves the archive or its kind is not that of a part."""
    name = entry.orig_filename
    leaves = name.startswith("/") or ".." in name.split("/") or any(c in name for c in "\\:\0")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    packed = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return leaves or is_link or not packed
