"""The files of a workshop: kept whole or not at all, one writer after the other, gone at the end."""

import threading

import pytest

from data.errors import StoreError
from workshop.file import (
    RoomGone,
    directory_path,
    directory_reading,
    directory_writing,
    making_room,
    reading,
    room_path,
    stamp,
    writing,
)

WORDS = "create table if not exists word (word text primary key) strict"


@pytest.fixture
def room(tmp_path):
    with making_room(tmp_path, "r1", tables=WORDS) as con:
        con.execute("insert into word values ('はじめ')")
    return tmp_path


def words(root):
    with reading(root, "r1", tables=WORDS) as con:
        return [row["word"] for row in con.execute("select word from word order by rowid")]


def test_an_empty_directory_is_read_without_making_a_file(tmp_path):
    with directory_reading(tmp_path, tables=WORDS) as con:
        assert con.execute("select count(*) from word").fetchone()[0] == 0
    assert not directory_path(tmp_path).exists()


def test_what_is_written_in_the_directory_is_read_back(tmp_path):
    with directory_writing(tmp_path, tables=WORDS) as con:
        con.execute("insert into word values ('組')")
    with directory_reading(tmp_path, tables=WORDS) as con:
        assert con.execute("select word from word").fetchone()[0] == "組"


def test_a_block_that_fails_leaves_nothing_of_itself(room):
    with pytest.raises(ZeroDivisionError), writing(room, "r1") as con:
        con.execute("insert into word values ('途中')")
        raise ZeroDivisionError
    assert words(room) == ["はじめ"]


def test_tables_of_others_are_made_on_first_use(room):
    more = "create table if not exists answer (pid text primary key) strict"
    with reading(room, "r1", tables=more) as con:
        assert con.execute("select * from answer").fetchall() == []


def test_a_save_changes_the_stamp_and_reading_does_not(room):
    before = stamp(room, "r1")
    words(room)
    assert stamp(room, "r1") == before
    with writing(room, "r1") as con:
        con.execute("insert into word values ('次')")
    assert stamp(room, "r1") != before


def test_an_ended_room_is_told_to_readers_and_writers(room):
    room_path(room, "r1").unlink()
    assert stamp(room, "r1") == (0, 0)
    with pytest.raises(RoomGone, match="終了"), reading(room, "r1"):
        pass
    with pytest.raises(RoomGone, match="終了"), writing(room, "r1"):
        pass
    assert not room_path(room, "r1").exists()


def test_a_damaged_file_is_told_in_words(room):
    room_path(room, "r1").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="壊れている"):
        words(room)


def test_writers_who_come_at_once_all_get_their_turn(room):
    def write(number):
        with writing(room, "r1") as con:
            con.execute("insert into word values (?)", (f"第{number}",))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(words(room)) == 61
