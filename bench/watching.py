"""Script runs in this process as the server has them, timed and asked what they ask."""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.runtime.dataframe_source_manager import DataframeSourceManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

import ui
import ui.actor
import ui.store
from ui.identity import SESSION_COOKIE, Presented

SESSION_KEY = "session_of_bench"
_OURS = {"Host": "127.0.0.1:1", "Origin": "http://127.0.0.1:1"}
Question = tuple[Callable[..., Any], tuple[tuple[str, Hashable], ...]]


@dataclass
class Watch:
    """CPU milliseconds of the runs since the last look, and the questions that pages asked."""

    spent: list[float] = field(default_factory=list)
    questions: dict[str, dict[Question, None]] = field(default_factory=dict)
    asker: str = ""
    runner: LocalScriptRunner | None = None

    def taken(self) -> float:
        total = sum(self.spent)
        self.spent.clear()
        return total


@contextmanager
def watching() -> Iterator[Watch]:
    """Time every script run, and note what pages ask of the database.

    The CPU time is that of all threads of the process, so that DuckDB's count. Scripts stay
    compiled from one run to the next, as in the server, where AppTest would compile them anew;
    nor are the mocks counted that AppTest makes in place of a browser whenever a page asks for it.
    Nobody tells here of a drawn figure, and AppTest would count the time until the page goes on;
    of a large table the first rows are sent, as the server does and AppTest does not.
    """
    watch, large = Watch(), DataframeSourceManager()
    run, ask, manage = ScriptRunner._run_script, ui.store.ask, PagesManager.__init__

    def timed(self: LocalScriptRunner, *args: Any) -> None:  # noqa: ANN401
        watch.runner = self
        before = time.process_time()
        run(self, *args)
        watch.spent.append(1000 * (time.process_time() - before))
        large.remove_orphaned_sources()

    def noted(function: Callable[..., Any], **filters: Hashable) -> Any:  # noqa: ANN401
        question = (function, tuple(sorted(filters.items())))
        watch.questions.setdefault(watch.asker, {})[question] = None
        return ask(function, **filters)

    def declared_only(self: PagesManager, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        manage(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    with ExitStack() as stack:
        stack.enter_context(patch.object(ScriptRunner, "_run_script", timed))
        stack.enter_context(patch.object(PagesManager, "__init__", declared_only))
        stack.enter_context(patch.object(ui.actor, "presented_here", _presented))
        for module in _interface():
            if getattr(module, "ask", None) is ask:
                stack.enter_context(patch.object(module, "ask", noted))
        _serve_as_the_server(stack, large)
        yield watch


def _serve_as_the_server(stack: ExitStack, large: DataframeSourceManager) -> None:
    """Take away what AppTest does otherwise than the server."""
    compiled = ScriptCache()
    for place, instead in (
        ("streamlit.elements.arrow._get_dataframe_source_mgr", lambda: large),
        ("streamlit.dataframe.lazy_df_source.config", _Served),
        ("streamlit.runtime.context._get_client_context", lambda: None),
        ("streamlit.testing.v1.app_test.ScriptCache", lambda: compiled),
        ("streamlit.testing.v1.local_script_runner.ScriptCache", lambda: compiled),
        ("ui.first_figure.LONGEST_SECONDS", 0),
    ):
        stack.enter_context(patch(place, instead))


class _Served:
    """The options of Streamlit as the server has them, where AppTest would send tables whole."""

    @staticmethod
    def get_option(name: str) -> Any:  # noqa: ANN401 - whatever the option is
        return False if name == "global.appTest" else st.get_option(name)


def _presented() -> Presented:
    """Return what a browser would have presented; the records still decide who that is."""
    token = st.session_state.get(SESSION_KEY)
    return Presented({SESSION_COOKIE: token}, _OURS) if token else Presented()


def _interface() -> list[ModuleType]:
    """Return every module of ui/, loaded now so that none keeps the watched `ask` afterwards."""
    names = [found.name for found in pkgutil.iter_modules(ui.__path__)]
    return [importlib.import_module(f"ui.{name}") for name in names]
