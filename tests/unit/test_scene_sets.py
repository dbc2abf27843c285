"""Sets of scenes: those that come with the product, and those that staff save."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from access.roles import ANONYMOUS, Actor, NotAllowed, Role
from data.errors import StoreError, UserError
from workshop.file import directory_path
from workshop.scene_files import from_json, to_json
from workshop.scene_sets import (
    MOST_SETS,
    StaleSet,
    ready_sets,
    remove_set,
    save_set,
    saved_sets,
)
from workshop.scenes import TO_PREDICT, Scene, SceneSet, is_placed, placed

STAFF = Actor("a:1", "見本 花子", Role.STAFF)
OTHER = Actor("a:2", "例原 太郎", Role.STAFF)
SET = SceneSet("研修", (Scene("s1", "人口", "population", (("area", "85"),)),))


def save(root: Path, actor: Actor = STAFF, scene_set: SceneSet = SET):
    return save_set(root, actor=actor, key=None, scene_set=scene_set, version=None)


def test_the_two_ready_sets_have_notes_and_questions() -> None:
    titles = [each.title for each in ready_sets().values()]
    assert titles == ["人口の見通しから資源へ", "研修（カ）のロジックモデル"]
    for each in ready_sets().values():
        assert all(scene.note.startswith("【ねらい】") for scene in each.scenes)
        assert any(scene.question in TO_PREDICT.values() for scene in each.scenes)
        assert not is_placed(each)


def test_a_ready_set_that_is_placed_travels_as_a_file() -> None:
    for each in ready_sets().values():
        made = placed(each, own="85201", prefecture="85")
        asked = tuple(replace(scene, question=None) for scene in made.scenes)
        made = replace(made, scenes=asked)
        assert is_placed(made)
        assert from_json(to_json(made)) == made


def test_what_one_saves_nobody_else_sees(tmp_path: Path) -> None:
    kept = save(tmp_path)
    assert [each.scene_set for each in saved_sets(tmp_path, actor=STAFF)] == [SET]
    assert saved_sets(tmp_path, actor=OTHER) == ()
    with pytest.raises(StaleSet):
        remove_set(tmp_path, actor=OTHER, key=kept.key, version=kept.version)
    assert len(saved_sets(tmp_path, actor=STAFF)) == 1


def test_nothing_is_there_before_the_first_save(tmp_path: Path) -> None:
    assert saved_sets(tmp_path, actor=STAFF) == ()
    assert not directory_path(tmp_path).exists()


@pytest.mark.parametrize("actor", [ANONYMOUS, Actor("a:3", "閲覧", Role.VIEWER)])
def test_viewers_neither_save_nor_read(tmp_path: Path, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        save(tmp_path, actor)
    with pytest.raises(NotAllowed):
        saved_sets(tmp_path, actor=actor)


def test_a_second_window_does_not_overwrite_the_first(tmp_path: Path) -> None:
    kept = save(tmp_path)
    changed = replace(SET, title="研修 2")
    again = save_set(tmp_path, actor=STAFF, key=kept.key, scene_set=changed, version=kept.version)
    assert again.version == 2
    with pytest.raises(StaleSet, match="先に保存"):
        save_set(tmp_path, actor=STAFF, key=kept.key, scene_set=SET, version=kept.version)
    assert saved_sets(tmp_path, actor=STAFF)[0].scene_set.title == "研修 2"


def test_a_set_that_was_removed_is_not_saved_over(tmp_path: Path) -> None:
    kept = save(tmp_path)
    remove_set(tmp_path, actor=STAFF, key=kept.key, version=kept.version)
    with pytest.raises(StaleSet, match="もうありません"):
        save_set(tmp_path, actor=STAFF, key=kept.key, scene_set=SET, version=kept.version)


def test_a_faulty_set_is_refused_before_it_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="題名"):
        save(tmp_path, scene_set=replace(SET, title=""))
    assert saved_sets(tmp_path, actor=STAFF) == ()


def test_one_person_cannot_fill_the_disk(tmp_path: Path) -> None:
    for _ in range(MOST_SETS):
        save(tmp_path)
    with pytest.raises(UserError, match="100セットまで"):
        save(tmp_path)
    save(tmp_path, OTHER)


def test_a_damaged_file_is_told_in_words(tmp_path: Path) -> None:
    directory_path(tmp_path).parent.mkdir(parents=True)
    directory_path(tmp_path).write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="壊れている"):
        saved_sets(tmp_path, actor=STAFF)
