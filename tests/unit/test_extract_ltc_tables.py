from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from data.errors import UnreadableFile
from data.extract import RawFile, ltc_certified, ltc_insured, recognise
from data.extract.insurer_tables import number

INSURED_TITLE = "第２表　保険者別　第１号被保険者数　（年度末現在）"
CERTIFIED_TITLE = "第４－１－１表　保険者別　要介護（要支援）認定者数　男女計　－総数－　（年度末現在）　（その１）"
FIRST = "（再掲）第１号被保険者"
AGES = ["65歳以上70歳未満", "70歳以上75歳未満", "75歳以上80歳未満", "80歳以上85歳未満"]
AGES += ["85歳以上90歳未満", "90歳以上"]
GROUPS = ["総数", FIRST, *(f"{FIRST}　－{age}－" for age in AGES), "（再掲）第２号被保険者"]
LEVELS = [
    "要支援１",
    "要支援２",
    "要介護１",
    "要介護２",
    "要介護３",
    "要介護４",
    "要介護５",
    "合計",
]


def insured_book(
    path: Path,
    *,
    title: str = INSURED_TITLE,
    saved: datetime | None = None,
    oldest: str = "８５歳以上",
    line: int = 0,
    prefecture: str = "東見本県",
) -> RawFile:
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": saved or datetime(2025, 7, 18)})
    sheet = book.add_worksheet("02h")
    sheet.write(line, 0, title)
    sheet.write(2, 7, "（単位：人）")
    for column, label in enumerate(("都道府県", "保険者", "計")):
        sheet.merge_range(3, column, 4, column, label)
    sheet.write_row(4, 3, ["６５歳以上７５歳未満", "７５歳以上８５歳未満", oldest])
    sheet.write_row(5, 0, ["全　 国", "", 100, 50, 30, 20])
    sheet.write_row(6, 0, ["東見本県", "山手市", 60, 30, 20, 10])
    sheet.write_row(7, 0, [prefecture, "山地区広域連合", 40, 20, 10, "-"])
    book.close()
    return RawFile(path, path.name)


def certified_book(path: Path, groups: list[str], *, total: str = "合計") -> RawFile:
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2025, 7, 18)})
    for order, group in enumerate(groups):
        sheet = book.add_worksheet(f"04-1-1h{order}")
        sheet.write(0, 0, CERTIFIED_TITLE)
        sheet.write(2, 0, "※　保険者が国民健康保険団体連合会に提出する受給者台帳を基にしたもの")
        sheet.merge_range(4, 0, 5, 0, "都道府県")
        sheet.merge_range(4, 1, 5, 1, "保険者")
        sheet.merge_range(4, 2, 4, 9, group)
        sheet.write_row(5, 2, [*LEVELS[:-1], total])
        sheet.write_row(6, 0, ["全　 国", "", *[1] * 7, 7])
        sheet.write_row(7, 0, ["東見本県", "山手市", *[order] * 7, 7 * order])
    book.close()
    return RawFile(path, path.name)


def test_insured_persons_by_insurer(tmp_path: Path) -> None:
    file = insured_book(tmp_path / "a.xlsx")
    assert recognise(file) is ltc_insured
    frame = ltc_insured.read(file).frames["insured"]
    assert frame["都道府県"].tolist() == ["全国", "東見本県", "東見本県"]
    assert frame["85歳以上"].tolist() == [20, 10, 0]
    assert frame["source_ref"].tolist() == ["02h!A6", "02h!A7", "02h!A8"]


@pytest.mark.parametrize(
    ("saved", "year"),
    [(datetime(2025, 7, 18), 2023), (datetime(2026, 8, 20), 2024), (datetime(2026, 2, 1), 2023)],
)
def test_the_year_follows_from_the_day_of_saving_and_says_so(
    tmp_path: Path, saved: datetime, year: int
) -> None:
    extract = ltc_insured.read(insured_book(tmp_path / "a.xlsx", saved=saved))
    assert set(extract.frames["insured"]["fiscal_year"]) == {year}
    assert [(issue.field, issue.set_aside) for issue in extract.issues] == [("年度", False)]


def test_a_printed_year_comes_first(tmp_path: Path) -> None:
    title = "第２表　保険者別　第１号被保険者数　（令和４年度末現在）"
    extract = ltc_insured.read(insured_book(tmp_path / "a.xlsx", title=title))
    assert set(extract.frames["insured"]["fiscal_year"]) == {2022}
    assert extract.vintage == "令和4年度(2022年度)末"
    assert extract.issues == []


def test_certified_groups_come_from_the_sheets_themselves(tmp_path: Path) -> None:
    file = certified_book(tmp_path / "a.xlsx", GROUPS[::-1])
    assert recognise(file) is ltc_certified
    frame = ltc_certified.read(file).frames["certified"]
    town = frame[frame["保険者"] == "山手市"].set_index("区分")
    assert town["合計"].to_dict() == {
        **{"第2号": 0, "90-": 7, "85-89": 14, "80-84": 21, "75-79": 28},
        **{"70-74": 35, "65-69": 42, "第1号": 49, "総数": 56},
    }
    assert town.loc["65-69", "要介護5"] == 6


def test_a_renamed_column_of_the_insured_is_named_with_its_sheet(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="必要な列がありません：85歳以上。") as error:
        ltc_insured.read(insured_book(tmp_path / "a.xlsx", oldest="８５〜"))
    assert (error.value.sheet, error.value.cell) == ("02h", "4〜5行")


def test_an_insurer_of_no_prefecture_is_refused_with_its_cell(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="山地区広域連合」の都道府県が空欄") as error:
        ltc_insured.read(insured_book(tmp_path / "a.xlsx", prefecture=""))
    assert error.value.cell == "A8"


@pytest.mark.parametrize(
    ("groups", "total", "told"),
    [
        (GROUPS, "総計", "必要な列がありません：合計。"),
        (GROUPS[:4] + GROUPS[5:], "合計", "区分のシートがありません：75歳以上80歳未満。"),
        ([*GROUPS, GROUPS[4]], "合計", "区分のシートが二つ以上あります：75歳以上80歳未満。"),
        (
            [group.replace("75歳以上80歳未満", "75〜79歳") for group in GROUPS],
            "合計",
            "ありません：75歳以上80歳未満。（04-1-1h4は「第1号被保険者-75〜79歳-」）",
        ),
    ],
)
def test_what_a_book_of_certified_persons_lacks_is_named(
    tmp_path: Path, groups: list[str], total: str, told: str
) -> None:
    with pytest.raises(UnreadableFile) as error:
        ltc_certified.read(certified_book(tmp_path / "a.xlsx", groups, total=total))
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [(12.0, 12), ("1,234", 1234), ("１２", 12), ("-", 0), ("－", 0), ("", None), ("…", None)],
)
def test_printed_numbers(cell: object, value: float | None) -> None:
    assert number(cell) == value


@pytest.mark.parametrize("line", [1, 2])
def test_a_title_under_blank_lines_is_found(tmp_path: Path, line: int) -> None:
    file = insured_book(tmp_path / "a.xlsx", line=line)
    assert recognise(file) is ltc_insured
    assert ltc_insured.read(file).frames["insured"]["計"].tolist() == [100, 60, 40]
