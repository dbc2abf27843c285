"""The care managers' form on its way in: counts by health-centre area and month."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import pandas as pd

from data.era import read_period
from data.extract import RowIssue
from data.extract.discharge_workbook import FIRST_YEAR, RESPONDENT
from data.harmonise.area_index import AreaIndex
from data.harmonise.discharge import read_counts, set_contradictions_aside
from data.harmonise.discharge_months import month_answers
from data.harmonise.names import fold_name
from surveys.cells import address
from surveys.problems import Level, Problem
from surveys.table_kinds import FoundTable

_ACTION = "直して入れ直してください。"
_LABELS = {"area_code": "保健所コード", "month": "月"}
_SAME_ROW = "同じ保健所・月"


class DischargeCheck:
    """The check of one sheet of the form against the areas of a generation."""

    def __init__(
        self, found: FoundTable, *, file: str, areas: AreaIndex, names: Mapping[str, str]
    ) -> None:
        self._found, self._file, self._areas = found, file, areas
        zones = [code for code in areas.zones or () if code.startswith("hc-")]
        self._named = {fold_name(names.get(code, "")): code for code in zones}
        self.problems: list[Problem] = []
        self.year = self._year()
        self.answers = self._answers()

    def _year(self) -> int:
        printed = self._found.table.head.get("年度", "")
        text = re.sub(r"年度?$", "", unicodedata.normalize("NFKC", printed))
        period = read_period(text) or ""
        if period.isdecimal() and int(period) >= FIRST_YEAR:
            return int(period)
        message = f"年度「{printed}」を読み取れません。" if printed else "年度がありません。"
        action = "表の上のA列に「年度」、その右に 2024 のように書いてください。"
        self._add("error", "年度", message, action, "B2", printed)
        return 0

    def _answers(self) -> pd.DataFrame:
        raw = self._long()
        counts, issues = read_counts(raw, self._areas)
        self.problems += map(self._problem, issues)
        self.problems += map(self._problem, set_contradictions_aside(counts))
        numbers = dict(zip(counts["source_ref"], counts["number"], strict=True))
        for ref, value in zip(raw["source_ref"], raw["value"], strict=True):
            number = numbers.get(ref, float("nan"))
            if pd.notna(number) and value.replace(",", "") != f"{number:.0f}":
                message = f"「{value[:40]}」を {number:.0f} と読みました。"
                self._add("mended", "件数", message, "", ref.rpartition("!")[2], value)
        return month_answers(counts).assign(file=self._file)

    def _long(self) -> pd.DataFrame:
        """Return one row for each count, as the raw folder's reader does."""
        table, columns = self._found.table, self._found.columns
        records = []
        blank = 0
        for number, row in zip(table.numbers, table.rows, strict=True):
            cells = dict(zip(columns, row, strict=True))
            if not any(text for name, text in cells.items() if name not in RESPONDENT):
                blank += 1
                continue
            if not cells["area_code"]:
                cells["area_code"] = self._code_of(cells["area_name"], number)
            who = [cells[name] for name in RESPONDENT]
            for column, position in zip(columns, table.positions, strict=True):
                if column not in RESPONDENT:
                    ref = f"{self._found.sheet.name}!{address(number - 1, position)}"
                    records.append((*who, column, cells[column], ref))
        if blank:
            message = f"件数のない行（{blank}行）は、調べていない月として取り込みません。"
            self._add("mended", "行", message, "", "", "")
        names = [*RESPONDENT, "question_id", "value", "source_ref"]
        return pd.DataFrame(records, columns=names, dtype="str")

    def _code_of(self, name: str, number: int) -> str:
        """Return the code of a health-centre area that is printed by its name alone."""
        code = self._named.get(fold_name(name), "")
        if code:
            cell = address(number - 1, self._column("area_code"))
            self._add("mended", "保健所コード", f"「{name}」を {code} としました。", "", cell, name)
        return code

    def _column(self, name: str) -> int:
        return self._found.table.positions[self._found.columns.index(name)]

    def _problem(self, issue: RowIssue) -> Problem:
        cell = issue.source_ref.rpartition("!")[2]
        if issue.field in _LABELS:
            row = int(re.sub(r"\D", "", cell))
            cell = address(row - 1, self._column(issue.field))
        rule = "重複" if issue.reason.startswith(_SAME_ROW) else _LABELS.get(issue.field, "件数")
        message = issue.reason.split("ため、", maxsplit=1)[0].removesuffix("。") + "。"
        return Problem(
            "error", rule, message, _ACTION, self._file, self._found.sheet.name, cell, issue.found
        )

    def _add(
        self, level: Level, rule: str, message: str, action: str, cell: str, value: str
    ) -> None:
        sheet = self._found.sheet.name
        self.problems.append(Problem(level, rule, message, action, self._file, sheet, cell, value))
