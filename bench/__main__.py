"""Measure the product and write the results: python -m bench [--dataset demo|official|both]."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.browser import measure_browser
from bench.builds import measure_builds
from bench.crowd import measure_crowd
from bench.figures import Figure
from bench.intake import measure_intake
from bench.machine import ROOT, describe_machine
from bench.n03_size import measure_n03
from bench.office import nationwide_book, open_office
from bench.progress import say
from bench.queries import measure_queries
from bench.report import Results, verdict, write_results
from bench.rooms import measure_rooms
from bench.routes import measure_routes
from bench.scripts import measure_scripts
from bench.subjects import Subject, chosen_pages, describe_subject, is_staffed
from data.demo.size import size_of
from data.generations import Store
from tests.serving import Server, chromium_path, serving

PARTS = ("build", "intake", "scripts", "crowd", "routes", "rooms", "screens")
_SERVED = ("routes", "rooms", "screens")
_WITHOUT_OFFICE = ("build", "intake", "crowd", "routes", "rooms")


def named_scale(text: str) -> str:
    """Return the text; ValueError, which argparse tells, when it names no size of the demo."""
    size_of(text)
    return text


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--dataset", choices=("demo", "official", "both"), default="both")
    options.add_argument("--repeat", type=int, default=10, help="repetitions of each measure")
    options.add_argument("--views", type=int, default=5, help="repetitions in the browser")
    options.add_argument("--builds", type=int, default=1, help="repetitions of the build")
    options.add_argument("--scale", type=named_scale, help="size of the demo: a number, nationwide")
    options.add_argument("--store", type=Path, help="measure this store instead of building one")
    options.add_argument("--pages", default="", help="only these pages, such as support,compare")
    options.add_argument("--part", choices=PARTS, help="measure this and nothing else")
    options.add_argument("--n03", action="store_true", help="build boundaries of all Japan only")
    options.add_argument("--out", type=Path, default=ROOT / "bench" / "results")
    return options


def measure(
    store: Path, figures: list[Figure], options: argparse.Namespace, *, scale: str | None
) -> Results:
    """Measure everything on the current generation of a store; None is a scale not told."""
    os.environ["STORE"] = str(store)
    machine = describe_machine()
    subject = _described(Store(store), options)
    scale = scale if subject.dataset == "demo" else None
    say(f"{subject.dataset}: {subject.size}")
    part = options.part
    failures: list[str] = []
    found = list(figures)
    if part in (None, "intake"):
        found += measure_intake(store, repeat=3)
        say("intake done")
    if part in (None, "scripts"):
        scripts, asked, failures = measure_scripts(subject, repeat=options.repeat)
        found += scripts
        say("scripts done")
        found += measure_queries(asked, subject.generation, repeat=options.repeat)
        say("queries done")
    if part in (None, "crowd"):
        found += measure_crowd(subject, store)
        say("crowd done")
    if part in (None, *_SERVED):
        seen, unseen = _served_figures(store, subject, machine, options)
        found += seen
        failures += unseen
    return Results(
        dataset=subject.dataset,
        scale=scale,
        repeat=options.views if part == "screens" else options.repeat,
        machine=machine,
        size=subject.size,
        figures=found,
        failures=failures,
        part=part or "",
    )


def _served_figures(
    store: Path, subject: Subject, machine: dict[str, Any], options: argparse.Namespace
) -> tuple[list[Figure], list[str]]:
    """Return what a server and a browser tell."""
    found: list[Figure] = []
    failures: list[str] = []
    part = options.part
    with _served(store) as server:
        if part in (None, "routes"):
            found, failures = measure_routes(subject, server, repeat=options.repeat)
            say("routes done")
        if part in (None, "rooms"):
            found += measure_rooms(subject, server, store)
            say("rooms done")
        if part in (None, "screens"):
            seen, unseen = _screens(subject, server, machine, repeat=options.views)
            found += seen
            failures += unseen
    return found, failures


def _described(store: Store, options: argparse.Namespace) -> Subject:
    """Return what is measured; first an office works in the store, where its pages are meant."""
    pages = [page for page in options.pages.split(",") if page]
    if options.part in _WITHOUT_OFFICE or not is_staffed(chosen_pages(pages)):
        return describe_subject(store.current(), pages=pages)
    sessions = open_office(store)
    say("accounts, imports and log made")
    book, _ = nationwide_book(store)
    return describe_subject(store.current(), pages=pages, sessions=sessions, workbook=book)


@contextmanager
def _served(store: Path) -> Iterator[Server]:
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(store, Path(folder) / "server.log") as server,
    ):
        yield server


def _screens(
    subject: Subject, server: Server, machine: dict[str, Any], *, repeat: int
) -> tuple[list[Figure], list[str]]:
    """Return what a browser measures, and what it could not; its version goes to the machine."""
    if not chromium_path():
        return [], ["browser: no Chromium here"]
    seen, unseen, machine["chromium"] = measure_browser(subject, server, repeat=repeat)
    return seen, unseen


def run(dataset: str, options: argparse.Namespace) -> Results:
    """Build a dataset in a store of its own, and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        scale = options.scale or "1"
        figures = measure_builds(dataset, store, scale=scale, count=options.builds)
        say(f"{dataset} built")
        return measure(store, figures, options, scale=scale)


def measure_given(options: argparse.Namespace) -> Results:
    """Measure a copy of the current generation of the store that was named."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        with store.writing() as draft:
            shutil.copyfile(Store(options.store).current(), draft)
        return measure(store.root, [], options, scale=options.scale)


def finish(results: Results, folder: Path) -> bool:
    """Write the results and say which budgets are not kept; tell whether all was measured."""
    paths = write_results(results, folder)
    for figure in results.figures:
        if figure.is_kept is False:
            place = f"{figure.section} {figure.name} {figure.scope} {figure.measure}"
            say(f"{verdict(figure)} {place}: {figure.median:,.1f} > {figure.limit:,.0f}")
    for text in results.failures:
        say(f"not measured: {text}")
    print("\n".join(str(path) for path in paths))
    return not results.failures


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when everything was measured, whether or not the budgets are kept."""
    options = parser().parse_args(arguments)
    logging.disable(logging.WARNING)  # streamlit's, about running without a server
    if options.part == "build" and options.store:
        parser().error("--part build makes a store of its own: leave --store out")
    if options.n03:
        return 0 if finish(measure_n03(), options.out) else 1
    if options.store:
        return 0 if finish(measure_given(options), options.out) else 1
    wanted = ["demo", "official"] if options.dataset == "both" else [options.dataset]
    if "official" in wanted and not os.environ.get("OFFICIAL_RAW"):
        say("OFFICIAL_RAW names no folder with the publishers' files: official is not measured")
        wanted.remove("official")
    done = [finish(run(dataset, options), options.out) for dataset in wanted]
    return 0 if done and all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
