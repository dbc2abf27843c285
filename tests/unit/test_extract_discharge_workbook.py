"""The discharge form: months kept, care levels apart, a year's sums from whole months only."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from data.demo.survey_discharge import _by_month
from data.errors import UnreadableFile
from data.extract import RawFile, discharge_workbook, recognise
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from data.harmonise.discharge import harmonise_discharge

QUESTIONS = [
    f"{name}_{care}"
    for care in ("support", "care")
    for name in (
        "admissions_known", "admissions_informed",
        "discharges_known", "discharges_told", "discharges_late",
    )
]  # fmt: skip
ALL = [40, 10, 30, 20, 5, 100, 60, 90, 70, 9]


def book(
    folder: Path,
    rows: list[list[object]],
    *,
    survey_id: str = "discharge_form",
    year: object = 2024,
) -> RawFile:
    path = folder / "入退院.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("入退院")
        sheet.write_row(0, 0, ["様式", survey_id])
        sheet.write_row(1, 0, ["年度", year])
        ids = ["area_code", "area_name", "month", *QUESTIONS]
        sheet.write_row(4, 0, [f"{name}の見出し" for name in ids])
        sheet.write_row(5, 0, ids)
        for line, row in enumerate(rows, start=6):
            sheet.write_row(line, 0, row)
    return RawFile(path, path.name)


def areas(*zones: str) -> AreaIndex:
    places = pd.DataFrame(
        [("81201", "municipality", "山手市", "", "", None, "東見本県")],
        columns=["area_code", "area_type", "name", "district", "city_code", "valid_to",
                 "prefecture_name"],
    )  # fmt: skip
    changes = pd.DataFrame(columns=["old_code", "new_code", "changed_on", "reason"])
    return AreaIndex(places=places, changes=changes, zones=frozenset(zones))


def harmonised(folder: Path, rows: list[list[object]], *zones: str) -> Harmonised:
    extract = discharge_workbook.read(book(folder, rows))
    found = areas(*(zones or ("hc-8101", "hc-8102")))
    return harmonise_discharge(extract, source_id="s", areas=found)


def measured(done: Harmonised) -> pd.Series:
    return done.tables["measure"].set_index(["area_code", "measure_id"])["value"]


def test_recognised_by_its_sheet(tmp_path: Path) -> None:
    assert recognise(book(tmp_path, [["hc-8101", "東", "6月", *ALL]])) is discharge_workbook


def test_months_are_kept_and_summed(tmp_path: Path) -> None:
    rows = [["hc-8101", "東", "6月", *ALL], ["hc-8101", "東", "2024-10", *ALL]]
    done = harmonised(tmp_path, rows)
    answers = done.tables["survey_answer"].set_index("question_id")
    assert answers.loc["discharges_told_care_m06", "value"] == "70"
    assert answers.loc["discharges_told_care_m10", "source_ref"] == "入退院!L8"
    assert set(answers["framework"]) == {"r3"}
    values = measured(done)
    assert values["hc-8101", "cm_discharges_told_care"] == 140
    assert values["hc-8101", "cm_discharges_untold_care"] == 40
    assert values["hc-8101", "cm_admissions_informed_support"] == 20
    refs = done.tables["measure"]["source_ref"]
    assert refs.iloc[0] == "入退院（6月・10月の合計）"


def test_a_month_with_a_gap_counts_for_no_rate_of_its_group(tmp_path: Path) -> None:
    gap = ALL.copy()
    gap[3] = ""  # 要支援: discharges told in October
    rows = [["hc-8101", "東", 6, *ALL], ["hc-8101", "東", 10, *gap]]
    done = harmonised(tmp_path, rows)
    values = measured(done)
    assert values["hc-8101", "cm_discharges_known_support"] == 30
    assert values["hc-8101", "cm_admissions_known_support"] == 80
    assert values["hc-8101", "cm_discharges_known_care"] == 180
    answers = done.tables["survey_answer"].set_index("question_id")
    assert answers.loc["discharges_told_support_m10", "status"] == "unanswered"


def test_zero_is_counted_and_suppressed_is_not(tmp_path: Path) -> None:
    zero = [0, 0, 0, 0, 0, "***", "***", 90, 70, 9]
    done = harmonised(tmp_path, [["hc-8101", "東", 6, *zero]])
    values = measured(done)
    assert values["hc-8101", "cm_admissions_known_support"] == 0
    status = done.tables["measure"].set_index("measure_id")["status"]
    assert status["cm_admissions_known_care"] == "suppressed"
    assert status["cm_discharges_known_care"] == "observed"


def test_a_part_above_its_whole_is_named_and_left_out(tmp_path: Path) -> None:
    wrong = ALL.copy()
    wrong[1] = 41  # informed of 40 known
    done = harmonised(tmp_path, [["hc-8101", "東", 6, *wrong]])
    assert ("hc-8101", "cm_admissions_known_support") not in measured(done).index
    assert measured(done)["hc-8101", "cm_discharges_known_support"] == 30
    (issue,) = done.issues
    assert (issue.source_ref, issue.found) == ("入退院!E7", "41")
    assert "内訳が全体より多い" in issue.reason


def test_prefecture_only_when_every_area_is_there(tmp_path: Path) -> None:
    one = [["hc-8101", "東", 6, *ALL]]
    assert ("81", "cm_admissions_known_care") not in measured(harmonised(tmp_path, one)).index
    both = [*one, ["hc-8102", "山", 6, *ALL]]
    assert measured(harmonised(tmp_path, both))["81", "cm_admissions_known_care"] == 200


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (["81201", "山手市", 6, *ALL], "area_code"),
        (["hc-9999", "よその県", 6, *ALL], "area_code"),
        (["hc-8101", "東", "13月", *ALL], "month"),
    ],
)
def test_rows_of_no_area_or_month_are_set_aside_by_name(
    tmp_path: Path, row: list[object], field: str
) -> None:
    done = harmonised(tmp_path, [["hc-8102", "山", 6, *ALL], row])
    (issue,) = done.issues
    assert (issue.field, issue.set_aside) == (field, True)
    assert set(done.tables["survey_answer"]["area_code"]) == {"hc-8102"}


def test_the_later_of_two_rows_is_used(tmp_path: Path) -> None:
    later = [50, *ALL[1:]]
    rows = [["hc-8101", "東", 6, *ALL], ["hc-8101", "東", 6, *later]]
    done = harmonised(tmp_path, rows)
    assert measured(done)["hc-8101", "cm_admissions_known_support"] == 50
    assert "後の行を使いました" in done.issues[0].reason


@pytest.mark.parametrize(("survey_id", "year"), [("other", 2024), ("discharge_form", "いつか")])
def test_wrong_heads_are_refused_with_their_cell(
    tmp_path: Path, survey_id: str, year: object
) -> None:
    file = book(tmp_path, [["hc-8101", "東", 6, *ALL]], survey_id=survey_id, year=year)
    with pytest.raises(UnreadableFile) as refused:
        discharge_workbook.read(file)
    assert refused.value.cell in ("B1", "B2")


def test_demo_months_add_up_and_parts_stay_within_wholes() -> None:
    counts = pd.DataFrame([[*ALL], [0] * 10], columns=[f"cm_{q}" for q in QUESTIONS])
    parts = _by_month(counts, np.random.default_rng(1))
    total = sum(parts.values())
    assert total[QUESTIONS].to_numpy().tolist() == counts.to_numpy().tolist()
    for month in parts.values():
        assert (month["discharges_late_care"] <= month["discharges_told_care"]).all()
        assert (month["admissions_informed_support"] <= month["admissions_known_support"]).all()
