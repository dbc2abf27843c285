"""Entries that staff write: kept by version, refused when stale, undone, and noted in the log."""

import sqlite3
import threading

import pytest

from access.audit import entries as audit_entries
from access.audit import verify
from access.roles import ANONYMOUS, Actor, NotAllowed, Role
from data.errors import CatalogueError, StoreError
from records.entries import RefusedEntry, entries, history, remove, restore, save
from records.file import records_path
from records.kinds import load_kinds

STAFF = Actor("u1", "見本職員", Role.STAFF)
OTHER = Actor("u2", "第二職員", Role.STAFF)
AREA = "81203"


def put(root, *, actor=STAFF, text="夜間の往診が足りない", subject="acute", area_code=AREA, **more):
    fields = {"text": text, "state": "open"} | more.pop("fields", {})
    return save(
        root, actor=actor, kind="issue", area_code=area_code, subject=subject, fields=fields, **more
    )


def texts(root, **where):
    return list(entries(root, kind="issue", **where)["text"])


def test_nothing_saved_is_an_empty_table_and_makes_no_file(tmp_path):
    found = entries(tmp_path, kind="issue", area_code=AREA)
    assert found.empty
    assert {"entry_id", "version", "text", "state", "changed_by"} <= set(found)
    assert not records_path(tmp_path).exists()


def test_an_entry_is_read_back_with_who_wrote_it(tmp_path):
    put(tmp_path, fields={"since": "2024-04", "next_step": "医師会と協議する"})
    (row,) = entries(tmp_path, kind="issue").to_dict("records")
    assert (row["text"], row["since"], row["state"]) == ("夜間の往診が足りない", "2024-04", "open")
    assert (row["area_code"], row["subject"], row["version"]) == (AREA, "acute", 1)
    assert (row["created_by"], row["changed_by"]) == ("見本職員", "見本職員")


def test_entries_are_told_apart_by_kind_area_and_subject(tmp_path):
    put(tmp_path, text="あ")
    put(tmp_path, text="い", subject="daily")
    put(tmp_path, text="う", area_code="81204")
    save(tmp_path, actor=STAFF, kind="pdca", area_code=AREA, subject="9", fields={"plan": "え"})
    assert texts(tmp_path) == ["あ", "い", "う"]
    assert texts(tmp_path, area_code=AREA) == ["あ", "い"]
    assert texts(tmp_path, area_code=AREA, subject="daily") == ["い"]


@pytest.mark.parametrize("actor", [ANONYMOUS, Actor("u3", "閲覧", Role.VIEWER)])
def test_a_viewer_writes_nothing(tmp_path, actor):
    kept = put(tmp_path)
    with pytest.raises(NotAllowed):
        put(tmp_path, actor=actor)
    with pytest.raises(NotAllowed):
        remove(tmp_path, actor=actor, entry_id=kept.entry_id, version=1)
    with pytest.raises(NotAllowed):
        restore(tmp_path, actor=actor, entry_id=kept.entry_id, version=1)
    assert texts(tmp_path) == ["夜間の往診が足りない"]


def test_an_older_version_is_refused_and_says_who_was_first(tmp_path):
    first = put(tmp_path)
    put(tmp_path, actor=OTHER, text="変えた", entry_id=first.entry_id, version=1)
    with pytest.raises(RefusedEntry, match=r"第二職員さんが.*先に書きかえました"):
        put(tmp_path, text="遅れた", entry_id=first.entry_id, version=1)
    assert texts(tmp_path) == ["変えた"]
    with pytest.raises(RefusedEntry, match="第二職員"):
        remove(tmp_path, actor=STAFF, entry_id=first.entry_id, version=1)


def test_removing_and_undoing_step_back_one_version_at_a_time(tmp_path):
    made = put(tmp_path, text="一")
    put(tmp_path, text="二", entry_id=made.entry_id, version=1)
    remove(tmp_path, actor=STAFF, entry_id=made.entry_id, version=2)
    assert texts(tmp_path) == []
    restore(tmp_path, actor=OTHER, entry_id=made.entry_id, version=3)
    assert texts(tmp_path) == ["二"]
    restore(tmp_path, actor=OTHER, entry_id=made.entry_id, version=4, to_version=1)
    assert texts(tmp_path) == ["一"]
    told = history(tmp_path, entry_id=made.entry_id)
    assert list(told["version"]) == [1, 2, 3, 4, 5]
    assert list(told["is_removed"]) == [False, False, True, False, False]
    assert list(told["changed_by"]) == ["見本職員"] * 3 + ["第二職員"] * 2
    assert told.iloc[1]["fields"]["text"] == "二"


def test_undoing_the_first_version_takes_the_entry_away(tmp_path):
    made = put(tmp_path)
    restore(tmp_path, actor=STAFF, entry_id=made.entry_id, version=1)
    assert texts(tmp_path) == []


def test_a_single_kind_holds_one_entry_a_place(tmp_path):
    def cell(text, actor=STAFF, **more):
        return save(
            tmp_path, actor=actor, kind="cross_table", area_code=AREA,
            subject="home_care.issues", fields={"text": text}, **more,
        )  # fmt: skip

    first = cell("協議会")
    with pytest.raises(RefusedEntry, match="見本職員さんが先に"):
        cell("別の協議会", actor=OTHER)
    remove(tmp_path, actor=STAFF, entry_id=first.entry_id, version=1)
    second = cell("新しい協議会", actor=OTHER)
    with pytest.raises(RefusedEntry, match=r"第二職員さんが先に"):
        restore(tmp_path, actor=STAFF, entry_id=first.entry_id, version=2)
    assert list(entries(tmp_path, kind="cross_table")["entry_id"]) == [second.entry_id]


def test_an_entry_does_not_move_to_another_area(tmp_path):
    made = put(tmp_path)
    with pytest.raises(RefusedEntry, match="ほかの地域"):
        put(tmp_path, area_code="81204", entry_id=made.entry_id, version=1)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"text": "   "}, "「課題」が空です"),
        ({"text": "あ" * 301}, "長すぎます（301字）"),
        ({"text": "連絡は０３－１２３４－５６７８へ"}, "「課題」に電話番号らしい"),
        ({"text": "問合せ tanto@example.jp まで"}, "メールアドレスらしい"),
        ({"text": "山田太郎さんが担当"}, "個人の名前らしい"),
        ({"text": "右から\u202e左"}, "使用できない文字"),
        ({"fields": {"state": "lost"}}, "「状態」が選択肢にありません"),
        ({"fields": {"since": "2024-13"}}, "「いつから」が選択肢にありません"),
        ({"fields": {"bonus": "x"}}, "課題にない項目"),
        ({"subject": "garden"}, "場面が一覧にありません"),
        ({"area_code": "8120' or 1=1"}, "地域コードの形"),
    ],
)
def test_a_faulty_field_is_refused_where_it_stands(tmp_path, more, message):
    with pytest.raises(RefusedEntry, match=message):
        put(tmp_path, **more)
    assert texts(tmp_path) == []
    assert list(audit_entries(tmp_path)) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"plan": "x", "target_indicator": "no_such"}, "目標とする指標"),
        ({"plan": "x", "target_value": "多い"}, "数で書きます"),
        ({"plan": "x", "target_value": float("nan")}, "範囲の外"),
        ({"plan": "x", "target_value": True}, "数で書きます"),
    ],
)
def test_a_plan_is_checked_by_type(tmp_path, fields, message):
    with pytest.raises(RefusedEntry, match=message):
        save(tmp_path, actor=STAFF, kind="pdca", area_code=AREA, subject="9", fields=fields)


def test_each_deed_has_its_line_in_the_sealed_log_without_any_text(tmp_path):
    made = put(tmp_path)
    remove(tmp_path, actor=OTHER, entry_id=made.entry_id, version=1)
    told = list(audit_entries(tmp_path))
    assert [(line["actor"], line["details"]["deed"]) for line in told] == [
        ("u1", "save"),
        ("u2", "remove"),
    ]
    assert "夜間" not in (tmp_path / "audit.jsonl").read_text(encoding="utf-8")
    assert verify(tmp_path).is_sound


def test_without_its_line_in_the_log_nothing_is_kept(tmp_path, monkeypatch):
    def fails(*args, **kwargs):
        raise StoreError("空き容量がありません。")

    monkeypatch.setattr("records.entries.note", fails)
    with pytest.raises(StoreError):
        put(tmp_path)
    assert texts(tmp_path) == []


def test_of_many_who_change_the_same_version_one_succeeds(tmp_path):
    made = put(tmp_path)
    outcomes = []

    def change(number):
        try:
            put(tmp_path, text=f"{number}番", entry_id=made.entry_id, version=1)
            outcomes.append("kept")
        except RefusedEntry:
            outcomes.append("refused")

    threads = [threading.Thread(target=change, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept"] + ["refused"] * 7
    assert len(history(tmp_path, entry_id=made.entry_id)) == 2


def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path):
    records_path(tmp_path).write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="壊れている"):
        entries(tmp_path, kind="issue")
    with pytest.raises(StoreError, match="壊れている"):
        put(tmp_path)
    assert records_path(tmp_path).read_bytes().startswith(b"not a database")


def test_a_file_held_by_another_writer_is_said_to_be_busy(tmp_path, monkeypatch):
    put(tmp_path)
    monkeypatch.setattr("records.file.WAIT_SECONDS", 0.1)
    holder = sqlite3.connect(records_path(tmp_path), isolation_level=None)
    holder.execute("begin exclusive")
    with pytest.raises(StoreError, match="同時に"):
        put(tmp_path, text="待った")
    holder.execute("rollback")
    holder.close()
    assert texts(tmp_path) == ["夜間の往診が足りない"]


def test_every_kind_is_described_and_a_faulty_one_is_named(tmp_path):
    kinds = load_kinds()
    assert set(kinds) >= {"issue", "pdca", "note", "event", "checklist", "cross_table", "planning"}
    assert len(kinds["cross_table"].subjects) == 25
    (tmp_path / "wrong.toml").write_text('label = "x"\nfields = []\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"wrong\.toml"):
        load_kinds(tmp_path)


def test_a_new_kind_needs_no_code(tmp_path, monkeypatch):
    (tmp_path / "visit.toml").write_text(
        'label="訪問"\nexplanation="x"\nsubject_label="先"\n'
        '[[fields]]\nkey="seen"\nlabel="見たこと"\ntype="text"\n',
        encoding="utf-8",
    )
    kinds = load_kinds(tmp_path)
    monkeypatch.setattr("records.kinds.load_kinds", lambda: kinds)
    save(tmp_path, actor=STAFF, kind="visit", area_code=AREA, subject="", fields={"seen": "良"})
    assert list(entries(tmp_path, kind="visit")["seen"]) == ["良"]
