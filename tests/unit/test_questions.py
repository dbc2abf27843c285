"""Answers to the question in view: one for each participant, and none once it is closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import UserError
from tests.unit.room_stand import FACILITATOR, SCENES, SECOND, opened, rendered
from workshop.askings import TABLES
from workshop.file import RoomGone, reading
from workshop.presence import MOST, PRESENCE
from workshop.questions import NotAsked, answer, answered, own_answer, standing, tally
from workshop.room import Room
from workshop.rooms import NoSuchRoom, end_room, replace_scenes, room_of, set_phase, show
from workshop.scenes import Choice, Question, Scene, SceneSet

PIDS = [str(uuid.UUID(int=number)) for number in range(1, MOST + 3)]
ASKED = "s2"


@contextmanager
def clock_at(seconds: float) -> Iterator[None]:
    with patch("time.time", return_value=seconds):
        yield


def asked(root: Path) -> Room:
    room = opened(root)
    return show(root, actor=FACILITATOR, code=room.code, place=1, version=room.version)


def vote(root: Path, room: Room, *choices: str, scene_id: str = ASKED, first: int = 0) -> None:
    for pid, choice in zip(PIDS[first:], choices, strict=False):
        answer(root, code=room.code, pid=pid, scene_id=scene_id, choice=choice)


def phase(root: Path, room: Room, name: str, *, seconds: int = 0) -> Room:
    version = room_of(root, room.code).version
    return set_phase(root, actor=FACILITATOR, code=room.code, phase=name, seconds=seconds,
                     version=version)  # fmt: skip


def askings(root: Path, room: Room) -> list[dict[str, object]]:
    with reading(root, room.room_id, tables=TABLES) as con:
        return [dict(row) for row in con.execute("select * from asking order by round")]


def test_answers_are_counted_and_a_choice_without_any_is_zero(tmp_path: Path) -> None:
    room = asked(tmp_path)
    assert tally(tmp_path, code=room.code, scene_id=ASKED) == {"a": 0, "b": 0}
    vote(tmp_path, room, "b", "b", "b")
    assert tally(tmp_path, code=room.code, scene_id=ASKED) == {"a": 0, "b": 3}
    assert answered(tmp_path, code=room.code, scene_id=ASKED) == 3


def test_a_changed_answer_counts_once(tmp_path: Path) -> None:
    room = asked(tmp_path)
    vote(tmp_path, room, "a")
    vote(tmp_path, room, "b")
    assert own_answer(tmp_path, code=room.code, pid=PIDS[0], scene_id=ASKED) == "b"
    assert own_answer(tmp_path, code=room.code, pid=PIDS[1], scene_id=ASKED) is None
    assert tally(tmp_path, code=room.code, scene_id=ASKED) == {"a": 0, "b": 1}


@pytest.mark.parametrize("closed", ["closed", "revealed", "shown"])
def test_an_answer_after_closing_never_counts(tmp_path: Path, closed: str) -> None:
    room = asked(tmp_path)
    vote(tmp_path, room, "a")
    phase(tmp_path, room, closed)
    for first in (0, 1):
        with pytest.raises(NotAsked):
            vote(tmp_path, room, "b", first=first)
    assert tally(tmp_path, code=room.code, scene_id=ASKED) == {"a": 1, "b": 0}


def test_the_server_closes_by_time_with_nobody_there(tmp_path: Path) -> None:
    with clock_at(1000.0):
        room = asked(tmp_path)
        vote(tmp_path, room, "a")
    with clock_at(1029.9):
        vote(tmp_path, room, "a", first=1)
    with clock_at(1030.0):
        with pytest.raises(NotAsked, match="締め切られました"):
            vote(tmp_path, room, "b", first=2)
        assert room_of(tmp_path, room.code).phase == "closed"
    assert answered(tmp_path, code=room.code, scene_id=ASKED) == 2


def test_a_question_without_seconds_stays_open(tmp_path: Path) -> None:
    with clock_at(1000.0):
        room = asked(tmp_path)
        phase(tmp_path, room, "asking", seconds=0)
    with clock_at(9999.0):
        vote(tmp_path, room, "a")
    assert answered(tmp_path, code=room.code, scene_id=ASKED) == 1


def test_only_the_question_in_view_is_answered(tmp_path: Path) -> None:
    room = opened(tmp_path)
    with pytest.raises(NotAsked):
        vote(tmp_path, room, "a")  # while the room waits
    room = show(tmp_path, actor=FACILITATOR, code=room.code, place=1, version=room.version)
    show(tmp_path, actor=FACILITATOR, code=room.code, place=0, version=room.version)
    for scene_id in ("s1", "s2", "s9"):
        with pytest.raises(NotAsked):
            vote(tmp_path, room, "a", scene_id=scene_id)


@pytest.mark.parametrize("choice", ["c", "", "'; drop table answer; --", "a" * 5000])
def test_an_unknown_choice_is_refused(tmp_path: Path, choice: str) -> None:
    room = asked(tmp_path)
    with pytest.raises(UserError, match="選択肢はありません"):
        vote(tmp_path, room, choice)
    assert answered(tmp_path, code=room.code, scene_id=ASKED) == 0


def test_strangers_and_rooms_that_are_over_are_refused(tmp_path: Path) -> None:
    room = asked(tmp_path)
    with pytest.raises(UserError, match="参加者の番号"):
        answer(tmp_path, code=room.code, pid="me", scene_id=ASKED, choice="a")
    with pytest.raises(NoSuchRoom):
        answer(tmp_path, code="AAAAAA", pid=PIDS[0], scene_id=ASKED, choice="a")
    end_room(tmp_path, actor=FACILITATOR, code=room.code)
    with pytest.raises(RoomGone):
        vote(tmp_path, room, "a")


def test_a_full_question_still_lets_its_participants_change_their_answers(tmp_path: Path) -> None:
    room = asked(tmp_path)
    with patch("workshop.questions.MOST", 3):
        vote(tmp_path, room, "a", "a", "a")
        with pytest.raises(UserError, match="3人まで"):
            vote(tmp_path, room, "a", first=3)
        vote(tmp_path, room, "b")
    assert tally(tmp_path, code=room.code, scene_id=ASKED) == {"a": 2, "b": 1}


def test_asked_again_begins_anew_and_keeps_the_first_round(tmp_path: Path) -> None:
    room = asked(tmp_path)
    vote(tmp_path, room, "a", "b")
    phase(tmp_path, room, "revealed")
    phase(tmp_path, room, "asking", seconds=10)
    assert tally(tmp_path, code=room.code, scene_id=ASKED) == {"a": 0, "b": 0}
    vote(tmp_path, room, "b")
    assert tally(tmp_path, code=room.code, scene_id=ASKED) == {"a": 0, "b": 1}
    assert [row["round"] for row in askings(tmp_path, room)] == [1, 2]


def test_more_time_keeps_the_answers_even_when_time_was_over(tmp_path: Path) -> None:
    with clock_at(1000.0):
        room = asked(tmp_path)
        vote(tmp_path, room, "a")
    with clock_at(1050.0):
        phase(tmp_path, room, "asking", seconds=30)
        vote(tmp_path, room, "b", first=1)
        assert tally(tmp_path, code=room.code, scene_id=ASKED) == {"a": 1, "b": 1}
    with clock_at(1060.0):
        phase(tmp_path, room, "closed")
    (row,) = askings(tmp_path, room)
    assert (row["asked_at"], row["ends_at"], row["ended_at"]) == (1000.0, 1080.0, 1060.0)


def test_looking_at_another_scene_meanwhile_keeps_the_answers(tmp_path: Path) -> None:
    room = asked(tmp_path)
    vote(tmp_path, room, "a")
    for place in (2, 1):
        version = room_of(tmp_path, room.code).version
        show(tmp_path, actor=FACILITATOR, code=room.code, place=place, version=version)
    vote(tmp_path, room, "b", first=1)
    assert tally(tmp_path, code=room.code, scene_id=ASKED) == {"a": 1, "b": 1}


def test_a_question_put_in_other_words_begins_anew(tmp_path: Path) -> None:
    room = asked(tmp_path)
    vote(tmp_path, room, "a", "a")
    other = Question("最も減るのは？", (Choice("a", "南町"), Choice("z", "北町")), "z")
    scenes = (SCENES[0], Scene(ASKED, "減るのはどこか", "compare", (), "", other))
    scene_set = SceneSet("研修", scenes)
    replace_scenes(tmp_path, actor=FACILITATOR, code=room.code, scene_set=scene_set,
                   rendered=rendered(scenes), version=room.version)  # fmt: skip
    assert tally(tmp_path, code=room.code, scene_id=ASKED) == {"a": 0, "z": 0}


def test_those_in_the_room_who_said_nothing_are_counted_at_the_end(tmp_path: Path) -> None:
    room = asked(tmp_path)
    for pid in PIDS[:4]:
        PRESENCE.arrive(room.room_id, pid)
    try:
        vote(tmp_path, room, "a", "b")
        vote(tmp_path, room, "a", first=9)  # answered, and has left
        phase(tmp_path, room, "closed")
    finally:
        for pid in PIDS[:4]:
            PRESENCE.leave(room.room_id, pid)
    phase(tmp_path, room, "revealed")
    (row,) = askings(tmp_path, room)
    assert (row["silent"], row["is_closed"]) == (2, 1)


def test_one_who_does_not_drive_notes_nothing(tmp_path: Path) -> None:
    room = asked(tmp_path)
    with pytest.raises(UserError):
        set_phase(tmp_path, actor=SECOND, code=room.code, phase="closed", version=room.version)
    (row,) = askings(tmp_path, room)
    assert (row["ended_at"], row["is_closed"]) == (None, 0)


_EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("vote"), st.integers(0, 5), st.sampled_from("ab")),
        st.tuples(st.sampled_from(["closed", "revealed", "asking"]), st.just(0), st.just("")),
    ),
    max_size=14,
)


@settings(max_examples=25)
@given(_EVENTS)
def test_the_tally_is_that_of_the_last_answers_given_in_time(
    events: list[tuple[str, int, str]],
) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        room, is_open, expected = asked(root), True, dict[int, str]()
        for name, who, choice in events:
            if name == "vote" and is_open:
                vote(root, room, choice, first=who)
                expected[who] = choice
            elif name == "vote":
                with pytest.raises(NotAsked):
                    vote(root, room, choice, first=who)
            else:
                if name == "asking" and not is_open:
                    expected = {}
                is_open = name == "asking"
                phase(root, room, name)
        found = standing(root, code=room.code, scene_id=ASKED)
        assert found.tally == {key: list(expected.values()).count(key) for key in "ab"}
        assert found.answered == sum(found.tally.values()) == len(expected)
