"""Reading, checking and publishing survey workbooks as large as the country, or as many."""

from __future__ import annotations

import io
import os
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
import xlsxwriter
from streamlit.testing.v1 import AppTest

from access.roles import Actor, Role
from bench.figures import Figure, figure
from bench.scripts import checked, open_page, watching
from bench.subjects import Scope
from data.catalogue.survey import Question
from data.generations import Store, open_generation
from surveys.acceptance import accept, undo
from surveys.answer_sheet import printed_code
from surveys.answer_words import choices
from surveys.proposal import Proposal, places_of, propose
from surveys.target import Target
from surveys.uploads import UploadedFile, read_uploads

COLUMNS = 80
FORMS = 180
YEAR = 2024
VIEWED, WARM, LAPS = "compare", 5, 20
_STAFF = Actor("bench", "計測", Role.STAFF)
_WHOLE = Target("municipal_form", YEAR)


def measure_intake(store: Path, *, repeat: int) -> list[Figure]:
    """Measure on a copy of the current generation; nothing of it is left in the store."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Store(Path(folder) / "store")
        with copy.writing() as draft:
            shutil.copyfile(Store(store).current(), draft)
        return [
            *_one_workbook(copy, repeat),
            *_many_forms(copy),
            *_viewers_meanwhile(copy, laps=LAPS * repeat),
        ]


def _one_workbook(store: Store, repeat: int) -> list[Figure]:
    with open_generation(store.current()) as con:
        names = places_of(con, _WHOLE).names
    book = collected_book(list(names.items()), seed=1)
    previewed, published = [], []
    for _ in range(repeat):
        found, seconds = _proposed(store, [UploadedFile("collected.xlsx", book)], _WHOLE)
        previewed.append(seconds)
        start = time.perf_counter()
        done = accept(
            store, actor=_STAFF, proposal=found, reasons=dict.fromkeys(found.warnings, "bench")
        )
        published.append(time.perf_counter() - start)
        undo(store, actor=_STAFF, import_id=done.import_id)
    name = f"1 workbook, {len(names):,} × {COLUMNS}"
    return [
        figure("intake", name, "preview", previewed, unit="s", budget=("intake", "preview")),
        figure("intake", name, "publish", published, unit="s", budget=("intake", "publish")),
    ]


def _many_forms(store: Store) -> list[Figure]:
    with open_generation(store.current()) as con:
        names = places_of(con, _WHOLE).names
    chosen = list(names.items())[:FORMS]
    files = [
        UploadedFile(f"{code}.xlsx", collected_book([(code, name)], seed=number))
        for number, (code, name) in enumerate(chosen)
    ]
    _, seconds = _proposed(store, files, _WHOLE)
    name = f"{len(files)} workbooks of one municipality"
    return [figure("intake", name, "preview", [seconds], unit="s", budget=("intake", "many"))]


def _viewers_meanwhile(store: Store, *, laps: int) -> list[Figure]:
    """Measure how long a viewer's rerun takes, alone and while somebody previews a workbook."""
    with open_generation(store.current()) as con:
        names = places_of(con, _WHOLE).names
    files = [UploadedFile("collected.xlsx", collected_book(list(names.items()), seed=1))]
    over = threading.Event()

    def upload() -> None:
        while not over.is_set():
            _proposed(store, files, _WHOLE)

    with patch.dict(os.environ, {"STORE": str(store.root)}), watching():
        app = open_page(VIEWED, Scope("nation", "00"))
        _reruns(app, WARM)
        alone = _reruns(app, laps)
        uploader = threading.Thread(target=upload)
        uploader.start()
        meanwhile = _reruns(app, laps)
        over.set()
        uploader.join()
    ratio = float(np.median(meanwhile) / np.median(alone))
    worst = float(np.percentile(meanwhile, 95) / np.percentile(alone, 95))
    name = f"a viewer's rerun of {VIEWED}"
    return [
        figure("intake", name, "alone", alone, unit="ms"),
        figure("intake", name, "meanwhile", meanwhile, unit="ms"),
        figure("intake", name, "slowdown", [ratio], unit="×", budget=("intake", "slowdown")),
        figure("intake", name, "slowdown of p95", [worst], unit="×"),
    ]


def _reruns(app: AppTest, laps: int) -> list[float]:
    taken = []
    for _ in range(laps):
        start = time.perf_counter()
        checked(app.run())
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def _proposed(
    store: Store, files: Sequence[UploadedFile], target: Target
) -> tuple[Proposal, float]:
    start = time.perf_counter()
    read = read_uploads(files, actor=_STAFF)
    found = propose(store, actor=_STAFF, target=target, read=read)
    seconds = time.perf_counter() - start
    if not found.acceptable:
        stopped = [problem.message for problem in found.problems if problem.stops][:3]
        raise SystemExit(f"the workbook is not acceptable: {stopped}")
    return found, seconds


def collected_book(respondents: list[tuple[str, str]], *, seed: int) -> bytes:
    """Return a collected workbook with as many columns as a real one, filled at random."""
    chance = random.Random(seed)
    questions = _WHOLE.questions()
    filling = ["備考"] * (COLUMNS - 2 - len(questions))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("回答")
        page.write_row(0, 0, ["団体コード", "市町村名", *(q.label for q in questions), *filling])
        for row, (code, name) in enumerate(respondents, start=1):
            cells = [_answer(question, chance) for question in questions]
            page.write_row(row, 0, [printed_code(code), name, *cells, *["済"] * len(filling)])
    return buffer.getvalue()


def _answer(question: Question, chance: random.Random) -> str | int:
    if question.allowed:
        return chance.choice(choices(question))
    return 2018 if question.type == "year" else chance.randrange(30)
