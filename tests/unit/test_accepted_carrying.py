"""A new build keeps what staff had accepted before it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.accepted.carrying import carry_uploads
from data.accepted.reading import imports, remembered_decisions
from data.generations import Store
from surveys.acceptance import undo
from surveys.checked import Decisions
from tests.unit.intake_stand import COUNCIL, STAFF, accepted, answers_of, council_book, store_of

PUBLISHED_AGAIN = [
    ("municipal_form", "r3", 2021, code, "council", "0", "observed", None, "import-new", "回答!C7")
    for code in ("81201", "81202", "82201")
]


@pytest.fixture
def served(tiny: Path, tmp_path: Path) -> Store:
    store = store_of(tiny, tmp_path / "store")
    accepted(store, council_book(COUNCIL), decisions=Decisions(respondents={"山の手": "81201"}))
    newer = accepted(store, council_book({"81202": ("なし", 5)}))
    undo(store, actor=STAFF, import_id=newer.import_id)
    return store


def rebuilt(tiny: Path, path: Path, store: Store, *, dataset: str = "demo") -> bool:
    path.write_bytes(tiny.read_bytes())
    with duckdb.connect(str(path)) as con:
        con.executemany(
            "insert into survey_answer values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", PUBLISHED_AGAIN
        )
        return carry_uploads(con, published=store.current(), dataset=dataset)


def test_uploads_stay_in_force_over_what_the_raw_folder_says(
    tiny: Path, tmp_path: Path, served: Store
) -> None:
    assert rebuilt(tiny, tmp_path / "new.duckdb", served)
    with duckdb.connect(str(tmp_path / "new.duckdb"), read_only=True) as con:
        assert answers_of(con, "council") == {**dict.fromkeys(COUNCIL, "1"), "82201": "0"}
        states = imports(con, fiscal_year=2021)["state"]
        decided = remembered_decisions(con, survey_id="municipal_form")
    assert sorted(states) == ["in_force", "undone"]
    assert decided["printed"].tolist() == ["山の手"]


def test_an_area_that_is_not_built_keeps_its_answers_aside(
    tiny: Path, tmp_path: Path, served: Store
) -> None:
    part = tmp_path / "part.duckdb"
    part.write_bytes(tiny.read_bytes())
    with duckdb.connect(str(part)) as con:
        con.execute("delete from area where area_code = '81203'")
        carry_uploads(con, published=served.current(), dataset="demo")
        assert sorted(answers_of(con, "council")) == ["81100", "81201", "81202", "81204"]
        kept = con.execute(
            "select value from survey_answer_aside"
            " where area_code = '81203' and question_id = 'council'"
        ).fetchall()
    assert kept == [("1",)]


def test_nothing_is_carried_from_exercise_to_official_data(
    tiny: Path, tmp_path: Path, served: Store
) -> None:
    assert not rebuilt(tiny, tmp_path / "new.duckdb", served, dataset="official")
    with duckdb.connect(str(tmp_path / "new.duckdb"), read_only=True) as con:
        assert set(answers_of(con, "council").values()) == {"0"}
