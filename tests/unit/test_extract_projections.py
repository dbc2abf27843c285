"""The three layouts of population projections."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from data.errors import UnreadableFile
from data.extract import RawFile, ipss_age_csv, ipss_total_csv, ipss_workbook, recognise
from data.reading import read_folder
from data.report import BuildReport
from tests.unit.raw_fixtures import read

WIDTH = 84
BESIDE = {
    72: "2020年=100",
    75: "15～64歳",
    76: "65歳以上",
    78: "75歳以上",
    81: "0～14歳",
    82: "65歳以上",
}
BANDS = [f"{age}～{age + 4}" for age in range(0, 95, 5)] + ["95歳～"]


def write_workbook(
    path: Path,
    rows: list[list[object]],
    *,
    title: str,
    shift: int = 0,
    renamed: str = "",
    sexes: tuple[str, ...] = ("総数", "男", "女"),
) -> None:
    """Write the publisher's layout: titles, a two-row header in rows 4–5, data from row 6."""
    keys = ["コード", "市などの別", "都道府県", "市区町村", "年"]
    upper: list[str] = [*keys]
    lower = [""] * len(keys)
    for label in sexes:
        upper += ["総数" if label == "総数" else f"総数（{label}）", label, *[""] * 19]
        lower += ["", *BANDS]
    groups = {72: "指数", 75: "再掲", 81: "割合"}
    upper = ["改" if label == renamed else label for label in upper]
    beside = range(len(upper) + 1, WIDTH + 1)
    upper += [groups.get(column, "") for column in beside]
    lower += [BESIDE.get(column, "") for column in beside]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write(0, 0, title)
        for number, row in enumerate([upper, lower, *rows], start=3 + shift):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, column, cell)


def one_row(code: object, kind: object, name: str, year: int, start: int) -> list[object]:
    male = [start + n for n in range(20)]
    female = [start + 100 + n for n in range(20)]
    both = [m + f for m, f in zip(male, female, strict=True)]
    cells = [sum(both), *both, sum(male), *male, sum(female), *female]
    keys = [code, kind, "見本県", name, year]
    beside = range(len(keys) + len(cells) + 1, WIDTH + 1)
    return [*keys, *cells, *(100.0 if column in BESIDE else "" for column in beside)]


def test_age_csv_keeps_the_source_labels() -> None:
    extract = read("ipss_age.csv")
    frame = extract.frames["population"]
    assert (extract.layout, extract.source_key) == (ipss_age_csv.NAME, "ipss2018")
    assert frame.loc[0, "コード"] == "1100"
    assert frame.loc[0, "source_ref"] == "行 2"


def test_total_csv_is_recognised() -> None:
    extract = read("ipss_total.csv")
    assert (extract.layout, extract.rows_read) == (ipss_total_csv.NAME, 4)


@pytest.mark.parametrize("shift", [0, 2])
def test_workbook_columns_are_found_by_their_headers(tmp_path: Path, shift: int) -> None:
    path = tmp_path / "suikei_kekka.xlsx"
    rows = [one_row(1100, 1, "北の市", 2020, 10), one_row(7999, 9, "浜の地域", 2050, 20)]
    write_workbook(path, rows, title="男女・年齢（5歳）階級別の推計結果", shift=shift)
    file = RawFile(path, path.name)
    assert recognise(file) is ipss_workbook
    extract = ipss_workbook.read(file)
    frame = extract.frames["population"]
    assert extract.source_key == "ipss2023"
    assert frame["source_ref"].tolist() == [f"Sheet1!A{6 + shift}", f"Sheet1!A{7 + shift}"]
    first = frame.iloc[0]
    assert (first["male:0-4"], first["female:0-4"], first["total:0-4"]) == (10, 110, 120)
    assert (first["male:95-"], first["female:95-"]) == (29, 129)
    assert first["total:0-"] == sum(range(10, 30)) + sum(range(110, 130))
    bands = [name for name in frame.columns if name.startswith("total:")]
    assert len(bands) == 21


def test_workbook_of_the_demo_says_so(tmp_path: Path) -> None:
    path = tmp_path / "demo.xlsx"
    write_workbook(path, [one_row(81100, 1, "見本市", 2020, 1)], title="演習データ（架空）")
    extract = ipss_workbook.read(RawFile(path, path.name))
    assert set(extract.frames["population"]["edition"]) == {"demo"}
    assert extract.source_key == "demo"


@pytest.mark.parametrize(
    ("sexes", "title", "refused"),
    [
        (("総数", "女", "男"), "推計結果", "「女」です（「男」のはず"),
        (("総数", "男", "女"), "推計結果（単位：千人）", "単位が「千人」です"),
    ],
)
def test_a_workbook_in_another_order_or_unit_is_refused(
    tmp_path: Path, sexes: tuple[str, ...], title: str, refused: str
) -> None:
    path = tmp_path / "suikei_kekka.xlsx"
    write_workbook(path, [one_row(1100, 1, "北の市", 2020, 10)], title=title, sexes=sexes)
    with pytest.raises(UnreadableFile, match=refused):
        ipss_workbook.read(RawFile(path, path.name))


def test_workbook_without_the_women_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "short.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        keys = ["コード", "市などの別", "都道府県", "市区町村", "年", "総数"]
        for column, label in enumerate([*keys, *BANDS]):
            sheet.write(3, column, label)
        sheet.write(5, 0, 1100)
    with pytest.raises(UnreadableFile, match="三組"):
        ipss_workbook.read(RawFile(path, path.name))


@pytest.mark.parametrize(
    ("label", "told"), [("総数", "総数の列がありません"), ("年", "列がありません：年")]
)
def test_a_renamed_column_of_the_workbook_is_named(tmp_path: Path, label: str, told: str) -> None:
    path = tmp_path / "suikei_kekka.xlsx"
    rows = [one_row(1100, 1, "北の市", 2020, 10)]
    write_workbook(path, rows, title="男女・年齢（5歳）階級別の推計結果", renamed=label)
    report = BuildReport()
    read_folder(tmp_path, report=report, progress=lambda text, share: None)
    assert told in str(report.files[0].reason)


@pytest.mark.parametrize(
    ("label", "ages"),
    [
        ("0～4歳", (0, 4)),
        ("90歳以上", (90, None)),
        ("95歳～", (95, None)),
        ("９０〜９４", (90, 94)),
        ("総数", None),
        ("2020年=100", None),
    ],
)
def test_age_bands(label: str, ages: tuple[int, int | None] | None) -> None:
    assert ipss_workbook.band(label) == ages
