"""All bad workbooks and 500 mutations on the whole way: a message, and not one byte of data moved."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from data.errors import UserError
from data.generations import Store
from surveys.acceptance import accept
from surveys.problems import Problem, problem_table
from surveys.proposal import propose
from surveys.refusals import REASONS
from surveys.uploads import UploadedFile, read_uploads
from tests.unit.intake_stand import COUNCIL, HEAD, NAMES, STAFF, Y2021, book, council_book, store_of
from tests.unit.messy_workbooks import EXAMPLES
from tests.unit.test_surveys_bad_workbooks import CASES

MUTATIONS = 500
LONG = "あ" * 32_767
ODD_CELLS = ("", "=1+1", "***", "－", "合計", "うち再掲", "_x0041_", "1e308", -1, 1e300, True, LONG)


@pytest.fixture
def intake(tiny: Path, tmp_path: Path) -> Store:
    return store_of(tiny, tmp_path / "store")


def fingerprint(store: Store) -> dict[str, str]:
    return {
        path.relative_to(store.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(store.root.rglob("*"))
        if path.is_file() and path.name != "write.lock"
    }


def mutated(seed: int) -> bytes:
    """Return an honest workbook with changed bytes (odd seeds) or with changed cells."""
    chance = random.Random(seed)
    if seed % 2:
        return _scratched(council_book(COUNCIL), chance, chance.randint(1, 8))
    rows = [[*HEAD], *([code, NAMES[code], "あり", 3] for code in NAMES)]
    for _ in range(chance.randint(1, 6)):
        _disturb(rows, chance)
    return book(rows)


def _scratched(content: bytes, chance: random.Random, times: int) -> bytes:
    found = bytearray(content)
    for _ in range(times):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def _disturb(rows: list[list[object]], chance: random.Random) -> None:
    """Change one cell, row or column as a slip of the hand or a broken program would."""
    row = chance.randrange(len(rows))
    column = chance.randrange(len(rows[row])) if rows[row] else 0
    match chance.randrange(6):
        case 0:
            rows.insert(row, [*rows[chance.randrange(len(rows))]])
        case 1:
            rows.insert(row, [])
        case 2:
            for cells in rows:
                cells[column : column + 1] = []
        case 3 if rows[row]:
            chance.shuffle(rows[row])
        case 4 if rows[row]:
            rows[row][column] = chance.choice(ODD_CELLS)
        case _ if rows[row]:
            text = str(rows[row][column])
            place = chance.randrange(len(text) + 1)
            rows[row][column] = text[:place] + chr(chance.randrange(32, 0xD7FF)) + text[place:]


def problems_of(store: Store, name: str, content: bytes) -> list[Problem]:
    read = read_uploads([UploadedFile(name, content)], actor=STAFF)
    return propose(store, actor=STAFF, target=Y2021, read=read).problems


def test_refused_workbooks_change_nothing(intake: Store) -> None:
    before = fingerprint(intake)
    sent = [UploadedFile(f"{case}.xlsx", make()) for case, (make, _) in CASES.items()]
    read = read_uploads(sent, actor=STAFF)
    for file, (_, words) in zip(read, CASES.values(), strict=True):
        found = propose(intake, actor=STAFF, target=Y2021, read=[file])
        (said,) = [p for p in found.problems if p.level == "error"]
        assert words in said.message
        assert said.file == file.name
        with pytest.raises(UserError):
            accept(intake, actor=STAFF, proposal=found, reasons={})
    assert fingerprint(intake) == before


SCHEMA: dict[str, tuple[list[list[object]], str]] = {
    "36 no table": ([["調査", "結果"], ["x", "y"]], "回答の表が見つかりません"),
    "37 no question": ([HEAD[:2], ["81201", "山手市"]], "回答が0件です"),
    "38 header twice": (
        [[*HEAD, HEAD[2]], ["81201", "山手市", "あり", 1, "なし"]],
        "どの設問の列か",
    ),
    "42 headers only": ([HEAD], "回答が0件です"),
    "44 twice": (
        [HEAD, ["81201", "山手市", "あり", 1], ["81201", "山手市", "なし", 2]],
        "IDが重複",
    ),
    "45 no such choice": (
        [[*HEAD[:2], "目指す姿の設定"], ["81201", "山手市", "7"]],
        "選択肢にありません",
    ),
    "46 no date": (
        [[*HEAD, "着手年度"], ["81201", "山手市", "あり", 1, "2018-02-30"]],
        "日付が不正",
    ),
    "48 too long": ([HEAD, ["81201", "山手市", LONG, 1]], "選択肢にない言葉"),
    "48 bidi": ([HEAD, ["81201", "山手市", "あ\u202eり", 1]], "使用できない文字"),
    "48 escape": ([HEAD, ["81201", "山手市", "_x0000_", 1]], "使用できない文字"),
    "48 script": ([HEAD, ["81201", "山手市", "<script>alert(1)</script>", 1]], "選択肢にない"),
}


@pytest.mark.parametrize("case", SCHEMA, ids=lambda case: case.replace(" ", "_"))
def test_a_wrong_sheet_is_said_by_its_cell_and_changes_nothing(case: str, intake: Store) -> None:
    before = fingerprint(intake)
    rows, words = SCHEMA[case]
    stops = [p for p in problems_of(intake, "回答.xlsx", book(rows)) if p.stops]
    assert any(words in p.message for p in stops), stops
    assert all(p.action for p in stops)
    assert fingerprint(intake) == before


@pytest.mark.slow
@pytest.mark.torture
def test_500_mutations_end_in_words_and_change_nothing(intake: Store) -> None:
    before = fingerprint(intake)
    files = [UploadedFile(f"{seed}.xlsx", mutated(seed)) for seed in range(MUTATIONS)]
    half = MUTATIONS // 2
    read = [r for part in (files[:half], files[half:]) for r in read_uploads(part, actor=STAFF)]
    assert len(read) == MUTATIONS
    refusals = [file.refusal for file in read if file.refusal]
    assert {refusal.code for refusal in refusals} <= set(REASONS)
    assert 100 < len(refusals) <= MUTATIONS // 2
    for start in range(0, MUTATIONS, 50):
        part = read[start : start + 50]
        found = propose(intake, actor=STAFF, target=Y2021, read=part)
        table = problem_table(found.problems)
        assert set(table["ファイル"]) >= {file.name for file in part if file.refusal}
        assert not table["内容"].str.contains("Traceback|Error").any()
    assert fingerprint(intake) == before


def test_there_are_30_honest_messy_workbooks_beside_them() -> None:
    assert len(EXAMPLES) >= 30
