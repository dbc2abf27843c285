"""Scenes rendered by a child process, as a viewer without an account sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock, Timer

import streamlit as st

from records.file import stamp
from ui.store import generation, served, store
from workshop.rendered import RenderedScene, from_dict
from workshop.scene_files import to_tables
from workshop.scenes import Scene, SceneSet

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START, SECONDS_PER_SCENE = 60, 30
MOST_KEPT = 100
_STOPPED = "このシーンを用意する途中で止まりました。もう一度試してください。"
_kept: OrderedDict[Hashable, RenderedScene] = OrderedDict()
_lock = Lock()


def render(
    scenes: Sequence[Scene], *, on_done: Callable[[int], None] | None = None
) -> tuple[RenderedScene, ...]:
    """Return each scene rendered, in order; `on_done` hears how many are ready.

    A scene that cannot be shown has a `problem`; the others are not touched by it. What was
    rendered before from the same data is not rendered again.
    """
    keys = [_key(scene) for scene in scenes]
    with _lock:
        found = {key: _kept[key] for key in keys if key in _kept}
    missing = {key: each for key, each in zip(keys, scenes, strict=True) if key not in found}
    if found and on_done is not None:
        on_done(sum(key in found for key in keys))
    for key, rendered in zip(missing, _from_child(tuple(missing.values())), strict=False):
        found[key] = rendered
        _keep(key, rendered)
        if on_done is not None:
            on_done(sum(each in found for each in keys))
    return tuple(
        replace(found[key], scene_id=scene.scene_id, title=scene.title)
        if key in found
        else RenderedScene(scene.scene_id, scene.title, "", generation(), (), _STOPPED)
        for key, scene in zip(keys, scenes, strict=True)
    )


def known_problem(scene: Scene) -> str:
    """Return why a scene cannot be shown, empty where it can, or was not rendered yet."""
    with _lock:
        found = _kept.get(_key(scene))
    return found.problem if found else ""


def _key(scene: Scene) -> Hashable:
    """Return what tells one picture from another: the data, and what staff have written."""
    return served(), stamp(store().root), scene.page, scene.query


def _keep(key: Hashable, rendered: RenderedScene) -> None:
    with _lock:
        _kept[key] = rendered
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def _from_child(scenes: Sequence[Scene]) -> Iterator[RenderedScene]:
    if not scenes:
        return
    bare = tuple(replace(scene, note="", question=None) for scene in scenes)
    child = subprocess.Popen(
        [sys.executable, "-m", "ui.scene_process"],
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    limit = Timer(SECONDS_TO_START + SECONDS_PER_SCENE * len(scenes), child.kill)
    limit.start()
    try:
        with child:
            if child.stdin is None or child.stdout is None:
                return
            child.stdin.write(json.dumps(to_tables(SceneSet("scenes", bare))))
            child.stdin.close()
            for line in child.stdout:
                yield from_dict(json.loads(line))
    except (BrokenPipeError, ValueError):  # it died while it read or wrote: the rest has a problem
        return
    finally:
        limit.cancel()
        child.kill()


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "STORE": str(store().root),
        "PYTHONUTF8": "1",
        "STREAMLIT_SERVER_BASE_URL_PATH": str(st.get_option("server.baseUrlPath") or ""),
    }
