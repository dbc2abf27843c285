from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from data.errors import UnreadableFile
from data.extract import RawFile, kaigo_services, recognise

HEADER_LINE = (
    "都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,"
    "方書（ビル名等）,緯度,経度,電話番号,FAX番号,法人番号,法人の名称,事業所番号,利用可能曜日,"
    "利用可能曜日特記事項,定員,URL,高齢者の方と障害者の方が同時一体的に利用できるサービス,"
    "介護保険の通常の指定基準を満たしている,障害福祉の通常の指定基準を満たしている,備考"
)
HEADER = HEADER_LINE.split(",")


def office(**cells: str) -> list[str]:
    return [cells.get(label, "") for label in HEADER]


def write(path: Path, rows: list[list[str]], *, encoding: str = "utf-8-sig") -> RawFile:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([HEADER, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return RawFile(path, path.name)


ROW = office(
    **{
        "都道府県コード又は市町村コード": "011011",
        "サービスの種類": "訪問看護",
        "事業所番号": "0160000001",
        "電話番号": "011-000-0000",
        "利用可能曜日": "平日,祝日",
        "URL": "someone@example.jp",
    }
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
def test_recognised_by_content_whatever_the_name(tmp_path: Path, encoding: str) -> None:
    file = write(tmp_path / "ダウンロード(1).csv", [ROW], encoding=encoding)
    assert recognise(file) is kaigo_services
    assert kaigo_services.read(file).frames["offices"]["事業所番号"].tolist() == ["0160000001"]


def test_codes_keep_their_zero_and_rows_their_number(tmp_path: Path) -> None:
    frame = kaigo_services.read(write(tmp_path / "a.csv", [ROW, ROW])).frames["offices"]
    assert frame["都道府県コード又は市町村コード"].tolist() == ["011011", "011011"]
    assert frame["利用可能曜日"].tolist() == ["平日,祝日"] * 2
    assert frame["source_ref"].tolist() == ["行 2", "行 3"]


def test_contacts_are_not_taken_over(tmp_path: Path) -> None:
    frame = kaigo_services.read(write(tmp_path / "a.csv", [ROW])).frames["offices"]
    assert not {"電話番号", "FAX番号", "URL"} & set(frame.columns)
    assert not frame.astype(str).map(lambda cell: "@" in cell or "011-000" in cell).any(axis=None)


def test_a_row_of_another_width_is_set_aside(tmp_path: Path) -> None:
    extract = kaigo_services.read(write(tmp_path / "a.csv", [ROW, ROW[:-2], ROW]))
    assert extract.rows_read == 2
    assert [(i.source_ref, i.found, i.set_aside) for i in extract.issues] == [
        ("行 3", "22列", True)
    ]
    assert extract.frames["offices"]["source_ref"].tolist() == ["行 2", "行 4"]


def test_vintage_comes_from_the_name_where_it_has_a_date(tmp_path: Path) -> None:
    dated = write(tmp_path / "jigyosho_130_all_20260709180342.csv", [ROW])
    plain = write(tmp_path / "jigyosho_130.csv", [ROW])
    assert kaigo_services.read(dated).vintage == "令和8年(2026年)7月9日提供"
    assert "記載なし" in kaigo_services.read(plain).vintage


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [ROW])
    file.path.write_bytes(file.path.read_bytes() + b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile, match="文字コード"):
        kaigo_services.read(file)


@pytest.mark.parametrize(
    ("name", "vintage"),
    [
        ("介護_2025年12月末/jigyosho_130.csv", "令和7年(2025年)12月末時点"),
        ("令和８年６月末時点/jigyosho_130_all_20260709180342.csv", "令和8年(2026年)6月末時点"),
        ("介護_2025年13月末/jigyosho_130.csv", "時点の記載なし（公表は6月末と12月末）"),
    ],
)
def test_a_folder_may_state_the_day(tmp_path: Path, name: str, vintage: str) -> None:
    written = write(tmp_path / "jigyosho_130.csv", [ROW])
    assert kaigo_services.read(RawFile(written.path, name)).vintage == vintage
