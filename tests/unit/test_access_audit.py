"""The chain of the audit log: what is noted, and every way of tampering found."""

from __future__ import annotations

import json
import os
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from access.audit import entries, head, note, verify
from access.roles import Action, Actor, Role
from data.errors import StoreError

STAFF = Actor(subject="local:kawabe", name="川辺", role=Role.STAFF)


def note_some(root: Path, count: int = 6) -> list[bytes]:
    for number in range(count):
        details = {"import_id": f"i-{number}", "rows": number}
        note(root, actor=STAFF, action=Action.ACCEPT, result="ok", details=details)
    return (root / "audit.jsonl").read_bytes().splitlines(keepends=True)


def write(root: Path, lines: list[bytes]) -> None:
    (root / "audit.jsonl").write_bytes(b"".join(lines))


def test_an_entry_says_who_did_what_when_and_no_name(tmp_path: Path) -> None:
    note_some(tmp_path, 1)
    (entry,) = entries(tmp_path)
    assert (entry["actor"], entry["role"], entry["action"]) == ("local:kawabe", "staff", "accept")
    assert entry["details"] == {"import_id": "i-0", "rows": 0}
    assert entry["at"].endswith("+00:00")
    assert "川辺" not in (tmp_path / "audit.jsonl").read_text(encoding="utf-8")


def test_a_sound_chain_is_sound_and_an_empty_one_too(tmp_path: Path) -> None:
    assert verify(tmp_path).is_sound
    note_some(tmp_path)
    assert (verify(tmp_path).lines, verify(tmp_path).broken_line) == (6, None)
    assert head(tmp_path)[0] == 6


@pytest.mark.parametrize("value", ["090-1234-5678 に電話", "山田太郎", "a b", "a\nb", "x" * 201])
def test_text_does_not_get_in(tmp_path: Path, value: str) -> None:
    with pytest.raises(ValueError, match="identifiers"):
        note(tmp_path, actor=STAFF, action=Action.ACCEPT, result="ok", details={"file": value})
    assert list(entries(tmp_path)) == []


@pytest.mark.parametrize("line", range(6))
def test_a_changed_line_is_the_first_broken_one(tmp_path: Path, line: int) -> None:
    lines = note_some(tmp_path)
    entry = json.loads(lines[line])
    entry["actor"] = "local:other"
    write(tmp_path, [*lines[:line], json.dumps(entry).encode() + b"\n", *lines[line + 1 :]])
    assert verify(tmp_path).broken_line == line + 1
    assert "書き換え" in verify(tmp_path).reason


def test_a_log_that_was_sound_a_moment_ago_is_checked_again(tmp_path: Path) -> None:
    lines = note_some(tmp_path)
    assert verify(tmp_path).is_sound
    kept = (tmp_path / "audit.jsonl").stat()
    write(tmp_path, [*lines[:3], lines[3].replace(b"i-3", b"i-4"), *lines[4:]])
    os.utime(tmp_path / "audit.jsonl", ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert verify(tmp_path).broken_line == 4
    write(tmp_path, lines)
    assert verify(tmp_path).is_sound
    (tmp_path / "audit.head").write_text(f"6 {'1' * 64}\n", encoding="ascii")
    assert verify(tmp_path).broken_line == 6


@pytest.mark.parametrize("line", range(6))
def test_a_removed_line_is_found(tmp_path: Path, line: int) -> None:
    lines = note_some(tmp_path)
    write(tmp_path, [*lines[:line], *lines[line + 1 :]])
    assert verify(tmp_path).broken_line == line + 1


def test_two_lines_that_change_places_are_found(tmp_path: Path) -> None:
    lines = note_some(tmp_path)
    lines[2], lines[3] = lines[3], lines[2]
    write(tmp_path, lines)
    assert verify(tmp_path).broken_line == 3


@pytest.mark.parametrize("kept", range(6))
def test_a_cut_end_is_found(tmp_path: Path, kept: int) -> None:
    write(tmp_path, note_some(tmp_path)[:kept])
    assert verify(tmp_path).broken_line == kept + 1
    assert "消され" in verify(tmp_path).reason


def test_a_removed_file_is_found(tmp_path: Path) -> None:
    note_some(tmp_path)
    (tmp_path / "audit.jsonl").unlink()
    assert not verify(tmp_path).is_sound


def test_any_single_byte_that_changes_is_found(tmp_path: Path) -> None:
    whole = b"".join(note_some(tmp_path))
    chosen = random.Random(7)
    for _ in range(200):
        at = chosen.randrange(len(whole))
        other = bytes([whole[at] ^ chosen.randrange(1, 128)])
        (tmp_path / "audit.jsonl").write_bytes(whole[:at] + other + whole[at + 1 :])
        assert not verify(tmp_path).is_sound, (at, other)


def test_what_follows_a_broken_line_is_noted_and_the_break_stays_visible(tmp_path: Path) -> None:
    lines = note_some(tmp_path, 3)
    write(tmp_path, [*lines[:2], b"{}\n"])
    note_some(tmp_path, 1)
    assert verify(tmp_path).broken_line == 3
    assert len((tmp_path / "audit.jsonl").read_bytes().splitlines()) == 4


def test_a_line_torn_by_a_power_cut_is_set_aside(tmp_path: Path) -> None:
    lines = note_some(tmp_path, 3)
    write(tmp_path, [*lines, b'{"n": 4, "at": "20'])
    note_some(tmp_path, 1)
    assert verify(tmp_path).is_sound
    assert verify(tmp_path).lines == 4
    assert (tmp_path / "audit.torn").read_bytes().startswith(b'{"n": 4')


def test_a_power_cut_between_line_and_head_is_no_tampering(tmp_path: Path) -> None:
    note_some(tmp_path, 3)
    kept = (tmp_path / "audit.head").read_bytes()
    note_some(tmp_path, 1)
    (tmp_path / "audit.head").write_bytes(kept)
    assert verify(tmp_path).is_sound


def test_a_lost_or_older_head_is_found(tmp_path: Path) -> None:
    note_some(tmp_path, 3)
    kept = (tmp_path / "audit.head").read_bytes()
    note_some(tmp_path, 2)
    (tmp_path / "audit.head").write_bytes(kept)
    assert (verify(tmp_path).broken_line, verify(tmp_path).lines) == (4, 3)
    (tmp_path / "audit.head").unlink()
    assert verify(tmp_path).broken_line == 1


def test_a_chain_made_anew_is_found_by_the_head(tmp_path: Path) -> None:
    note_some(tmp_path / "true", 4)
    note_some(tmp_path / "false", 4)
    (tmp_path / "true" / "audit.jsonl").write_bytes(
        (tmp_path / "false" / "audit.jsonl").read_bytes()
    )
    assert verify(tmp_path / "true").broken_line == 4


def test_many_at_once_keep_one_chain(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: note_some(tmp_path, 5), range(8)))
    assert (verify(tmp_path).lines, verify(tmp_path).is_sound) == (40, True)


def test_a_folder_that_cannot_be_written_stops_the_deed(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StoreError, match="書き込めません"):
        note_some(tmp_path / "store", 1)
