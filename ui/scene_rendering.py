"""Scenes rendered by a child process, as a viewer without an account sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Timer

from ui.store import generation, store
from workshop.rendered import RenderedScene, from_dict
from workshop.scene_files import to_tables
from workshop.scenes import Scene, SceneSet

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START, SECONDS_PER_SCENE = 60, 30
_STOPPED = "このシーンを用意する途中で止まりました。もう一度試してください。"


def render(
    scenes: Sequence[Scene], *, on_done: Callable[[int], None] | None = None
) -> tuple[RenderedScene, ...]:
    """Return each scene rendered, in order; `on_done` hears how many are ready.

    A scene that cannot be shown has a `problem`; the others are not touched by it.
    """
    if not scenes:
        return ()
    made: list[RenderedScene] = []
    for rendered in _from_child(scenes):
        made.append(rendered)
        if on_done is not None:
            on_done(len(made))
    return (*made, *(_stopped(scene) for scene in scenes[len(made) :]))


def _from_child(scenes: Sequence[Scene]) -> Iterator[RenderedScene]:
    bare = tuple(replace(scene, note="", question=None) for scene in scenes)
    asked = json.dumps(to_tables(SceneSet("scenes", bare)))
    environment = {
        **os.environ,
        "STORE": str(store().root),
        "PYTHONUTF8": "1",
        "STREAMLIT_LOGGER_LEVEL": "error",  # it warns that no server is running
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "ui.scene_process"],
        cwd=ROOT,
        env=environment,
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
            child.stdin.write(asked)
            child.stdin.close()
            for line in child.stdout:
                yield from_dict(json.loads(line))
    except (BrokenPipeError, ValueError):  # it died while it read or wrote: the rest has a problem
        return
    finally:
        limit.cancel()
        child.kill()


def _stopped(scene: Scene) -> RenderedScene:
    return RenderedScene(scene.scene_id, scene.title, "", generation(), (), _STOPPED)
