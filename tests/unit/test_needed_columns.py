"""A file that lacks a column is refused by name, with the column; no other takes its place."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from data.build import build_from_raw
from data.generations import Store
from data.reading import read_folder
from data.report import BuildReport, FileReport
from tests.unit.raw_fixtures import FIXTURES
from tests.unit.test_extract_kaigo_services import HEADER, office
from tests.unit.test_extract_medical_net import HEADER as MEDICAL_LINE

Table = list[list[str]]
MEDICAL_HEADER = next(csv.reader([MEDICAL_LINE]))
OFFICE = office(
    **{
        "都道府県コード又は市町村コード": "852015",
        "市区町村名": "灯見市",
        "事業所名": "訪問",
        "サービスの種類": "訪問看護",
        "事業所番号": "8560000001",
        "緯度": "30.5",
        "経度": "135.5",
        "定員": "10",
    }
)
UNUSED = {
    "都道府県名", "事業所名カナ", "電話番号", "FAX番号", "利用可能曜日特記事項", "URL",
    "高齢者の方と障害者の方が同時一体的に利用できるサービス", "介護保険の通常の指定基準を満たしている",
    "障害福祉の通常の指定基準を満たしている", "備考",
}  # fmt: skip


def fixture_table(name: str) -> Table:
    content = (FIXTURES / name).read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp932")
    return list(csv.reader(io.StringIO(text)))


def printed(table: Table, *, without: str) -> bytes:
    at = table[0].index(without)
    text = io.StringIO()
    csv.writer(text).writerows([row[:at] + row[at + 1 :] for row in table])
    return text.getvalue().encode("utf-8-sig")


def outcome(folder: Path, name: str, content: bytes) -> FileReport:
    (folder / name).write_bytes(content)
    report = BuildReport()
    read_folder(folder, report=report, progress=lambda text, share: None)
    [entry] = report.files
    return entry


@pytest.mark.parametrize("column", HEADER)
def test_the_list_of_offices(tmp_path: Path, column: str) -> None:
    content = printed([HEADER, OFFICE], without=column)
    if column in UNUSED:
        raw = tmp_path / "raw"
        raw.mkdir()
        shutil.copy(FIXTURES / "geo_N03-21_85_210101.geojson", raw)
        (raw / "a.csv").write_bytes(content)
        report = build_from_raw(Store(tmp_path / "store"), raw=raw, dataset="official")
        assert {entry.outcome for entry in report.files} == {"loaded"}
        return
    entry = outcome(tmp_path, "a.csv", content)
    assert entry.outcome in ("broken", "not_recognised")
    assert f"必要な列がありません：{column}" in str(entry.reason)


@pytest.mark.parametrize("name", ["ipss_age.csv", "ipss_total.csv", "municipal_membership.csv"])
def test_every_column_of_these_tables_is_needed(tmp_path: Path, name: str) -> None:
    table = fixture_table(name)
    wanted = [c for c in table[0] if c.startswith(("p20", "0～4", "90", "団体", "圏域", "コード"))]
    assert len(wanted) > 3
    for column in wanted:
        entry = outcome(tmp_path, "a.csv", printed(table, without=column))
        assert entry.outcome in ("broken", "not_recognised"), column
        assert f"必要な列がありません：{column}" in str(entry.reason)


def test_a_zipped_register_says_what_it_lacks(tmp_path: Path) -> None:
    row = [""] * len(MEDICAL_HEADER)
    content = printed([MEDICAL_HEADER, row], without="市区町村コード")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("01-1_hospital_facility_info_20251201.csv", content)
    entry = outcome(tmp_path, "a.zip", packed.getvalue())
    assert (entry.outcome, "市区町村コード" in str(entry.reason)) == ("not_recognised", True)


def test_a_file_like_none_of_the_layouts_is_only_unknown(tmp_path: Path) -> None:
    entry = outcome(tmp_path, "a.csv", "名前,コード,年\nあ,1,2020\n".encode())
    assert entry.outcome == "not_recognised"
    assert "似ています" not in str(entry.reason)


def test_an_entry_missing_from_a_json_is_named(tmp_path: Path) -> None:
    content = (
        '{"reasons": {}, "changes": [{"reason": "x", "old": {"code": "1"}, "new": {"code": "2"}}]}'
    )
    assert "必要な項目「date」" in str(outcome(tmp_path, "a.json", content.encode()).reason)
