"""Run as a process of its own: scenes come in, and go out as a viewer without an account sees them.

Not in the server's process: running a page outside of a session takes the place of Streamlit's
runtime there. One line of JSON per scene, in the order in which they came.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, TextIO

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from access.roles import ANONYMOUS, Actor
from ui import actor
from ui.recorded import recording
from ui.selection import NATION, area_of
from ui.store import generation, serving
from workshop.rendered import Part, RenderedScene, to_dict
from workshop.scene_files import from_tables
from workshop.scenes import Scene

FRAME = Path(__file__).resolve().parent.parent / "frame.py"
SECONDS_PER_PAGE = 60
# What the pages say where a code in the address means nothing (any more).
_UNKNOWN = ("指定された", "はありません", "使えません")
# It warns, at every question to the data, that no server is running.
_TALK = "streamlit.runtime.scriptrunner_utils.script_run_context"
_PRESS = "押すと"
_NOTHING = "この画面には、示す図も文もありません。選択を確かめてください。"
_FAILED = "このページを表示できませんでした。ページを開いて確かめてください。"


def render(scene: Scene) -> RenderedScene:
    """Return what the page of a scene shows, or the problem."""
    app = AppTest.from_file(FRAME, default_timeout=SECONDS_PER_PAGE)
    app.run()
    app.query_params.update(scene.query)
    app.switch_page(f"pages/{scene.page}.py")
    try:
        with recording() as parts:
            app.run()
    except Exception:  # a page that takes too long, or a fault outside of it: the others go on
        return _rendered(scene, "", (), _FAILED)
    problem = _problem(app, parts)
    area = area_of(str(app.query_params.get("area") or NATION))
    return _rendered(scene, area.name if area else "", tuple(parts), problem)


def _rendered(scene: Scene, place: str, parts: tuple[Part, ...], problem: str) -> RenderedScene:
    return RenderedScene(
        scene_id=scene.scene_id,
        title=scene.title,
        place=place,
        generation=generation(),
        parts=() if problem else tuple(_worth_showing(parts)),
        problem=problem,
    )


def _worth_showing(parts: Sequence[Part]) -> Iterator[Part]:
    """Leave out what only helps at the page itself: how to press, and headings of links."""
    kept = [part for part in parts if not (part.kind == "note" and _PRESS in part.text)]
    for part, after in zip_longest(kept, kept[1:]):
        if part.kind != "heading" or (after is not None and after.kind != "heading"):
            yield part


def _problem(app: AppTest, parts: list[Part]) -> str:
    """Return what the page itself says is wrong, empty where it shows what was asked."""
    if app.exception:
        return _FAILED
    if app.error:
        return str(app.error[0].value)
    banner = serving().banner
    told = [str(warning.value) for warning in app.warning if warning.value != banner]
    unknown = [line for line in told if any(words in line for words in _UNKNOWN)]
    if unknown:
        return unknown[0]
    if any(part.kind in ("figure", "sentence", "metric", "table") for part in parts):
        return ""
    return next((part.text for part in parts if part.kind == "note"), _NOTHING)


def _nobody() -> Actor:
    return ANONYMOUS


_make = PagesManager.__init__


def _declared_only(self: PagesManager, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
    """Keep a folder named pages/ from being taken for pages without their frame, as in app.py."""
    _make(self, *args, **kwargs)
    PagesManager.uses_pages_directory = False


def main(asked: TextIO, told: TextIO) -> None:
    """Read a set of scenes and write one line for each as soon as it is done."""
    logging.getLogger(_TALK).disabled = True
    PagesManager.__init__ = _declared_only  # type: ignore[method-assign]
    actor.identify = _nobody
    for scene in from_tables(json.load(asked)).scenes:
        told.write(json.dumps(to_dict(render(scene)), default=_plain) + "\n")
        told.flush()


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return a number of NumPy or a date as JSON knows it."""
    return value.item() if hasattr(value, "item") else str(value)


if __name__ == "__main__":
    # What libraries print must not come between the lines.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    with out, open(0, encoding="utf-8", closefd=False) as stream:
        main(stream, out)
    sys.stdout.flush()
