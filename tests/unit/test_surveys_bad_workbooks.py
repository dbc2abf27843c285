"""The bad workbooks that must never reach the parser, each with the words that it is refused in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from surveys.reading import read_file
from surveys.refusals import WorkbookRefused
from tests.unit import odd_workbooks as odd

MEGABYTE = 1024 * 1024
NOT_XLSX, BROKEN = "xlsx形式ではありません", "壊れています"
STRUCTURE, LARGE = "不正な構造", "大きすぎます"
MARKUP, EXTERNAL, MACROS = "使用できない記述", "外部参照を削除", "マクロは使用できません"
LAUGHS = "".join(
    f'<!ENTITY a{n} "{"".join([f"&a{n - 1};"] * 10)}">' if n else '<!ENTITY a0 "ha">'
    for n in range(12)
)
CELL_OF_ENTITY = '<row r="1"><c r="A1" t="str"><v>{}</v></c></row>'


def doctype(inner: str, text: str) -> bytes:
    before = f"<!DOCTYPE worksheet [{inner}]>"
    return odd.workbook(sheet_xml=odd.sheet(CELL_OF_ENTITY.format(text), before=before))


def related(kind: str, target: str) -> bytes:
    more = (
        f'<Relationship Id="rId9" Type="{odd.RELS}/{kind}" Target="{target}" '
        'TargetMode="External"/>'
    )
    return odd.packed({**odd.parts(), "xl/_rels/workbook.xml.rels": odd.relationships(more)})


def many_rows(count: int) -> str:
    cells = "<c><v>1</v></c>" * 20
    return "".join(f"<row>{cells}</row>" for _ in range(count))


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "01 empty": (lambda: b"", "空のファイルです"),
    "02 text": (lambda: "市町村名".encode(), NOT_XLSX),
    "03 pdf": (lambda: b"%PDF-1.7\n", NOT_XLSX),
    "04 docx": (
        lambda: odd.packed(
            {
                "[Content_Types].xml": "<Types>wordprocessingml</Types>",
                "word/document.xml": "<document/>",
            }
        ),
        NOT_XLSX,
    ),
    "05 csv renamed": (lambda: b"code,name\r\n11002,x\r\n", NOT_XLSX),
    "06 old xls": (lambda: odd.compound("Workbook"), "旧形式です。xlsxで保存し直してください"),
    "07 encrypted": (lambda: odd.compound("EncryptedPackage"), "パスワードを解除してください"),
    "08 truncated": (lambda: odd.workbook()[:-200], BROKEN),
    "09 bad checksum": (odd.with_wrong_checksum, BROKEN),
    "10 xlsm": (
        lambda: odd.workbook(main_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        MACROS,
    ),
    "11 vbaProject": (lambda: odd.with_part("xl/vbaProject.bin"), MACROS),
    "12 xlsb": (
        lambda: odd.packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01"}),
        STRUCTURE,
    ),
    "13 no workbook": (
        lambda: odd.packed({k: v for k, v in odd.parts().items() if k != "xl/workbook.xml"}),
        STRUCTURE,
    ),
    "14 duplicate entries": (
        lambda: odd.packed([*odd.parts().items(), ("xl/workbook.xml", "<workbook/>")]),
        STRUCTURE,
    ),
    "15 parent folder": (lambda: odd.with_part("xl/../../evil.xml"), STRUCTURE),
    "16 symbolic link": (odd.with_link_entry, STRUCTURE),
    "17 10 MB and one": (lambda: b"PK\x03\x04" + bytes(10 * MEGABYTE - 3), "10MB以下"),
    "18 500 MB of spaces": (
        lambda: odd.with_raw_deflate("xl/worksheets/sheet2.xml", [b" " * MEGABYTE] * 500),
        LARGE,
    ),
    "19 lying size": (odd.with_lying_size, LARGE),
    "20 1,001 entries": (
        lambda: odd.packed({**odd.parts(), **{f"xl/media/{n}.png": "" for n in range(996)}}),
        LARGE,
    ),
    "21 millions of texts": (
        lambda: odd.with_raw_deflate(
            "xl/sharedStrings.xml",
            [b"<sst>", *[b"<si><t>%07d</t></si>" % n for n in range(1_000_001)], b"</sst>"],
        ),
        LARGE,
    ),
    "22 too many rows": (lambda: odd.workbook(sheet_xml=odd.sheet(many_rows(50_001))), LARGE),
    "23 last cell of all": (
        lambda: odd.workbook(sheet_xml=odd.sheet('<row><c r="XFD1048576"><v>1</v></c></row>')),
        LARGE,
    ),
    "25 billion laughs": (lambda: doctype(LAUGHS, "&a11;"), MARKUP),
    "26 quadratic entity": (
        lambda: doctype(f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 1_000),
        MARKUP,
    ),
    "27 file entity": (
        lambda: doctype('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
        MARKUP,
    ),
    "28 network entity": (
        lambda: doctype('<!ENTITY a SYSTEM "file://host/share/x">', "&a;"),
        MARKUP,
    ),
    "29 10,000 deep": (
        lambda: odd.workbook(sheet_xml=odd.sheet("<a>" * 10_000 + "</a>" * 10_000)),
        MARKUP,
    ),
    "30 external link": (
        lambda: odd.with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
        EXTERNAL,
    ),
    "30 external relationship": (lambda: related("image", "http://example.com/a.png"), EXTERNAL),
    "31 DDE": (
        lambda: odd.workbook(
            sheet_xml=odd.sheet("<row><c r='A1'><f>cmd|'/c calc'!A0</f><v>1</v></c></row>")
        ),
        EXTERNAL,
    ),
    "32 OLE": (lambda: odd.with_part("xl/embeddings/oleObject1.bin"), EXTERNAL),
    "32 ActiveX": (lambda: odd.with_part("xl/activeX/activeX1.xml", "<a/>"), EXTERNAL),
    "33 data connection": (
        lambda: odd.with_part("xl/connections.xml", "<connections/>"),
        EXTERNAL,
    ),
    "48 lone surrogate": (
        lambda: odd.workbook(sheet_xml=odd.sheet(CELL_OF_ENTITY.format("&#xD800;"))),
        BROKEN,
    ),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.replace(" ", "_"))
def test_a_bad_workbook_is_refused_in_its_words(case: str) -> None:
    make, words = CASES[case]
    with pytest.raises(WorkbookRefused) as refusal:
        read_file(make(), name="回答.xlsx")
    assert words in refusal.value.message
    assert refusal.value.file == "回答.xlsx"
    assert "Traceback" not in str(refusal.value)


def test_a_false_dimension_is_not_believed() -> None:
    false = '<dimension ref="A1:XFD1048576"/><sheetData>'
    content = odd.workbook(sheet_xml=odd.sheet().replace("<sheetData>", false))
    assert read_file(content, name="a.xlsx")[0].rows == [[1.0]]


def test_an_honest_small_workbook_is_read() -> None:
    assert read_file(odd.workbook(), name="a.xlsx")[0].rows == [[1.0]]


def test_a_hyperlink_is_no_external_reference() -> None:
    assert read_file(related("hyperlink", "https://example.com/"), name="a.xlsx")
