"""CPU time of the script of each page, run in this process as the server runs it."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest

import ui.store
from bench.figures import Figure, figure
from bench.machine import ROOT
from bench.subjects import DEFAULT_PAGE, Scope, Subject, page_names, widget_keys

Question = tuple[Callable[..., Any], tuple[tuple[str, Hashable], ...]]


@dataclass
class Watch:
    """CPU milliseconds of the runs since the last look, and the questions that pages asked."""

    spent: list[float] = field(default_factory=list)
    questions: dict[str, dict[Question, None]] = field(default_factory=dict)
    asker: str = ""

    def taken(self) -> float:
        total = sum(self.spent)
        self.spent.clear()
        return total


@contextmanager
def watching() -> Iterator[Watch]:
    """Time every script run, and note what pages ask of the database.

    The CPU time is that of all threads of the process, so that DuckDB's count. Scripts stay
    compiled from one run to the next, as in the server, where AppTest would compile them anew.
    """
    watch = Watch()
    run, ask, manage = ScriptRunner._run_script, ui.store._answer, PagesManager.__init__

    def timed(self: ScriptRunner, *args: Any) -> None:  # noqa: ANN401
        before = time.process_time()
        run(self, *args)
        watch.spent.append(1000 * (time.process_time() - before))

    def noted(path: str, modified: int, name: str, filters: Any, function: Any) -> Any:  # noqa: ANN401
        watch.questions.setdefault(watch.asker, {})[(function, filters)] = None
        return ask(path, modified, name, filters, function)

    def declared_only(self: PagesManager, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        manage(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    compiled = ScriptCache()
    with ExitStack() as stack:
        stack.enter_context(patch.object(ScriptRunner, "_run_script", timed))
        stack.enter_context(patch.object(ui.store, "_answer", noted))
        stack.enter_context(patch.object(PagesManager, "__init__", declared_only))
        for module in ("app_test", "local_script_runner"):
            place = f"streamlit.testing.v1.{module}.ScriptCache"
            stack.enter_context(patch(place, lambda: compiled))
        yield watch


def open_page(page: str, scope: Scope) -> AppTest:
    """Run a page in a new session, as someone who opens a link."""
    app = AppTest.from_file(str(ROOT / "frame.py"), default_timeout=120)
    if scope.area_code != "00":
        app.query_params["area"] = scope.area_code
    if page != DEFAULT_PAGE:
        app.switch_page(f"pages/{page}.py")
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    """Refuse to time a page that shows a failure."""
    failures = [item.message for item in app.exception] + [item.value for item in app.error]
    if failures:
        raise RuntimeError(failures[0])
    return app


def change(app: AppTest, page: str) -> str | None:
    """Choose another option of the page's widget and run; return the widget's key."""
    for key in widget_keys(page):
        for kind in (app.selectbox, app.multiselect, app.segmented_control):
            widget = next((item for item in kind if item.key == key), None)
            if widget is None or len(widget.options) < 2:
                continue
            _choose_another(widget)
            checked(app.run())
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


def measure_page(watch: Watch, page: str, scope: Scope, *, repeat: int) -> list[Figure]:
    """Time a page on a fresh process' caches, in a new session, on reruns and on changes."""
    watch.asker = f"{page} {scope.key}"
    spent: dict[str, list[float]] = {}

    def note(measure: str) -> None:
        spent.setdefault(measure, []).append(watch.taken())

    for _ in range(repeat):
        st.cache_resource.clear()
        st.cache_data.clear()
        watch.taken()
        for opening, changing in (("first", "new"), ("session", "known")):
            app = open_page(page, scope)
            note(opening)
            if opening == "session":
                checked(app.run())
                note("rerun")
            if key := change(app, page):
                note(f"{changing}:{key.removeprefix('choice_')}")
    return [
        figure("script", page, measure, values, unit="ms", scope=scope.key,
               budget=None if measure in ("first", "session") else ("script", "rerun"))
        for measure, values in spent.items()
    ]  # fmt: skip


def measure_scripts(
    subject: Subject, *, repeat: int
) -> tuple[list[Figure], dict[str, dict[Question, None]], list[str]]:
    """Return figures, what each page asked, and the pages that could not be measured and why."""
    figures: list[Figure] = []
    failures: list[str] = []
    with watching() as watch:
        for page in page_names():
            for scope in subject.scopes:
                try:
                    open_page(page, scope)  # imports are not counted
                    figures += measure_page(watch, page, scope, repeat=repeat)
                except RuntimeError as error:
                    failures.append(f"script {page} {scope.key}: {error}")
    return figures, watch.questions, failures
