"""Groups, their pen, and their sheets, in the file of a room."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.roles import ANONYMOUS, NotAllowed
from tests.unit.group_stand import STAFF, made_group, new_pid, opened_room
from workshop.file import RoomGone
from workshop.groups import (
    MAX_GROUPS,
    RefusedGroup,
    begin_exercise,
    end_exercise,
    exercise_of,
    groups_of,
    make_group,
    remove,
    removed_groups,
    rename,
    restore,
)
from workshop.pens import (
    SILENT_SECONDS,
    PenElsewhere,
    hand_pen,
    join,
    keep_pen,
    lay_down_pen,
    pen_of,
    take_pen,
)
from workshop.room_directory import NoSuchRoom
from workshop.rooms import end_room
from workshop.sheets import ChangedField, sheet_of, sheets_of, write_field


@pytest.fixture
def room(tmp_path):
    return opened_room(tmp_path)


@pytest.fixture
def group(tmp_path, room):
    return made_group(tmp_path, room.code)


class Hand:
    """One participant of one group."""

    def __init__(self, root, room, group):
        self.pid = new_pid()
        self.at = {"code": room.code, "group_id": group.group_id}
        self.root = root

    def take(self, now=0.0):
        return take_pen(self.root, pid=self.pid, now=now, **self.at)

    def pen(self, now=0.0):
        return pen_of(self.root, pid=self.pid, now=now, **self.at)

    def hand(self, to, now=0.0):
        return hand_pen(self.root, pid=self.pid, to=to, now=now, **self.at)

    def lay_down(self, now=0.0):
        return lay_down_pen(self.root, pid=self.pid, now=now, **self.at)

    def write(self, key, text, version=0, now=0.0):
        return write_field(
            self.root, pid=self.pid, key=key, text=text, version=version, now=now, **self.at
        )

    def sheet(self):
        return sheet_of(self.root, **self.at)


def test_groups_are_listed_in_the_order_they_were_made(tmp_path, room):
    made = [made_group(tmp_path, room.code, name) for name in ("い", "あ")]
    assert [group.name for group in groups_of(tmp_path, code=room.code)] == ["い", "あ"]
    rename(tmp_path, actor=STAFF, code=room.code, group_id=made[0].group_id, name=" つばめ　二班 ")
    assert [group.name for group in groups_of(tmp_path, code=room.code)] == ["つばめ 二班", "あ"]


def test_removal_keeps_the_sheet_and_can_be_undone(tmp_path, room, group):
    hand = Hand(tmp_path, room, group)
    hand.take()
    hand.write("ideal", "在宅看取りを地域の文化に")
    remove(tmp_path, actor=STAFF, code=room.code, group_id=group.group_id)
    assert groups_of(tmp_path, code=room.code) == ()
    assert [each.name for each in removed_groups(tmp_path, code=room.code)] == ["あおぞら"]
    with pytest.raises(RefusedGroup, match="そのグループはありません"):
        hand.write("ideal", "ほか", 1)
    restore(tmp_path, actor=STAFF, code=room.code, group_id=group.group_id)
    assert hand.sheet().texts == {"ideal": "在宅看取りを地域の文化に"}


def test_a_removed_group_whose_name_was_given_on_stays_removed(tmp_path, room, group):
    remove(tmp_path, actor=STAFF, code=room.code, group_id=group.group_id)
    second = made_group(tmp_path, room.code, group.name)
    with pytest.raises(RefusedGroup, match="もうあります"):
        restore(tmp_path, actor=STAFF, code=room.code, group_id=group.group_id)
    assert [each.group_id for each in groups_of(tmp_path, code=room.code)] == [second.group_id]


@pytest.mark.parametrize("name", ["", "　", "長" * 31, "a\x07b"])
def test_names_that_cannot_be_shown_are_refused(tmp_path, room, name):
    with pytest.raises(RefusedGroup, match="名前"):
        made_group(tmp_path, room.code, name)


def test_two_groups_have_two_names_and_there_is_an_end(tmp_path, room):
    for number in range(MAX_GROUPS):
        made_group(tmp_path, room.code, f"{number}班")
    with pytest.raises(RefusedGroup, match="まで"):
        made_group(tmp_path, room.code, "もう一つ")
    gone = groups_of(tmp_path, code=room.code)[0]
    remove(tmp_path, actor=STAFF, code=room.code, group_id=gone.group_id)
    with pytest.raises(RefusedGroup, match="もうあります"):
        made_group(tmp_path, room.code, "1班")


def test_only_who_holds_workshops_makes_groups(tmp_path, room, group):
    with pytest.raises(NotAllowed):
        make_group(tmp_path, actor=ANONYMOUS, code=room.code, name="班", area_code="")
    for change in (remove, restore):
        with pytest.raises(NotAllowed):
            change(tmp_path, actor=ANONYMOUS, code=room.code, group_id=group.group_id)
    with pytest.raises(NotAllowed):
        begin_exercise(tmp_path, actor=ANONYMOUS, code=room.code)


def test_the_pen_is_taken_asked_for_and_handed_over(tmp_path, room, group):
    first, second, third = (Hand(tmp_path, room, group) for _ in range(3))
    assert first.take().is_mine
    asked = second.take(1)
    assert (asked.is_mine, asked.has_asked, asked.holder_number) == (False, True, 1)
    third.take(2)
    assert first.pen(2).asking == (2, 3)
    with pytest.raises(RefusedGroup, match="待っていません"):
        first.hand(1, 2)
    handed = first.hand(3, 3)
    assert (handed.is_mine, handed.holder_number, handed.asking) == (False, 3, (2,))
    assert third.pen(3).is_mine
    with pytest.raises(PenElsewhere):
        first.hand(2, 4)
    assert third.lay_down(5).is_free
    assert second.take(6).is_mine
    assert second.pen(6).asking == ()


def test_the_pen_of_who_has_gone_silent_can_be_taken(tmp_path, room, group):
    first, second = (Hand(tmp_path, room, group) for _ in range(2))
    first.take(0)
    assert not second.take(SILENT_SECONDS - 1).is_mine
    keep_pen(tmp_path, pid=first.pid, now=SILENT_SECONDS - 1, **first.at)
    assert not second.take(SILENT_SECONDS + 1).is_mine
    assert second.take(2 * SILENT_SECONDS).is_mine
    with pytest.raises(PenElsewhere):
        first.write("ideal", "遅れて届いた", now=2 * SILENT_SECONDS)


def test_keeping_a_pen_that_is_not_ones_own_does_nothing(tmp_path, room, group):
    first, second = (Hand(tmp_path, room, group) for _ in range(2))
    first.take(0)
    keep_pen(tmp_path, pid=second.pid, now=30, **second.at)
    assert second.take(SILENT_SECONDS).is_mine


def test_who_goes_to_another_group_leaves_the_pen(tmp_path, room, group):
    other = made_group(tmp_path, room.code, "つばめ")
    hand = Hand(tmp_path, room, group)
    hand.take()
    join(tmp_path, code=room.code, group_id=other.group_id, pid=hand.pid)
    assert hand.pen().is_free


def test_a_sheet_is_kept_by_field_and_version(tmp_path, room, group):
    hand = Hand(tmp_path, room, group)
    hand.take()
    assert hand.write("problem", "夜間の訪問が足りない") == 1
    assert hand.write("problem", "夜間の訪問が足りない。冬は特に", 1) == 2
    assert hand.write("picked", "vns_24h,zaishishin") == 1
    assert hand.write("target.vns_24h", "令和8年度に5か所") == 1
    assert hand.write("pick.output", "vns_claims") == 1
    assert hand.write("cross.dementia.training", "認知症サポーター養成") == 1
    sheet = hand.sheet()
    assert sheet.picked == ("vns_24h", "zaishishin")
    assert sheet.targets == {"vns_24h": "令和8年度に5か所"}
    assert sheet.board == {"output": ("vns_claims",)}
    assert sheet.texts == {
        "problem": "夜間の訪問が足りない。冬は特に",
        "cross.dementia.training": "認知症サポーター養成",
    }
    assert sheets_of(tmp_path, code=room.code) == (sheet,)


def test_an_answer_that_was_lost_may_be_asked_for_again(tmp_path, room, group):
    hand = Hand(tmp_path, room, group)
    hand.take()
    hand.write("ideal", "長生きするなら")
    assert hand.write("ideal", "長生きするなら") == 1
    with pytest.raises(ChangedField, match="先に書きかえられて"):
        hand.write("ideal", "古い画面から")
    assert hand.sheet().texts["ideal"] == "長生きするなら"


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("ideal", "あ" * 50_000, "長すぎます（50,000字）"),
        ("ideal", "連絡は 090-1234-5678", "電話番号らしい"),
        ("board.input", "taro@example.jp まで", "メールアドレスらしい"),
        ("ideal", "向き\u202e反対", "使用できない文字"),
        ("unknown", "x", "その欄はありません"),
        ("target.unknown", "x", "その欄はありません"),
        ("target.vns_24h", "長" * 41, "長すぎます（41字）"),
        ("picked", "vns_24h,vns_24h", "指標が一覧にありません"),
        ("picked", "<script>", "指標が一覧にありません"),
        ("pick.input", "vns_24h,zaishishin,vns_claims,pharmacy", "3つまで"),
    ],
)
def test_what_a_field_cannot_take_is_refused_with_a_reason(tmp_path, room, group, key, text, said):
    hand = Hand(tmp_path, room, group)
    hand.take()
    with pytest.raises(RefusedGroup, match=said):
        hand.write(key, text)
    assert hand.sheet().versions == {}


def test_the_exercise_is_on_until_it_is_ended(tmp_path, room, group):
    assert exercise_of(tmp_path, code=room.code) == ""
    begin_exercise(tmp_path, actor=STAFF, code=room.code)
    begin_exercise(tmp_path, actor=STAFF, code=room.code)
    assert exercise_of(tmp_path, code=room.code) == "training"
    assert groups_of(tmp_path, code=room.code)[0].version > group.version
    end_exercise(tmp_path, actor=STAFF, code=room.code)
    assert exercise_of(tmp_path, code=room.code) == ""


def test_with_the_room_its_sheets_go(tmp_path, room, group):
    hand = Hand(tmp_path, room, group)
    hand.take()
    end_room(tmp_path, actor=STAFF, code=room.code)
    with pytest.raises(RoomGone):
        hand.write("ideal", "おそい")
    with pytest.raises(NoSuchRoom):
        groups_of(tmp_path, code="AAAAAA")


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(("take", "lay_down", "hand", "write", "wait")),
        st.integers(0, 1),
        st.integers(0, 2),
    ),
    max_size=25,
)


@settings(max_examples=40)
@given(deeds=DEEDS)
def test_no_order_of_deeds_loses_a_text_of_the_holder(tmp_path_factory, deeds):
    """Two hands, one field: a write is kept just when its hand has the pen and read the newest."""
    root = tmp_path_factory.mktemp("room")
    room = opened_room(root)
    group = made_group(root, room.code)
    hands = [Hand(root, room, group), Hand(root, room, group)]
    holder, newest, now, read = None, (0, ""), 0.0, [0, 0]
    for place, (deed, who, number) in enumerate(deeds):
        now += 1
        hand = hands[who]
        if deed == "wait":
            now += SILENT_SECONDS
        elif deed == "take" and hand.take(now).is_mine:
            holder = who
            read[who] = newest[0]
        elif deed == "lay_down":
            hand.lay_down(now)
            holder = None if holder == who else holder
        elif deed == "hand":
            try:
                hand.hand(number, now)
            except RefusedGroup:
                continue
            assert holder == who
            holder = next(each for each in (0, 1) if hands[each].pen(now).is_mine)
            read[holder] = newest[0]
        elif deed == "write":
            text = f"文{place}"
            if holder != who:
                with pytest.raises(PenElsewhere):
                    hand.write("ideal", text, read[who], now)
            elif read[who] != newest[0]:
                with pytest.raises(ChangedField):
                    hand.write("ideal", text, read[who], now)
            else:
                version = hand.write("ideal", text, read[who], now)
                assert version == newest[0] + 1
                newest = (version, text)
                read[who] = version
        assert hand.sheet().texts.get("ideal", "") == newest[1]


def test_a_group_is_the_same_for_all_who_read_it(tmp_path, room, group):
    assert dataclasses.astuple(groups_of(tmp_path, code=room.code)[0]) == dataclasses.astuple(group)
