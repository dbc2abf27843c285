"""Rooms: opened with a code, driven by one, followed by all, gone at the end."""

from datetime import UTC, datetime, timedelta

import pytest

from access.audit import entries as audit_entries
from access.roles import ANONYMOUS, NotAllowed
from data.errors import UserError
from tests.unit.room_stand import (
    FACILITATOR,
    SCENES,
    SECOND,
    SET,
    VIEWER,
    opened,
    rendered,
)
from workshop.codes import SIGNS, is_pid, new_code, normal_code, spaced
from workshop.file import RoomGone, directory_path, directory_writing, reading, room_path
from workshop.presence import MOST, MOST_SCREENS, SCREEN, Presence, RoomFull
from workshop.rooms import (
    NoSuchRoom,
    StaleRoom,
    end_room,
    open_room,
    rendered_of,
    replace_scenes,
    room_of,
    rooms_of,
    set_phase,
    show,
    take_over,
)
from workshop.scenes import SceneSet


def test_codes_have_no_look_alikes_and_are_read_in_any_width_and_case():
    assert not set(SIGNS) & set("0O1IL2Z5S8B")
    code = new_code()
    assert normal_code(f" {spaced(code).lower()} ") == code
    assert normal_code("ａｃｄ－ｅｆｇ") == "ACDEFG"
    assert [normal_code(wrong) for wrong in ("", "ACDEF", "ACDEF0", "ACDEFGH", "'; --xx")] == [
        None
    ] * 5


def test_a_pid_is_a_uuid_and_nothing_else():
    assert is_pid("5f0c9a3e-1111-4222-8333-444455556666")
    assert not any(map(is_pid, ("", "x", "5F0C9A3E-1111-4222-8333-444455556666", "..", "1" * 36)))


def test_an_opened_room_waits_and_is_found_by_its_code(tmp_path):
    room = opened(tmp_path)
    found = room_of(tmp_path, spaced(room.code).lower())
    assert (found.title, found.place, found.scene, found.count) == ("研修", -1, None, 0)
    assert (found.driver_name, found.owner_name) == ("担当 太郎", "担当 太郎")
    assert found.scene_set == SET
    (listed,) = rooms_of(tmp_path, actor=SECOND)
    assert (listed.code, listed.owner_name) == (room.code, "担当 太郎")


@pytest.mark.parametrize("actor", [ANONYMOUS, VIEWER])
def test_a_viewer_opens_drives_ends_and_lists_no_room(tmp_path, actor):
    with pytest.raises(NotAllowed):
        opened(tmp_path, actor=actor)
    assert not directory_path(tmp_path).exists()
    room = opened(tmp_path)
    for act in (
        lambda: show(tmp_path, actor=actor, code=room.code, place=0, version=1),
        lambda: set_phase(tmp_path, actor=actor, code=room.code, phase="shown", version=1),
        lambda: take_over(tmp_path, actor=actor, code=room.code),
        lambda: replace_scenes(
            tmp_path, actor=actor, code=room.code, scene_set=SET, rendered=rendered(), version=1
        ),
        lambda: end_room(tmp_path, actor=actor, code=room.code),
        lambda: rooms_of(tmp_path, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert room_of(tmp_path, room.code).version == 1


def test_an_empty_set_opens_no_room(tmp_path):
    with pytest.raises(UserError, match="シーンがありません"):
        open_room(tmp_path, actor=FACILITATOR, scene_set=SceneSet("空", ()), rendered=[])


def test_a_code_that_never_was_and_one_that_has_ended_are_told_apart(tmp_path):
    room = opened(tmp_path)
    end_room(tmp_path, actor=FACILITATOR, code=room.code)
    with pytest.raises(RoomGone, match="終了"):
        room_of(tmp_path, room.code)
    for code in ("ACDEFG" if room.code != "ACDEFG" else "ACDEFH", "", "x" * 5000, "' or 1=1"):
        with pytest.raises(NoSuchRoom, match="6文字"):
            room_of(tmp_path, code)


def test_the_end_leaves_nothing_of_the_room(tmp_path):
    room = opened(tmp_path)
    show(tmp_path, actor=FACILITATOR, code=room.code, place=0, version=1)
    assert end_room(tmp_path, actor=FACILITATOR, code=room.code).ended
    assert not room_path(tmp_path, room.room_id).exists()
    assert "研修".encode() not in directory_path(tmp_path).read_bytes()
    assert rooms_of(tmp_path, actor=FACILITATOR) == ()
    with pytest.raises(RoomGone), reading(tmp_path, room.room_id):
        pass


def test_showing_moves_everybody_and_keeps_what_was_shown(tmp_path):
    room = opened(tmp_path)
    room = show(tmp_path, actor=FACILITATOR, code=room.code, place=2, version=room.version)
    room = show(tmp_path, actor=FACILITATOR, code=room.code, place=0, version=room.version)
    assert (room.place, room.shown, room.phase) == (0, (0, 2), "shown")
    assert [room.may_see(scene) for scene in SCENES] == [True, False, True]
    with pytest.raises(UserError, match="シーンはありません"):
        show(tmp_path, actor=FACILITATOR, code=room.code, place=3, version=room.version)
    assert room_of(tmp_path, room.code).version == room.version


def test_a_scene_with_a_question_is_asked_before_it_is_seen(tmp_path, monkeypatch):
    room = opened(tmp_path)
    monkeypatch.setattr("time.time", lambda: 1_000.0)
    room = show(tmp_path, actor=FACILITATOR, code=room.code, place=1, version=room.version)
    assert (room.phase, room.ends_at, room.may_see(SCENES[1])) == ("asking", 1_030.0, False)
    monkeypatch.setattr("time.time", lambda: 1_030.0)
    assert room_of(tmp_path, room.code).phase == "closed"
    room = set_phase(
        tmp_path, actor=FACILITATOR, code=room.code, phase="revealed", version=room.version
    )
    assert (room.phase, room.ends_at, room.may_see(SCENES[1])) == ("revealed", None, True)
    room = show(tmp_path, actor=FACILITATOR, code=room.code, place=0, version=room.version)
    room = show(tmp_path, actor=FACILITATOR, code=room.code, place=1, version=room.version)
    assert room.phase == "revealed"


def test_a_scene_without_a_question_cannot_be_asked(tmp_path):
    room = opened(tmp_path)
    with pytest.raises(UserError, match="問いはありません"):
        set_phase(tmp_path, actor=FACILITATOR, code=room.code, phase="asking", version=1)
    show(tmp_path, actor=FACILITATOR, code=room.code, place=0, version=1)
    with pytest.raises(UserError, match="問いはありません"):
        set_phase(tmp_path, actor=FACILITATOR, code=room.code, phase="asking", version=2)


def test_the_second_facilitator_sees_who_drives_and_takes_over_and_the_first_is_told(tmp_path):
    room = opened(tmp_path)
    with pytest.raises(StaleRoom, match=r"担当 太郎さんが進行しています.*\n.*引き継ぐ"):
        show(tmp_path, actor=SECOND, code=room.code, place=0, version=room.version)
    taken = take_over(tmp_path, actor=SECOND, code=room.code)
    assert (taken.driver_name, taken.owner_name) == ("管理 花子", "担当 太郎")
    with pytest.raises(StaleRoom, match="管理 花子さんが進行しています"):
        show(tmp_path, actor=FACILITATOR, code=room.code, place=0, version=taken.version)
    with pytest.raises(StaleRoom, match="管理 花子さん"):
        end_room(tmp_path, actor=FACILITATOR, code=room.code)
    show(tmp_path, actor=SECOND, code=room.code, place=1, version=taken.version)
    assert room_of(tmp_path, room.code).place == 1


def test_a_press_on_an_old_screen_moves_nothing(tmp_path):
    room = opened(tmp_path)
    show(tmp_path, actor=FACILITATOR, code=room.code, place=0, version=room.version)
    with pytest.raises(StaleRoom, match="先に進んでいました"):
        show(tmp_path, actor=FACILITATOR, code=room.code, place=2, version=room.version)
    assert room_of(tmp_path, room.code).place == 0


def test_other_scenes_keep_what_was_shown_and_is_left(tmp_path):
    room = opened(tmp_path)
    room = show(tmp_path, actor=FACILITATOR, code=room.code, place=0, version=room.version)
    room = show(tmp_path, actor=FACILITATOR, code=room.code, place=2, version=room.version)
    turned = SceneSet("研修", (SCENES[2], SCENES[1]))
    room = replace_scenes(
        tmp_path,
        actor=FACILITATOR,
        code=room.code,
        scene_set=turned,
        rendered=rendered(turned.scenes, problem="この地域はありません。"),
        version=room.version,
    )
    assert (room.place, room.shown) == (0, (0,))
    assert rendered_of(tmp_path, room, "s3").problem == "この地域はありません。"
    with pytest.raises(UserError, match="このルームにありません"):
        rendered_of(tmp_path, room, "s1")


def test_a_finished_scene_comes_back_as_it_was_and_without_the_note(tmp_path):
    room = opened(tmp_path)
    found = rendered_of(tmp_path, room, "s1")
    assert [part.kind for part in found.parts] == ["sentence", "figure"]
    assert found.parts[1].spec == {"mark": "bar", "data": {"values": [{"x": 1}]}}


def test_a_room_that_nobody_ended_goes_after_a_week(tmp_path):
    old, fresh = opened(tmp_path), opened(tmp_path)
    before = (datetime.now(UTC) - timedelta(days=8)).isoformat(timespec="seconds")
    with directory_writing(tmp_path) as con:
        con.execute("update room set opened_at = ? where code = ?", (before, old.code))
    opened(tmp_path)
    assert not room_path(tmp_path, old.room_id).exists()
    assert room_path(tmp_path, fresh.room_id).exists()
    assert len(rooms_of(tmp_path, actor=FACILITATOR)) == 2


def test_opening_taking_over_and_ending_are_noted(tmp_path):
    room = opened(tmp_path)
    take_over(tmp_path, actor=SECOND, code=room.code)
    end_room(tmp_path, actor=SECOND, code=room.code)
    noted = [(entry["result"], entry["actor"]) for entry in audit_entries(tmp_path)]
    assert noted == [
        ("opened", "local:tanto"),
        ("taken_over", "local:kanri"),
        ("ended", "local:kanri"),
    ]


def test_a_participant_with_two_windows_is_one_and_leaves_with_the_last():
    here = Presence()
    for _ in range(2):
        here.arrive("r", "p1")
    here.arrive("r", "p2")
    here.arrive("r", SCREEN)
    assert (here.count("r"), here.count("other")) == (2, 0)
    here.leave("r", "p1")
    assert here.count("r") == 2
    here.leave("r", "p1")
    assert (here.count("r"), here.is_here("r", "p1")) == (1, False)
    here.leave("r", "p2")
    here.leave("r", SCREEN)
    here.leave("r", SCREEN)
    assert here.rooms() == ()


def test_the_one_too_many_is_told_and_those_inside_may_come_again():
    here = Presence()
    for number in range(MOST):
        here.arrive("r", f"p{number}")
    with pytest.raises(RoomFull, match="満員"):
        here.arrive("r", "late")
    here.arrive("r", "p0")
    for _ in range(MOST_SCREENS):
        here.arrive("r", SCREEN)
    with pytest.raises(RoomFull, match="画面が多すぎ"):
        here.arrive("r", SCREEN)
    assert here.count("r") == MOST
