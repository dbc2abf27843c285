"""The current generation, and cached questions to it."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.geometry import topology, topology_text
from analytics.sources import meta_values
from data.generations import Store, open_generation

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "store"
LOOK_SECONDS = 0.05
_lock = threading.Lock()
_run = threading.local()


@dataclass(frozen=True)
class Serving:
    """What is served now: the file, and the sentence to show when it is not the newest."""

    path: Path
    banner: str | None
    modified: int


@lru_cache(maxsize=8)
def _store_at(root: Path) -> Store:
    return Store(root)


def store() -> Store:
    """Return the store that STORE names, else the folder beside app.py."""
    return _store_at(Path(os.environ.get("STORE") or DEFAULT_FOLDER))


@lru_cache(maxsize=8)
def _serving(root: Path, stamp: tuple[int, int]) -> Serving:
    current = _store_at(root)
    path = current.current()
    return Serving(path, current.banner(), path.stat().st_mtime_ns)


def serving() -> Serving:
    """Return what is served, looking anew only when CURRENT has changed.

    A page asks dozens of times in one run: there the disk is looked at once in a while.
    """
    context, now = get_script_run_ctx(suppress_warning=True), time.monotonic()
    if context is None:
        return _look()
    seen = getattr(_run, "seen", None)
    if seen is None or seen[0] is not context or now - seen[1] > LOOK_SECONDS:
        seen = _run.seen = (context, now, _look())
    found: Serving = seen[2]
    return found


def _look() -> Serving:
    current = store()
    with _lock:
        return _serving(current.root, current.stamp())


def generation() -> str:
    """Return the name of the generation in use, such as 000123."""
    return serving().path.stem


def served() -> str:
    """Return what tells the served file from any other, as a key for caches."""
    current = serving()
    return f"{current.path}:{current.modified}"


@st.cache_resource(max_entries=3, show_spinner=False)
def _connection(path: str, modified: int) -> duckdb.DuckDBPyConnection:
    return open_generation(Path(path))


def connection() -> duckdb.DuckDBPyConnection:
    """Return the locked-down connection of the current generation, shared by all sessions."""
    current = serving()
    return _connection(str(current.path), current.modified)


@lru_cache(maxsize=4_000)
def _answer(
    path: str,
    modified: int,
    function: Callable[..., Any],
    filters: tuple[tuple[str, Hashable], ...],
) -> Any:  # noqa: ANN401 - whatever the question returns
    with _connection(path, modified).cursor() as cursor:
        return function(cursor, **dict(filters))


def ask(function: Callable[..., Any], **filters: Hashable) -> Any:  # noqa: ANN401
    """Run `function(con, **filters)` on the current generation, once for all sessions.

    Filters are hashable (tuples, not lists). A frame comes back as a shallow copy: pandas copies
    on write, so that a page may change it without touching what others see.
    """
    current = serving()
    chosen = tuple(sorted(filters.items()))
    found = _answer(str(current.path), current.modified, function, chosen)
    return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found


def meta() -> dict[str, str]:
    """Return the facts of the generation: its name, dataset, schema version and build time."""
    return dict(ask(meta_values))


def dataset() -> str:
    """Return demo or official."""
    return meta().get("dataset", "official")


def geo_url(level: str, parent: str) -> str:
    """Return the address of the polygons of a level inside an area."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    found = ask(topology, level=level, parent=parent)
    mark = (
        f"?v={found[1]}" if found else ""
    )  # browsers keep it for good: two stores may share names
    return f"{'/' + base if base else ''}/geo/{generation()}/{level}/{parent}.json{mark}"


def geometry_at(url: str) -> dict[str, Any]:
    """Return the TopoJSON behind an address made by `geo_url`, for pictures that stand alone."""
    level, parent = url.partition("?")[0].removesuffix(".json").split("/")[-2:]
    text: str | None = ask(topology_text, level=level, parent=parent)
    return json.loads(text) if text else {}
