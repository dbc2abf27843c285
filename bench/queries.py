"""Time of every question that the pages put to the database, without any cache."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from duckdb import DuckDBPyConnection

from bench.figures import Figure, figure
from bench.watching import Question
from data.generations import open_generation


@dataclass(frozen=True)
class Query:
    """A question under the name by which it is reported: function, and area it is asked for."""

    name: str
    scope: str
    pages: tuple[str, ...]
    questions: tuple[Question, ...]


def queries_of(asked: dict[str, dict[Question, None]]) -> list[Query]:
    """Return one row per function and scope, with all the filters the pages used with it."""
    pages: dict[tuple[str, str], dict[str, None]] = {}
    questions: dict[tuple[str, str], dict[Question, None]] = {}
    for asker, found in asked.items():
        page, _, scope = asker.partition(" ")
        for function, filters in found:
            module = function.__module__.removeprefix("analytics.")
            key = (f"{module}.{function.__qualname__}", scope)
            pages.setdefault(key, {})[page] = None
            questions.setdefault(key, {})[(function, filters)] = None
    return [
        Query(name, scope, tuple(pages[name, scope]), tuple(questions[name, scope]))
        for name, scope in sorted(questions)
        if scope
    ]


def time_question(con: DuckDBPyConnection, question: Question, *, repeat: int) -> list[float]:
    """Return milliseconds of each repetition; a first one, in which files are read, is left out."""
    function, filters = question
    times = []
    for _ in range(repeat + 1):
        with con.cursor() as cursor:
            started = time.perf_counter()
            function(cursor, **dict(filters))
            times.append(1000 * (time.perf_counter() - started))
    return times[1:]


def measure_queries(
    asked: dict[str, dict[Question, None]], generation: Path, *, repeat: int
) -> list[Figure]:
    """Time each query on the filters on which it is slowest."""
    figures = []
    with open_generation(generation) as con:
        for query in queries_of(asked):
            times = [time_question(con, found, repeat=repeat) for found in query.questions]
            slowest = max(times, key=median)
            pages = "、".join(query.pages)
            figures.append(
                figure("query", query.name, pages, slowest, unit="ms", scope=query.scope)
            )
    return figures
