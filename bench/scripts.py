"""CPU time of the script of each page, run in this process as the server runs it."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

import ui
import ui.actor
import ui.store
from bench.figures import Figure, figure
from bench.machine import ROOT
from bench.progress import say
from bench.subjects import DEFAULT_PAGE, REGION_PICKER, STEPS, Scope, Subject, widget_keys
from bench.watching import SESSION_KEY, Question, Watch, watching
from data.generations import Store

RERUNS = 5  # in a session: one alone varies by half on a machine with neighbours
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def open_page(page: str, scope: Scope, *, session: str = "") -> AppTest:
    """Run a page in a new session, as someone who opens a link and may be signed in."""
    app = AppTest.from_file(str(ROOT / "frame.py"), default_timeout=120)
    if session:
        app.session_state[SESSION_KEY] = session
    for param, code in scope.query(page).items():
        app.query_params[param] = code
    name = page.partition(":")[0]
    if name != DEFAULT_PAGE:
        app.switch_page(f"pages/{name}.py")
    return checked(app.run())


def prepare(app: AppTest, page: str, workbook: bytes) -> None:
    """Drop the workbook and open the step, where the view is one of these."""
    if page not in STEPS:
        return
    checked(app.file_uploader[0].upload("collected.xlsx", workbook, BOOK_TYPE).run())
    group = next(g for g in app.button_group if str(g.key).startswith("upload_step"))
    checked(group.set_value(STEPS[page]).run())


def checked(app: AppTest) -> AppTest:
    """Refuse to time a page that shows a failure."""
    failures = [item.message for item in app.exception] + [item.value for item in app.error]
    if failures:
        raise RuntimeError(failures[0])
    return app


def change(watch: Watch, app: AppTest, page: str) -> str | None:
    """Choose another option of the page's widget and run; return the widget's key."""
    for key in widget_keys(page):
        for kind in (app.selectbox, app.multiselect, app.segmented_control, app.pills):
            widget = next((item for item in kind if item.key == key), None)
            if widget is None or len(widget.options) < 2:
                continue
            _choose_another(widget)
            _run_as_browser(watch, app, widget.id)
            return key
    return None


def _choose_another(widget: Any) -> None:  # noqa: ANN401
    options = list(widget.options)
    if hasattr(widget, "indices"):  # several can be chosen: one more, else only the first
        rest = [option for number, option in enumerate(options) if number not in widget.indices]
        if rest:
            widget.select(rest[0])
        else:
            widget.set_value(options[:1])
        return
    widget.select_index((widget.index + 1) % len(options))


def _run_as_browser(watch: Watch, app: AppTest, widget_id: str) -> None:
    """Run the fragment that holds the widget, if any does; AppTest by itself runs everything."""
    messages = watch.runner.forward_msgs() if watch.runner else []
    holding = (m.delta for m in messages if widget_id in str(m.delta.new_element))
    fragment = next((delta.fragment_id for delta in holding), "")
    queue = [fragment] if fragment else []
    rerun = partial(RerunData, fragment_id_queue=queue)
    with patch("streamlit.testing.v1.local_script_runner.RerunData", rerun):
        checked(app.run())


def forget(generation: Path) -> None:
    """Make the generation look newly published, so that nothing cached of it is used.

    Looking whether the file is sound is not counted: publishing has done that already.
    """
    now = time.time_ns()
    os.utime(generation, ns=(now, now))
    os.utime(Store(generation.parent.parent).pointer, ns=(now, now))
    ui.store.serving()


def measure_page(
    watch: Watch, page: str, scope: Scope, *, subject: Subject, repeat: int
) -> list[Figure]:
    """Time a page on a new generation, in a session after that, on a rerun and on changes.

    The budget is for what a viewer does over and over; a question that nobody has asked yet of a
    generation is asked once, and its figure is for comparison only.
    """
    watch.asker = f"{page} {scope.key}"
    spent: dict[str, list[float]] = {}

    def note(measure: str) -> None:
        spent.setdefault(measure, []).append(watch.taken())

    for _ in range(repeat):
        forget(subject.generation)
        watch.taken()
        for opening, changing in (("first", "new"), ("session", "known")):
            app = open_page(page, scope, session=subject.session_of(page))
            note(opening)
            prepare(app, page, subject.workbook)
            watch.taken()
            for _ in range(RERUNS if opening == "session" else 0):
                checked(app.run())
                note("rerun")
            if key := change(watch, app, page):
                note(f"{changing}:{key.removeprefix('choice_')}")
    return [
        figure("script", page, measure, values, unit="ms", scope=scope.key,
               budget=("script", "rerun") if is_warm(measure, page) else None)
        for measure, values in spent.items()
    ]  # fmt: skip


def is_warm(measure: str, page: str) -> bool:
    """Tell whether a run only repeats; a dropped workbook is checked anew for another place."""
    is_new_place = page in STEPS and measure == f"known:{REGION_PICKER}"
    return measure == "rerun" or (measure.startswith("known:") and not is_new_place)


def measure_scripts(
    subject: Subject, *, repeat: int
) -> tuple[list[Figure], dict[str, dict[Question, None]], list[str]]:
    """Return figures, what each page asked, and the pages that could not be measured and why."""
    figures: list[Figure] = []
    failures: list[str] = []
    with watching() as watch:
        for page in subject.pages:
            for scope in (scope for scope in subject.scopes if scope.has(page)):
                try:
                    app = open_page(page, scope, session=subject.session_of(page))
                    prepare(app, page, subject.workbook)  # imports are not counted
                    figures += measure_page(watch, page, scope, subject=subject, repeat=repeat)
                except RuntimeError as error:
                    failures.append(f"script {page} {scope.key}: {error}")
            say(f"  {page}")
    return figures, watch.questions, failures
