"""Survey answers written as small tables in tests."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

TWO_PREFECTURES = {
    "01": "北県",
    "02": "南県",
}


def add_municipalities(con: duckdb.DuckDBPyConnection, names: dict[str, str]) -> None:
    """Put municipalities under their prefectures and the nation, as they stand today."""
    con.execute("insert into area values ('00','nation','全国',null,null,null,null,null,null)")
    for code, name in TWO_PREFECTURES.items():
        con.execute(
            "insert into area values (?,'prefecture',?,null,null,null,null,null,null)", [code, name]
        )
        con.execute("insert into area_descendant values ('00',?,'prefecture',null,null)", [code])
    for code, name in names.items():
        con.execute(
            "insert into area values (?,'municipality',?,null,null,null,null,null,null)",
            [code, name],
        )
        for parent in ("00", code[:2]):
            con.execute(
                "insert into area_descendant values (?,?,'municipality',null,null)", [parent, code]
            )


def end_municipality(con: duckdb.DuckDBPyConnection, code: str, name: str, last_day: str) -> None:
    """Put a municipality that was merged away beside those of today."""
    con.execute(
        "insert into area values (?,'municipality',?,null,null,null,null,null,?)",
        [code, name, last_day],
    )
    for parent in ("00", code[:2]):
        con.execute(
            "insert into area_descendant values (?,?,'municipality',null,?)",
            [parent, code, last_day],
        )


def add_answers(
    con: duckdb.DuckDBPyConnection,
    year: int,
    table: Iterable[tuple[str, dict[str, str | None]]],
    *,
    framework: str = "r3",
) -> None:
    """Write answers; None is unanswered, '－' not applicable, '***' suppressed, '…' missing."""
    signs = {None: "unanswered", "－": "not_applicable", "***": "suppressed", "…": "missing"}
    for code, answers in table:
        for question, value in answers.items():
            status = signs.get(value, "observed")
            con.execute(
                "insert into survey_answer values ('municipal_form',?,?,?,?,?,?,null,'t','回答!A1')",
                [framework, year, code, question, value if status == "observed" else None, status],
            )
