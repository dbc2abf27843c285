"""From the rows of a plain table to quantities or memberships, and every problem by its cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

import pandas as pd

from data.extract import Extract, RowIssue, area_membership, common_table, discharge_workbook
from data.harmonise.area_index import AreaIndex
from data.harmonise.codes import from_code6, official_code6
from data.harmonise.common_table import harmonise_common
from data.harmonise.membership_clashes import named_clashes, named_otherwise
from data.harmonise.memberships import dated_members
from data.harmonise.names import is_name
from surveys.cells import address
from surveys.checked_table import CheckedTable
from surveys.problems import Level, Problem
from surveys.table_discharge import DischargeCheck
from surveys.table_grant import check_grant
from surveys.table_kinds import GRANT, MIERUKA, FoundTable
from surveys.table_mieruka import check_mieruka

_DUPLICATE = "同じ地域・時点・項目の行"
_ACTION = "直して入れ直してください。"
_MERGED = "合併前などのコードなので、いまの"
_MEASURE_AREA = ("地域コード", "地域名")
_MEMBER_AREA = ("団体コード", "市区町村名")
_CHECK = "書き間違いでないかを確かめてください。"


class TableCheck:
    """The check of tables against the areas of a generation."""

    def __init__(self, areas: AreaIndex, names: Mapping[str, str], *, prefecture: str = "") -> None:
        self._areas = areas
        self._prefecture = prefecture
        self._names = names
        self._known = {code for code in names if re.fullmatch(r"\d{5}", code)}
        self._found: FoundTable
        self._file = ""
        self._rows: dict[str, int] = {}

    def run(self, found: FoundTable, *, file: str) -> CheckedTable:
        """Return the rows that can be read, and every problem."""
        self._found, self._file = found, file
        self._rows = dict(zip(found.table.places, found.table.numbers, strict=True))
        if found.kind == GRANT:
            return check_grant(found.sheet, file=file, areas=self._areas)
        if found.kind == MIERUKA:
            return check_mieruka(
                found.sheet, file=file, areas=self._areas, prefecture=self._prefecture
            )
        head = found.table.head
        checked = CheckedTable(cited={**found.table.cited, "vintage": head.get("時点", "")})
        if found.kind.key == discharge_workbook.SURVEY_ID:
            form = DischargeCheck(found, file=file, areas=self._areas, names=self._names)
            checked.answers, checked.fiscal_year = form.answers, form.year
            checked.problems += form.problems
        elif found.kind.key == "common_table":
            extract = common_table.from_own(found.table)
            made = harmonise_common(extract, source_id="", areas=self._areas)
            checked.measures = made.tables["measure"].drop(columns="source_id").assign(file=file)
            checked.problems += [self._problem(issue) for issue in made.issues]
            checked.problems += self._of_measures(checked.measures)
        else:
            extract = area_membership.from_own(found.table)
            checked.memberships, issues = self._memberships(extract)
            checked.problems += [self._problem(issue) for issue in issues]
            checked.problems += self._of_memberships(checked.memberships)
        checked.problems += self._of_sheet()
        return checked

    def _memberships(self, extract: Extract) -> tuple[pd.DataFrame, list[RowIssue]]:
        issues: list[RowIssue] = []
        members = dated_members(extract, known=self._known, issues=issues)
        clashes = dict(named_clashes(members, city_of=self._areas.city_of))
        for place, reason in clashes.items():
            ref, zone = (str(members[place][name]) for name in ("source_ref", "parent_area_code"))
            issues.append(RowIssue(ref, "圏域コード", zone, reason))
        named = {member["parent_area_code"] for member in members if member["parent_name"]}
        for member in members:
            if member["parent_area_code"] not in named:
                ref = str(member["source_ref"])
                issues.append(RowIssue(ref, "圏域名", "", "圏域名がありません。"))
        kept = [member for place, member in enumerate(members) if place not in clashes]
        return pd.DataFrame(kept).assign(file=self._file), issues

    def _of_measures(self, measures: pd.DataFrame) -> Iterator[Problem]:
        rows = dict(zip(self._found.table.places, self._found.table.rows, strict=True))
        for record in measures.to_dict("records"):
            ref, status = str(record["source_ref"]), str(record["status"])
            code, name, _, _, printed = rows[ref]
            found, value = str(record["area_code"]), float(str(record["value"]))
            yield from self._of_area(ref, code, name, found, _MEASURE_AREA)
            if status == "missing" and not printed:
                message = "空欄を欠測としました。"
                yield self._say("mended", "数値", message, "", ref, "数値", printed)
            elif status == "observed" and printed != unicodedata.normalize("NFKC", printed):
                message = f"「{printed[:40]}」を {value:g} と読みました。"
                yield self._say("mended", "数値", message, "", ref, "数値", printed)

    def _of_area(
        self, ref: str, code: str, name: str, found: str, fields: tuple[str, str]
    ) -> Iterator[Problem]:
        """Say how a code was mended, or that the name beside it is another's."""
        own = self._names.get(found, "")
        note = _mending(code, found)
        if note:
            message = f"{note}{own}（{found}）としました。"
            yield self._say("mended", fields[0], message, "", ref, fields[0], code)
        if note != _MERGED and name and own and not is_name(name, own):
            message = f"コードの地域は「{own}」ですが、名前は「{name[:40]}」です。"
            yield self._say("warning", fields[1], message, _CHECK, ref, fields[1], name)

    def _of_memberships(self, members: pd.DataFrame) -> Iterator[Problem]:
        rows = dict(zip(self._found.table.places, self._found.table.rows, strict=True))
        records = [
            {str(key): value for key, value in record.items()}
            for record in members.to_dict("records")
        ]
        for place, message in named_otherwise(records, known=self._names):
            ref, name = (str(records[place][key]) for key in ("source_ref", "parent_name"))
            yield self._say("warning", "圏域名", message, _CHECK, ref, "圏域名", name)
        for record in records:
            ref, code = str(record["source_ref"]), str(record["area_code"])
            yield from self._of_area(ref, rows[ref][0], rows[ref][1], code, _MEMBER_AREA)
            if self._areas.resolve(code) != code:
                message = "いまはない団体です。"
                yield self._say("warning", "団体コード", message, _CHECK, ref, "団体コード", code)

    def _of_sheet(self) -> Iterator[Problem]:
        sheet = self._found.sheet
        for cell, shown in sheet.errors.items():
            message = f"{cell}がエラー値です（{shown}）。"
            yield self._at("error", "数式", message, "値を書き直してください。", cell)
        for cell in sheet.uncached:
            message = "計算結果のない数式です。"
            yield self._at("error", "数式", message, "値として貼り付けてください。", cell)
        if sheet.hidden or sheet.hidden_rows or sheet.hidden_columns:
            message = "非表示行があります。非表示の行・列・シートも読みました。"
            yield self._at("warning", "非表示", message, "表示して中身を確かめてください。", "")

    def _problem(self, issue: RowIssue) -> Problem:
        """Turn what a build would set aside into a problem; another country part's row may pass."""
        if issue.field == "地域コード" and self._is_elsewhere(issue.found):
            message = "このデータにない都道府県の行なので、取り込みません。"
            return self._say(
                "warning", "範囲", message, _CHECK, issue.source_ref, issue.field, issue.found
            )
        rule = "重複" if issue.reason.startswith(_DUPLICATE) else issue.field
        message = issue.reason.removesuffix("この行は使いません。")
        return self._say(
            "error", rule, message, _ACTION, issue.source_ref, issue.field, issue.found
        )

    def _is_elsewhere(self, code: str) -> bool:
        digits = re.fullmatch(r"(?:\D+\d?-)?(\d{2})\d{0,4}", code)
        own = digits is not None and "01" <= digits[1] <= "47"
        return own and digits is not None and digits[1] not in self._areas.prefectures

    def _say(
        self,
        level: Level,
        rule: str,
        message: str,
        action: str,
        ref: str,
        column: str,
        value: object,
    ) -> Problem:
        table, columns = self._found.table, self._found.columns
        row = self._rows.get(ref, 1) - 1
        own = column.split("・", maxsplit=1)[0]  # 適用開始・適用終了 is one field of a build
        place = columns.index(own) if own in columns else 0
        return self._at(
            level, rule, message, action, address(row, table.positions[place]), str(value)
        )

    def _at(
        self, level: Level, rule: str, message: str, action: str, cell: str, value: str = ""
    ) -> Problem:
        sheet = self._found.sheet.name
        return Problem(level, rule, message, action, self._file, sheet, cell, value)


def _mending(code: str, found: str) -> str:
    """Return what had to be mended in a printed code, blank where nothing was."""
    text = unicodedata.normalize("NFKC", code).strip()
    try:
        five = from_code6(text) if len(text) == 6 else text
    except ValueError:
        five = text
    is_short = five.zfill(len(found)) == found and len(five) < len(found)
    is_six = len(found) == 5 and official_code6(found) == f"0{text}"
    if text.isdecimal() and (is_short or is_six):
        return "先頭の0を補い、"
    if len(found) == 5 and five.zfill(5) != found:
        return _MERGED
    return "全角の文字を直し、" if text != code.strip() else ""
