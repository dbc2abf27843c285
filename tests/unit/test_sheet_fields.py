"""The blanks of a group's sheet agree with the documents and with the sheets that are printed."""

from exports.planning_sheet import STEPS
from records.kinds import kind_of
from workshop.sheet_fields import pick_fields, sections, text_fields
from workshop.sheets import checked_text


def section(key):
    return next(each for each in sections() if each.key == key)


def test_the_six_steps_are_those_of_the_planning_sheet_and_fit_it():
    fields = section("steps").fields
    assert [(f.key, f.label, f.prompt) for f in fields if f.key != "quality"] == [
        (s.key, s.title, s.prompt) for s in STEPS if s.key != "quality"
    ]
    for field in fields:
        assert field.max_length <= kind_of("planning").field(field.key).max_length


def test_the_cross_table_has_the_cells_of_the_record():
    kind = kind_of("cross_table")
    cells = {field.key.removeprefix("cross."): field for field in section("cross").fields}
    assert {key: field.label for key, field in cells.items()} == dict(kind.subjects)
    longest = {field.max_length for field in cells.values()}
    assert longest == {kind.field("text").max_length}


def test_every_field_that_takes_indicators_stands_alone():
    assert len(pick_fields()) == 10
    assert not set(pick_fields()) & set(text_fields())
    for key, field in text_fields().items():
        assert checked_text(key, f"{field.prompt}{field.example}") or not field.prompt


def test_the_board_and_its_evaluation_are_named_in_order():
    assert [f.label.partition("（")[0] for f in section("board").fields] == [
        "インプット", "アクティビティ", "アウトプット", "アウトカム", "アウトカム", "アウトカム",
    ]  # fmt: skip
    assert [f.label for f in section("evaluation").fields] == [
        "プロセス評価", "インパクト評価", "セオリー評価", "コスト・パフォーマンス評価",
    ]  # fmt: skip
    assert all(f.example for f in section("board").fields)
