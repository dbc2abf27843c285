"""The prefectural and the summary workbooks of the 2023 projection."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from data.errors import UnreadableFile
from data.extract import Extract, RawFile, ipss_prefecture_book, ipss_summary, recognise
from data.harmonise.area_index import AreaIndex
from data.harmonise.areas import harmonise_areas
from data.harmonise.editions import keep_richest
from data.harmonise.population import harmonise_population
from tests.unit.raw_fixtures import AREA_FILES, read

YEARS = list(range(2020, 2051, 5))
AGES = ["総数", *(f"{a}～{a + 4}歳" for a in range(0, 95, 5)), "95歳～"]


@pytest.fixture(scope="module")
def index() -> AreaIndex:
    return harmonise_areas([read(name) for name in AREA_FILES], prefectures=None).index()


def write_prefecture(
    path: Path,
    sheets: list[str],
    *,
    women_first: bool = False,
    unprinted: str = "",
    labels: tuple[str, ...] = (),
) -> RawFile:
    """Write blocks of label and seven years for both sexes, men and women, a column between."""
    with xlsxwriter.Workbook(str(path)) as book:
        for number, name in enumerate(sheets, start=1):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "男女・年齢（5歳）階級別の推計結果")
            years = [f"{year}年".removeprefix(unprinted) for year in YEARS]
            for block, label in enumerate(labels):
                sheet.write(2, 9 * block + 1, label)
            for block in range(3):
                sheet.write_row(3, 9 * block + 1, years)
                for line, label in enumerate([*AGES, "（再掲）", "75歳以上"], start=4):
                    sheet.write(line, 9 * block, label if label != unprinted else "")
                    one = [100 * number + line + y for y in range(len(YEARS))]
                    factor = ((2, 1, 1) if not women_first else (1, 2, 1))[block]
                    sheet.write_row(line, 9 * block + 1, [factor * n for n in one])
    return RawFile(path, path.name)


def write_summary(
    path: Path,
    title: str,
    rows: list[tuple[int, object, str, int]],
    *,
    header: str = "コード",
    unprinted: int = 0,
    above: tuple[str, str] = ("人数（人）", "指数（2020年＝100）"),
) -> RawFile:
    """Write five rows of titles, the last of them the header, and persons, then index numbers."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write(0, 0, title)
        sheet.write(3, 4, above[0])
        sheet.write(3, 4 + len(YEARS), above[1])
        keys = [header, "市などの別", "都道府県", "市区町村"]
        sheet.write_row(
            4, 0, [*keys, *(year if year != unprinted else "" for year in YEARS), *YEARS]
        )
        for line, (code, kind, name, first) in enumerate(rows, start=5):
            persons = [first + n for n in range(len(YEARS))]
            sheet.write_row(line, 0, [code, kind, "見本県", name, *persons, *[100.0] * 7])
    return RawFile(path, path.name)


def persons(table: pd.DataFrame, area: str, year: int, sex: str, ages: tuple) -> list[float]:
    low, high = ages
    same = table["age_to"].isna() if high is None else table["age_to"] == high
    rows = table[
        (table["area_code"] == area) & (table["year"] == year) & (table["sex"] == sex) & same
    ]
    return rows.loc[rows["age_from"] == low, "persons"].tolist()


def test_sheets_of_a_prefecture_are_read_by_sex_and_age(tmp_path: Path, index: AreaIndex) -> None:
    names = ["8500_見本県", "85201_今市", "85301_峠町"]
    file = write_prefecture(tmp_path / "85.xlsx", names)
    assert recognise(file) is ipss_prefecture_book
    extract = ipss_prefecture_book.read(file)
    done = harmonise_population(extract, source_id="ipss2023:85.xlsx", areas=index)
    table = done.tables["population"]
    assert persons(table, "85", 2020, "total", (0, None)) == [2 * 104]
    assert persons(table, "85201", 2050, "male", (0, 4)) == [205 + 6]
    assert persons(table, "85301", 2025, "female", (95, None)) == [300 + 24 + 1]
    assert persons(table, "85201", 2020, "total", (75, None)) == []  # 再掲, below the ages
    assert set(table["age_from"]) == set(range(0, 100, 5))
    assert bool(table.loc[table["year"] == 2025, "is_projection"].all())
    assert table.loc[0, "source_ref"] == "8500_見本県!4行 2020年"


def test_the_coast_of_fukushima_is_one_region(tmp_path: Path) -> None:
    names = ["700_福島県", "7201_福島市", "7999_浜通り地域"]
    frame = ipss_prefecture_book.read(write_prefecture(tmp_path / "07.xlsx", names)).frames[
        "population"
    ]
    kinds = frame.drop_duplicates("コード").set_index("コード")["市などの別"].to_dict()
    assert kinds == {"07000": "a", "07201": "", "07999": "9"}


def test_the_sum_of_the_special_wards_is_left_out(tmp_path: Path) -> None:
    names = ["1300_東京都", "13100_特別区部", "13101_千代田区"]
    extract = ipss_prefecture_book.read(write_prefecture(tmp_path / "13.xlsx", names))
    assert set(extract.frames["population"]["コード"]) == {"13000", "13101"}
    assert [issue.found for issue in extract.issues] == ["13100"]


def test_blocks_in_another_order_are_refused(tmp_path: Path) -> None:
    file = write_prefecture(tmp_path / "85.xlsx", ["8500_見本県", "85201_今市"], women_first=True)
    with pytest.raises(UnreadableFile, match="男女計"):
        ipss_prefecture_book.read(file)


@pytest.mark.parametrize(
    ("labels", "refused"),
    [
        (("男女計", "男", "女"), None),
        (("総数", "女", "男"), "「女」です（「男」のはず"),
        (("男女計（単位：千人）", "男", "女"), "千人"),
    ],
)
def test_blocks_are_what_their_labels_say(
    tmp_path: Path, labels: tuple[str, ...], refused: str | None
) -> None:
    file = write_prefecture(tmp_path / "85.xlsx", ["8500_見本県", "85201_今市"], labels=labels)
    if refused is None:
        assert ipss_prefecture_book.read(file).rows_read == 2 * len(YEARS)
    else:
        with pytest.raises(UnreadableFile, match=refused):
            ipss_prefecture_book.read(file)


SUMMARIES = {
    "将来の総人口": (0, None, 1000),
    "年齢別人口（0～14歳）": (0, 14, 100),
    "年齢別人口（15～64歳）": (15, 64, 500),
    "年齢別人口（65歳以上）": (65, None, 400),
    "年齢別人口（75歳以上）": (75, None, 250),
}


def summaries(folder: Path, index: AreaIndex) -> list[pd.DataFrame]:
    tables = []
    for number, (title, (_, _, first)) in enumerate(SUMMARIES.items()):
        name = f"table{number}.xlsx"
        file = write_summary(folder / name, title, [(85201, 2, "今市", first)])
        assert recognise(file) is ipss_summary
        done = harmonise_population(ipss_summary.read(file), source_id=name, areas=index)
        tables.append(done.tables["population"])
    return tables


def test_summary_tables_together_give_bands_that_add_up(tmp_path: Path, index: AreaIndex) -> None:
    table = keep_richest(summaries(tmp_path, index))
    assert persons(table, "85201", 2020, "total", (0, None)) == [1000]
    assert persons(table, "85201", 2020, "total", (65, 74)) == [150]
    assert persons(table, "85201", 2020, "total", (65, None)) == []
    assert persons(table, "85201", 2050, "total", (75, None)) == [256]
    bands = table[(table["age_from"] > 0) | table["age_to"].notna()]
    assert bands.groupby("year")["persons"].sum().tolist() == [
        1000 + 3 * n for n in range(len(YEARS))
    ]


def test_a_book_with_all_ages_wins_over_the_summary(tmp_path: Path, index: AreaIndex) -> None:
    book = write_prefecture(tmp_path / "85.xlsx", ["8500_見本県", "85201_今市"])
    fine = harmonise_population(ipss_prefecture_book.read(book), source_id="book", areas=index)
    table = keep_richest([*summaries(tmp_path, index), fine.tables["population"]])
    assert set(table["source_id"]) == {"book"}


@pytest.mark.parametrize("title", ["指数の表", "0～14歳と75歳以上"])
def test_a_summary_whose_title_names_no_age_is_refused(tmp_path: Path, title: str) -> None:
    file = write_summary(tmp_path / "k.xlsx", title, [(85201, 2, "今市", 1)])
    with pytest.raises(UnreadableFile, match="題から"):
        ipss_summary.read(file)


@pytest.mark.parametrize("year", [2020, 2035, 2050])
def test_index_numbers_never_stand_for_persons_of_a_year(tmp_path: Path, year: int) -> None:
    rows = [(85201, 2, "今市", 1000)]
    file = write_summary(tmp_path / "k.xlsx", "総人口", rows, unprinted=year)
    with pytest.raises(UnreadableFile, match=f"年が読み取れないものがあります（{year}年）"):
        ipss_summary.read(file)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2035年", "5列目の年の見出しが読み取れません"),
        ("2050年", "8列目の年の見出しが読み取れません"),
        ("40～44歳", "：40〜44歳。"),
    ],
)
def test_a_prefecture_whose_year_or_age_is_not_printed_is_refused(
    tmp_path: Path, cell: str, told: str
) -> None:
    sheets = ["8500_見本県", "85201_今市"]
    file = write_prefecture(tmp_path / "85.xlsx", sheets, unprinted=cell)
    with pytest.raises(UnreadableFile, match=told):
        ipss_prefecture_book.read(file)


def test_the_number_of_a_table_is_no_age(tmp_path: Path) -> None:
    title = "結果表２－３　65歳以上人口"
    file = write_summary(tmp_path / "k.xlsx", title, [(85201, 2, "今市", 1)])
    assert "total:65-" in ipss_summary.read(file).frames["population"]
    both = write_summary(tmp_path / "b.xlsx", f"{title}（うち75歳以上）", [(85201, 2, "今市", 1)])
    with pytest.raises(UnreadableFile, match="どの年齢"):
        ipss_summary.read(both)


def test_index_numbers_are_not_read_as_persons(tmp_path: Path) -> None:
    rows = [(85201, 2, "今市", 1)]
    above = ("指数（2020年＝100）", "総人口（人）")
    file = write_summary(tmp_path / "k.xlsx", "総人口", rows, above=above)
    with pytest.raises(UnreadableFile, match="見出しが「指数"):
        ipss_summary.read(file)


def test_another_header_is_not_the_summary(tmp_path: Path) -> None:
    file = write_summary(tmp_path / "k.xlsx", "総人口", [(85201, 2, "今市", 1)], header="番号")
    assert recognise(file) is not ipss_summary


def test_extracts_name_their_layouts(tmp_path: Path) -> None:
    file = write_summary(tmp_path / "k.xlsx", "総人口", [(85201, 2, "今市", 1)])
    extract: Extract = ipss_summary.read(file)
    assert (extract.layout, extract.source_key, extract.rows_read) == (
        ipss_summary.NAME,
        "ipss2023",
        7,
    )
