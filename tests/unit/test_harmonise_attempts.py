"""A file whose content nobody foresaw is refused by name, and the build goes on."""

from __future__ import annotations

import pandas as pd
import pytest
from structlog.testing import capture_logs

from data.errors import UserError
from data.extract import Extract, RowIssue, kaigo_services, ltc_insured, mieruka_export
from data.harmonise import Harmonised
from data.harmonise.area_index import AreaIndex
from data.harmonise.areas import AreaTables, harmonise_areas
from data.harmonise.attempts import harmonise_each
from data.harmonise.dispatch import HARMONISERS
from data.harmonise.files import harmonise_files
from data.report import BuildReport, FileReport
from data.vintages import set_older_aside
from tests.unit.area_stand import area_stand
from tests.unit.raw_fixtures import AREA_FILES, read
from tests.unit.test_harmonise_facilities import OFFICE
from tests.unit.test_harmonise_insurance import INSURED, insured_extract

Pair = tuple[FileReport, Extract]
LATE, EARLY = "2026年6月30日", "2025年12月31日"


@pytest.fixture(scope="module")
def areas() -> AreaTables:
    return harmonise_areas([read(name) for name in AREA_FILES], prefectures=None)


def listed(name: str, vintage: str, number: str) -> Pair:
    row = OFFICE | {"都道府県コード又は市町村コード": "852015", "事業所番号": number}
    frame = pd.DataFrame([{**row, "source_ref": "行 2"}], dtype="str")
    extract = Extract(kaigo_services.NAME, "kaigo_service", vintage, {"offices": frame}, 1)
    issue = RowIssue("行 3", "", "", "除きました。")
    entry = FileReport(name, kaigo_services.NAME, "loaded", 1, vintage, f"kaigo:{name}")
    entry.issues.append(issue)
    return entry, extract


def refusing(monkeypatch: pytest.MonkeyPatch, vintage: str, error: Exception) -> None:
    """Let the harmoniser of offices raise at the files of one vintage."""
    usual = HARMONISERS[kaigo_services.NAME]

    def harmonise(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
        if extract.vintage == vintage:
            raise error
        return usual(extract, source_id=source_id, areas=areas)

    monkeypatch.setitem(HARMONISERS, kaigo_services.NAME, harmonise)


def test_a_file_that_nobody_foresaw_is_refused_and_the_others_are_built(
    monkeypatch: pytest.MonkeyPatch, areas: AreaTables
) -> None:
    whole, odd = listed("a.csv", LATE, "1"), listed("b.csv", "", "2")
    refusing(monkeypatch, "", KeyError("氏名 見本太郎"))
    with capture_logs() as lines:
        tables = harmonise_files([whole, odd], areas)
    assert tables["facility"]["source_id"].tolist() == ["kaigo:a.csv"]
    assert set(tables["source_coverage"]["source_id"]) == {"kaigo:a.csv"}
    assert "facility_vintage" not in tables
    row = BuildReport([odd[0]]).file_frame().iloc[0]
    assert row[["outcome", "rows_read", "rows_set_aside"]].tolist() == ["failed", 0, 0]
    assert row["source_id"] is None
    said = odd[0].line()
    assert "b.csv" in said
    assert "取り込めません：行は読めましたが" in said
    assert "KeyError" in said
    (line,) = lines
    assert (line["event"], line["file"], line["kind"]) == ("harmonise_failed", "b.csv", "KeyError")
    assert "raise error" in line["exception"]
    assert "見本太郎" not in said + line["exception"]


def test_an_older_list_counts_when_the_newer_one_is_refused(
    monkeypatch: pytest.MonkeyPatch, areas: AreaTables
) -> None:
    late, early = listed("late.csv", LATE, "1"), listed("early.csv", EARLY, "2")
    set_older_aside([late, early])
    assert early[0].outcome == "older"
    refusing(monkeypatch, LATE, UserError("事業所番号が2列あります。", "1列にしてください。"))
    tables = harmonise_files([late, early], areas)
    assert (late[0].outcome, late[0].reason) == (
        "broken",
        "事業所番号が2列あります。1列にしてください。",
    )
    assert (early[0].outcome, early[0].reason) == ("loaded", None)
    assert tables["facility"]["facility_id"].tolist() == ["kaigo-2"]


def test_names_of_insurers_come_from_files_that_are_not_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    insured = insured_extract(INSURED)
    insured.layout = ltc_insured.NAME
    export = Extract(mieruka_export.NAME, "mieruka_export", "", {}, 0)
    area = pd.DataFrame({"area_code": ["81"], "name": ["東見本県"]})
    names = []

    def exported(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
        names.append(dict(areas.insurers))
        return Harmonised({})

    def failing(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
        raise ValueError

    monkeypatch.setitem(HARMONISERS, mieruka_export.NAME, exported)
    for harmoniser in (HARMONISERS[ltc_insured.NAME], failing):
        monkeypatch.setitem(HARMONISERS, ltc_insured.NAME, harmoniser)
        found = [(FileReport("m.xlsx", outcome="loaded"), export),
                 (FileReport("i.xlsx", outcome="loaded"), insured)]  # fmt: skip
        harmonise_each(found, area=area, index=area_stand())
    assert names == [{("81", "山地区広域連合"): "ins-81-01"}, {}]
