"""From files with plain tables to what would be accepted, every problem, and what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
from duckdb import DuckDBPyConnection

from access.roles import Action, Actor, require
from data.accepted.index_of import area_index
from data.accepted.reading import uploaded_files
from data.generations import Store, open_generation
from data.harmonise.discharge import measure_ids
from surveys.checked_table import CheckedTable
from surveys.comparison import Comparison
from surveys.courtesy import short_turns
from surveys.discharge_proposal import (
    DISCHARGE,
    ForeignForms,
    ForeignReading,
    Said,
    holds_foreign,
)
from surveys.problems import Problem, warnings_of
from surveys.proposal_problems import problems_of_files
from surveys.proposal_tables import file_table
from surveys.table_checking import TableCheck
from surveys.table_comparison import (
    compare_discharge,
    compare_measures,
    compare_memberships,
)
from surveys.table_files import check_files
from surveys.table_kinds import TableKind, kind_of
from surveys.table_members import placed_twice, unassigned
from surveys.table_shares import beyond_hundred
from surveys.target import SurveyError
from surveys.uploads import ReadFile

_NOTHING = Said()
_TWICE = ["area_code", "measure_id", "period"]


@dataclass
class TableProposal:
    """What files with plain tables hold, everything to be said of it, and what it changes."""

    kind: TableKind
    generation: str
    read: list[ReadFile]
    files: pd.DataFrame
    measures: pd.DataFrame
    memberships: pd.DataFrame
    answers: pd.DataFrame
    fiscal_year: int
    cited: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    comparison: Comparison = field(default_factory=Comparison)
    forms: ForeignForms | None = None

    @property
    def acceptable(self) -> bool:
        """Tell whether there is something to accept and nothing left to mend."""
        return self.rows > 0 and not any(problem.stops for problem in self.problems)

    @property
    def warnings(self) -> dict[str, list[Problem]]:
        """The warnings by rule; each rule needs a tick with a reason."""
        return warnings_of(self.problems)

    @property
    def rows(self) -> int:
        """How many quantities, memberships or answers there are."""
        return len(self.measures) + len(self.memberships) + len(self.answers)

    @property
    def measure_ids(self) -> set[str]:
        """The measures that change, also those that are summed from answers by month."""
        own = set(self.measures["measure_id"]) if len(self.measures) else set()
        return own | set(measure_ids() if len(self.answers) else ())

    @property
    def areas(self) -> int:
        """How many areas they are about."""
        kinds = (self.measures, self.memberships, self.answers)
        frames = [frame for frame in kinds if len(frame)]
        return int(pd.concat([frame["area_code"] for frame in frames]).nunique()) if frames else 0


@short_turns()
def propose_tables(
    store: Store,
    *,
    actor: Actor,
    read: Sequence[ReadFile],
    prefecture: str = "",
    said: Said = _NOTHING,
) -> TableProposal:
    """Check files with plain tables and compare them with the generation that is served.

    In the given prefecture are places that a table prints by name alone.
    """
    require(actor, Action.UPLOAD)
    kind = kind_told(read)
    if kind is None:
        raise SurveyError("表が見つかりません。", "様式の見出しの行を確かめてください。")
    current = store.current()
    with open_generation(current) as con:
        return _propose(con, current.stem, kind, list(read), prefecture, said)


def kind_told(read: Sequence[ReadFile]) -> TableKind | None:
    """Return the layout of the files' tables, ours or a foreign form's; none for answers only."""
    return holds_foreign(read[:1]) or kind_of(read) or holds_foreign(read)


def _propose(
    con: DuckDBPyConnection,
    generation: str,
    kind: TableKind,
    read: list[ReadFile],
    prefecture: str,
    said: Said,
) -> TableProposal:
    names = dict(con.execute("select area_code, name from area").fetchall())
    check = TableCheck(area_index(con), names, prefecture=prefecture)
    foreign = ForeignReading(con, said, names, prefecture) if kind == DISCHARGE else None
    checked, problems = check_files(check, kind, read, foreign)
    measures, memberships, answers = (
        _joined([getattr(one, name) for one in checked])
        for name in ("measures", "memberships", "answers")
    )
    made = TableProposal(
        kind,
        generation,
        read,
        _files(con, read, kind),
        measures,
        memberships,
        answers,
        max(_years(checked), default=newest_year(measures, memberships)),
        {},
        problems,
        forms=foreign.forms() if foreign else None,
    )
    _compare(con, made, names, _years(checked))
    for one in checked:
        made.cited = one.cited | {key: value for key, value in made.cited.items() if value}
    return made


def _years(checked: list[CheckedTable]) -> set[int]:
    return {one.fiscal_year for one in checked if one.fiscal_year}


def _files(con: DuckDBPyConnection, read: list[ReadFile], kind: TableKind) -> pd.DataFrame:
    known = uploaded_files(con)
    return file_table(read, known[known["survey_id"] == kind.key])


def _compare(
    con: DuckDBPyConnection, made: TableProposal, names: dict[str, str], years: set[int]
) -> None:
    """Compare with what is published, and say what this shows."""
    problems = made.problems
    if len(made.answers):
        made.comparison = compare_discharge(
            con, made.answers, fiscal_year=made.fiscal_year, names=names
        )
        problems += [*_of_years(years), *_of_missing(made.comparison)]
    elif len(made.measures):
        made.comparison = compare_measures(con, made.measures, names=names)
    else:
        made.comparison = compare_memberships(con, made.memberships, names=names)
    if made.forms:
        made.comparison.totals = made.forms.totals
    problems += [*problems_of_files(made.files), *_of_jumps(made.comparison)]
    problems += _between(made.measures, _TWICE)
    if made.kind.key == "common_table":
        problems += beyond_hundred(con, made.measures)
    problems += _between(made.answers, ["area_code", "question_id"])
    problems += [
        *placed_twice(con, made.memberships),
        *unassigned(con, made.memberships, names),
    ]
    if not made.rows and not any(problem.stops for problem in problems):
        problems.append(Problem("error", "表", "行が0件です。", "行のある表を選んでください。"))


def newest_year(measures: pd.DataFrame, memberships: pd.DataFrame) -> int:
    """Return the newest year that a table speaks of, under which its import is listed."""
    years: list[int] = []
    if len(measures):
        found = measures["period"].str.extract(r"(\d{4})$", expand=False).dropna()
        years = found.astype(int).tolist()
    elif len(memberships):
        years = [day.year for day in memberships["valid_from"] if pd.notna(day)]
    return max(years, default=date.today().year)


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()


def _between(rows: pd.DataFrame, key: list[str]) -> list[Problem]:
    """Name what two files give."""
    if rows.empty:
        return []
    twice = rows[rows.duplicated(key, keep=False)]
    files = twice.groupby(key)["file"].transform("nunique")
    last = twice[files > 1].drop_duplicates(key, keep="last").drop_duplicates("file")
    message = "ほかのファイルにも同じ地域・時点・項目の行があります。"
    action = "どちらかのファイルを外してください。"
    return [
        Problem("error", "重複", f"{message}（{row.source_ref}）", action, str(row.file))
        for row in last.itertuples()
    ]


def _of_years(years: set[int]) -> list[Problem]:
    if len(years) < 2:
        return []
    message = f"年度の違うファイルがあります（{'・'.join(map(str, sorted(years)))}）。"
    return [Problem("error", "年度", message, "年度ごとに分けて取り込んでください。")]


def _of_missing(comparison: Comparison) -> list[Problem]:
    missing = comparison.missing
    if missing.empty:
        return []
    told = "・".join(missing["area_name"].head(10))
    message = f"回答のない保健所が{len(missing)}あります：{told}"
    return [Problem("warning", "回答者", message, "未回収かを確かめてください。")]


def _of_jumps(comparison: Comparison) -> list[Problem]:
    return [
        Problem(
            "warning",
            "前の時点との差",
            f"{row.area_name}の「{row.question}」が前の年の {row.last_year:g} から"
            f" {row.this_year:g} に変わりました（{row.change_percent:+.0f}%）。",
            "桁や単位を確かめてください。",
        )
        for row in comparison.jumps.itertuples()
    ]
