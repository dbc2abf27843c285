"""Workbooks made part by part, so that any of their parts can be wrong."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Iterable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def sheet(rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', *, before: str = "") -> str:
    return f'{HEAD}{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def parts(
    *, sheet_xml: str | None = None, main_type: str = SHEET_TYPE, strings: str | None = None
) -> dict[str, str | bytes]:
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>'
        '<sheet name="回答" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(),
        "xl/worksheets/sheet1.xml": sheet() if sheet_xml is None else sheet_xml,
    }
    if strings is not None:
        found["xl/sharedStrings.xml"] = strings
    return found


def relationships(more: str = "") -> str:
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELS}/sharedStrings" Target="sharedStrings.xml"/>{more}'
        "</Relationships>"
    )


def packed(files: dict[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    pairs = files.items() if isinstance(files, dict) else files
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, text in pairs:
                archive.writestr(name, text)
    return buffer.getvalue()


def workbook(**wanted: str) -> bytes:
    return packed(parts(**wanted))


def with_part(name: str, text: str | bytes = "x") -> bytes:
    return packed({**parts(), name: text})


def with_link_entry() -> bytes:
    info = zipfile.ZipInfo("xl/link.xml")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO(workbook())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def with_wrong_checksum() -> bytes:
    """Change one stored byte of the sheet, leaving its checksum."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts().items():
            archive.writestr(name, text)
    return buffer.getvalue().replace(b"<v>1</v>", b"<v>2</v>")


def with_lying_size() -> bytes:
    """Say in the directory that an entry of 30 MB unpacks to 10 bytes."""
    content = bytearray(with_part("xl/worksheets/sheet2.xml", b" " * 30_000_000))
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet2.xml"))
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def compound(stream: str) -> bytes:
    """Return the start of an old compound file with one stream's name in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")


def with_raw_deflate(name: str, pieces: Iterable[bytes]) -> bytes:
    """Add an entry that is made piece by piece, so that a bomb takes no memory here."""
    buffer = io.BytesIO(workbook())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(name, "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)
    return buffer.getvalue()
