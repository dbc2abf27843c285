from __future__ import annotations

from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from analytics.checklist import (
    NEAREST,
    SHORT,
    checklist_sentence,
    checklist_states,
    counted_states,
    own_checklist,
    own_checklist_sentence,
)
from analytics.cross_table import (
    CELLS,
    FUNCTIONS,
    PROGRAMMES,
    cell_key,
    changed_cells,
    cross_region_sentence,
    cross_sentence,
    filled_by_municipality,
    filled_counts,
    grid_of,
)
from analytics.form_answers import question_of
from analytics.item_notes import noted_answers, notes_sentence, other_notes
from exports.cross_sheet import cross_sheet
from records.kinds import kind_of

PLACES = pd.DataFrame({"area_code": ["01201", "01202"], "area_name": ["甲市", "乙町"]})
CELLS_WRITTEN = pd.DataFrame({
    "area_code": ["01201", "01201", "01202"],
    "subject": ["home_care.training", "dementia.training", "home_care.training"],
    "text": ["多職種研修", "=1+1", "合同研修"],
    "changed_at": ["2026-06-01T10:00", "2026-06-03T10:00", "2026-05-01T10:00"],
})  # fmt: skip
CHECKED = pd.DataFrame({
    "area_code": ["01201", "01201", "01202"],
    "subject": ["dementia", "disaster", "disaster"],
    "state": ["yes", "no", "no"],
    "note": ["手引きを作った", None, None],
    "changed_by": ["担当A", "担当A", "担当B"],
    "changed_at": ["2026-06-01T10:00"] * 3,
})  # fmt: skip
ASKED = {"dementia": "認知症の取組", "disaster": "災害時の対応", "medical_functions": "医療計画"}


def test_tables_have_the_keys_under_which_entries_are_kept() -> None:
    keys = {cell_key(p, f) for p in PROGRAMMES for f in FUNCTIONS}
    assert keys == set(kind_of("cross_table").subjects)
    assert len(keys) == CELLS == 25
    assert list(SHORT) == list(kind_of("checklist").subjects)
    assert set(NEAREST) < set(SHORT)
    for question in NEAREST.values():
        assert "r3" in question_of(question).frameworks


def test_grid_of_a_municipality() -> None:
    grid = grid_of(CELLS_WRITTEN, area_code="01201")
    assert grid.loc["training", "home_care"] == "多職種研修"
    assert grid.drop(columns="function").notna().to_numpy().sum() == 2
    said = cross_sentence(grid, area_name="甲市")
    assert said.startswith("甲市の横断表は、25の升のうち2が書かれています。")
    assert "「地域ケア会議」" in said
    assert "「住民啓発」" in said
    assert "「人材養成」" not in said
    empty = grid_of(CELLS_WRITTEN, area_code="01999")
    assert "どれもまだ書かれていません" in cross_sentence(empty, area_name="丙村")


def test_region_counts_by_hand() -> None:
    counts = filled_counts(CELLS_WRITTEN, codes=["01201", "01202"])
    by_cell = counts.set_index(["function", "programme"])["filled"]
    assert by_cell[FUNCTIONS["training"], PROGRAMMES["home_care"]] == 2
    assert by_cell.sum() == 3
    said = cross_region_sentence(counts, area_name="北県")
    assert "「在宅医療・介護連携推進事業 × 人材養成」（2市町村）" in said
    assert "どの市町村も書いていない升は23あります" in said
    rows = filled_by_municipality(CELLS_WRITTEN, PLACES)
    assert rows[["filled", "changed_at"]].to_numpy().tolist() == [
        [2, "2026-06-03"],
        [1, "2026-05-01"],
    ]


def test_only_changed_cells_are_kept() -> None:
    before = grid_of(CELLS_WRITTEN, area_code="01201")
    after = before.copy()
    after.loc["training", "home_care"] = "多職種研修 "  # the same but for a blank
    after.loc["training", "dementia"] = ""
    after.loc["awareness", "other"] = "講演会"
    assert changed_cells(before, after) == [
        ("dementia.training", None),
        ("other.awareness", "講演会"),
    ]


def test_sheet_is_one_page_and_text_stays_text() -> None:
    content = cross_sheet(
        grid_of(CELLS_WRITTEN, area_code="01201"),
        rows=FUNCTIONS, columns=PROGRAMMES, title="甲市　横断表",
        notes={"training": "多職種研修（回） 3"}, source=("担当者の記録",),
    )  # fmt: skip
    sheet = openpyxl.load_workbook(BytesIO(content))["横断表"]
    assert sheet["A1"].value == "甲市　横断表"
    assert [cell.value for cell in sheet[3]][1:] == list(PROGRAMMES.values())
    assert sheet["B7"].value == "多職種研修"
    assert (sheet["C7"].value, sheet["C7"].data_type) == ("=1+1", "s")
    assert sheet["A7"].value == "人材養成\n多職種研修（回） 3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_checklist_by_hand() -> None:
    states = checklist_states(CHECKED, PLACES, asked=ASKED)
    assert states.pivot(index="area_code", columns="item_key", values="category").to_dict() == {
        "dementia": {"01201": "done", "01202": "absent"},
        "disaster": {"01201": "none", "01202": "none"},
        "medical_functions": {"01201": "absent", "01202": "absent"},
    }
    counts = counted_states(states, asked=ASKED).set_index(["item_key", "category"])
    assert counts.loc[("disaster", "none"), "respondents"] == 2
    assert counts.groupby("item_key")["respondents"].sum().unique().tolist() == [2]
    said = checklist_sentence(states, area_name="北県")
    assert "2市町村のうち、確認表に記入があるのは2です" in said
    assert "「していない」が最も多いのは「災害」（2市町村）" in said
    better = checklist_sentence(states.replace({"none": "done"}), area_name="北県")
    assert "していない" not in better


def test_own_checklist_stands_beside_the_answers() -> None:
    answers = pd.DataFrame({
        "area_code": ["01201"], "question_id": ["aspect_dementia_action"], "value": [None],
        "status": ["unanswered"],
    })  # fmt: skip
    rows = own_checklist(CHECKED, answers, area_code="01201", asked=ASKED).set_index("item_key")
    assert rows.loc["dementia", ["state", "note", "answer"]].tolist() == [
        "している", "手引きを作った", "未回答",
    ]  # fmt: skip
    assert rows.loc["medical_functions", ["state", "answer"]].tolist() == ["未記入", "近い設問なし"]
    assert rows.loc["disaster", "answer"] == "データなし"
    said = own_checklist_sentence(rows, area_name="甲市")
    assert said == (
        "甲市は、3項目のうち2を記入、「している」は1です。「していない」は「災害時の対応」です。"
    )


@pytest.fixture
def notes() -> pd.DataFrame:
    return pd.DataFrame({
        "area_code": ["01201", "01201"], "subject": ["a", "scene_eol_goal"],
        "text": ["島の診療所だけ", "話し合いを始めた"], "changed_by": ["担当A", "担当B"],
        "changed_at": ["2026-06-01T10:00", "2026-06-02T10:00"],
    })  # fmt: skip


def test_notes_stand_beside_their_answers(notes: pd.DataFrame) -> None:
    answers = pd.DataFrame({
        "area_code": ["01201", "01201", "01202"], "area_name": ["甲市", "甲市", "乙町"],
        "item_key": ["a", "i", "a"], "item_label": ["ア", "イ", "ア"],
        "answer": ["実施", "未実施", "実施"],
    })  # fmt: skip
    rows = noted_answers(answers, notes, with_blank=False)
    assert rows[["answer", "text", "changed_by", "changed_at"]].to_numpy().tolist() == [
        ["実施", "島の診療所だけ", "担当A", "2026-06-01"]
    ]
    assert len(noted_answers(answers, notes, with_blank=True)) == 3
    said = notes_sentence(rows, area_name="北県", municipalities=2)
    assert "2市町村のうち1に、合わせて1件" in said
    assert "最も多い項目は「ア」です" in said
    rest = other_notes(notes, items={"a"})
    assert rest[["item_label", "framework_label"]].to_numpy().tolist() == [
        ["看取り：目指す姿の設定", "R3–"]
    ]
    assert "まだありません" in notes_sentence(rows.head(0), area_name="北県", municipalities=2)
