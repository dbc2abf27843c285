"""Workbooks for the tiny region's year 2021, and the people who bring them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import duckdb
import xlsxwriter

from access.roles import Actor, Role
from data.generations import Store, open_generation
from surveys.acceptance import Accepted, accept
from surveys.checked import Decisions
from surveys.proposal import Proposal, propose
from surveys.target import Target
from surveys.uploads import UploadedFile, read_uploads

STAFF = Actor("staff-1", "担当 一", Role.STAFF)
OTHER = Actor("staff-2", "担当 二", Role.STAFF)
ADMIN = Actor("admin-1", "管理", Role.ADMIN)
VIEWER = Actor("viewer-1", "閲覧", Role.VIEWER)
Y2021 = Target("municipal_form", 2021, "81")
HEAD = ["団体コード", "市町村名", "協議体の設置", "多職種研修の回数"]
NAMES = {"81100": "中央市", "81201": "山手市", "81202": "川辺町", "81203": "森村", "81204": "浜町"}
COUNCIL: dict[str, tuple[object, object]] = dict.fromkeys(NAMES, ("あり", 3))


def store_of(tiny: Path, root: Path) -> Store:
    """Return a store of the tiny region that lists an indicator made from answers."""
    store = Store(root)
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "insert into indicator by name select * replace ('council_exists' as indicator_id)"
                " from indicator limit 1"
            )
    return store


def book(rows: Sequence[Sequence[object]], sheet: str = "回答") -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        page = made.add_worksheet(sheet)
        for line, row in enumerate(rows):
            page.write_row(line, 0, row)
    return buffer.getvalue()


def council_book(answers: dict[str, tuple[object, object]], head: list[str] = HEAD) -> bytes:
    return book([head, *([code, NAMES[code], *cells] for code, cells in answers.items())])


def proposed(
    store: Store,
    *files: bytes,
    target: Target = Y2021,
    actor: Actor = STAFF,
    decisions: Decisions | None = None,
    name: str = "回答{}.xlsx",
) -> Proposal:
    sent = [UploadedFile(name.format(number), file) for number, file in enumerate(files, start=1)]
    read = read_uploads(sent, actor=actor)
    return propose(store, actor=actor, target=target, read=read, decisions=decisions or Decisions())


def accepted(store: Store, *files: bytes, actor: Actor = STAFF, **chosen: object) -> Accepted:
    found = proposed(store, *files, actor=actor, **chosen)  # type: ignore[arg-type]
    reasons = dict.fromkeys(found.warnings, "確かめた")
    return accept(store, actor=actor, proposal=found, reasons=reasons)


def answers(store: Store, question: str = "council", year: int = 2021) -> dict[str, str]:
    with open_generation(store.current()) as con:
        return answers_of(con, question, year)


def answers_of(con: duckdb.DuckDBPyConnection, question: str, year: int = 2021) -> dict[str, str]:
    rows = con.execute(
        "select area_code, coalesce(value, '[' || status || ']') from survey_answer"
        " where question_id = $q and fiscal_year = $y order by area_code",
        {"q": question, "y": year},
    ).fetchall()
    return dict(rows)
