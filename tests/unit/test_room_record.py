"""The record of a room: what was shown and counted, and nothing of who was there."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from exports.room_record import to_record
from tests.unit.room_stand import FACILITATOR, SCENES, opened
from tests.unit.test_questions import PIDS, asked, clock_at, phase, vote
from workshop.presence import PRESENCE
from workshop.rendered import Part, RenderedScene
from workshop.room_record import RoomRecord, record
from workshop.rooms import open_room, room_of, show
from workshop.scenes import SceneSet

NINE = 1_763_769_600.0  # 2025-11-22 09:00:00 in Japan


def workbook(found: RoomRecord) -> openpyxl.Workbook:
    content = to_record(
        title=found.title, scenes=found.scenes, answers=found.answers, sources=found.sources
    )
    return openpyxl.load_workbook(BytesIO(content))


def rows(book: openpyxl.Workbook, sheet: str) -> list[tuple[object, ...]]:
    """Return what stands below labels and units."""
    return list(book[sheet].iter_rows(min_row=3, values_only=True))


def test_scenes_are_listed_as_often_as_they_were_shown(tmp_path: Path) -> None:
    room = opened(tmp_path)
    for step, place in enumerate((0, 2, 2, 0)):
        with clock_at(NINE + 60 * step):
            version = room_of(tmp_path, room.code).version
            show(tmp_path, actor=FACILITATOR, code=room.code, place=place, version=version)
    assert rows(workbook(record(tmp_path, code=room.code)), "シーン") == [
        (1, "2025-11-22 09:00:00", "人口の見通し", "人口の見通し"),
        (2, "2025-11-22 09:01:00", "資源", "資源マップ"),
        (3, "2025-11-22 09:03:00", "人口の見通し", "人口の見通し"),
    ]


def test_every_asking_has_its_choices_counts_shares_and_the_silent(tmp_path: Path) -> None:
    with clock_at(NINE):
        room = asked(tmp_path)
        for pid in PIDS[:5]:
            PRESENCE.arrive(room.room_id, pid)
        vote(tmp_path, room, "b", "b", "a")
    try:
        with clock_at(NINE + 20):
            phase(tmp_path, room, "revealed")
        with clock_at(NINE + 60):
            phase(tmp_path, room, "asking", seconds=10)
            open_again = record(tmp_path, code=room.code)
        with clock_at(NINE + 99):
            book = workbook(record(tmp_path, code=room.code))
    finally:
        for pid in PIDS[:5]:
            PRESENCE.leave(room.room_id, pid)
    name, text = "増えるのはどこか", "最も増えるのは？"
    first = (name, 1, "2025-11-22 09:00:00", "2025-11-22 09:00:20", text)
    again = (name, 2, "2025-11-22 09:01:00", "2025-11-22 09:01:10", text)
    found = rows(book, "問いと答え")
    assert found == [
        (*first, "東町", None, 1, pytest.approx(100 / 3), 3, 2),
        (*first, "西町", "正解", 2, pytest.approx(200 / 3), 3, 2),
        (*again, "東町", None, 0, None, 0, 5),
        (*again, "西町", "正解", 0, None, 0, 5),
    ]
    still_open = open_again.answers[open_again.answers["round"] == 2]
    assert still_open["ended_at"].isna().all()
    assert still_open["silent"].isna().all()


def test_definitions_and_sources_of_the_scenes_shown_are_kept(tmp_path: Path) -> None:
    parts = (
        Part("sentence", "東町が最も多い。"),
        Part("figure", "図"),
        Part("note", "人口は10月1日。"),
        Part("source", "出典：国勢調査"),
        Part("source", "出典：国勢調査"),
    )
    rendered = [
        RenderedScene(scene.scene_id, scene.title, "東県", "000001", parts) for scene in SCENES
    ]
    room = open_room(tmp_path, actor=FACILITATOR, scene_set=SceneSet("研修", SCENES),
                     rendered=rendered)  # fmt: skip
    show(tmp_path, actor=FACILITATOR, code=room.code, place=2, version=room.version)
    assert rows(workbook(record(tmp_path, code=room.code)), "シーンの定義と出典") == [
        ("資源", "図の文", "東町が最も多い。"),
        ("資源", "定義・注", "人口は10月1日。"),
        ("資源", "出典", "出典：国勢調査"),
    ]


def test_nothing_tells_who_was_there(tmp_path: Path) -> None:
    room = asked(tmp_path)
    vote(tmp_path, room, "a", "b")
    book = workbook(record(tmp_path, code=room.code))
    written = "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )
    assert "最も増えるのは？" in written
    for told in (*PIDS[:2], FACILITATOR.name, FACILITATOR.subject, SCENES[0].note):
        assert told not in written


def test_a_room_in_which_nothing_happened_has_an_empty_record(tmp_path: Path) -> None:
    book = workbook(record(tmp_path, code=opened(tmp_path).code))
    assert book.sheetnames == ["シーン", "問いと答え", "シーンの定義と出典", "出典"]
    assert [rows(book, name) for name in book.sheetnames[:3]] == [[], [], []]
    assert book["出典"]["B1"].value == "研修の記録：研修"
