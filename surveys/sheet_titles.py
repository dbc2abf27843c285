"""Titles, names of sheets and files that speak of another year, extent or prefecture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from data.era import fiscal_year_label
from surveys.checked import Answer
from surveys.named_years import dated_years_in, fiscal_years_in
from surveys.problems import Problem
from surveys.tables import PrintedCell, SurveyTable
from surveys.wording import normal

_LONGEST_TITLE = 60
_RULE = "表題"
_EXTENT = re.compile(
    r"上半期|下半期|四半期|月平均|見込|速報|[前昨]年度|計画値|[(【〔]計画|[(【〔]予定|"
    r"[0-9]月(?:末)?(?:から|[〜~\-ー–])(?!(翌年?|(令和)?[0-9]+年)?3月)"
)
_SHEET = re.compile(r"計画|予定|[前昨]年|前回|^旧|記入例|記載例|見本|サンプル")


def title_problems(
    tables: Sequence[SurveyTable],
    *,
    file: str,
    fiscal_year: int,
    prefectures: Collection[str],
    own: str,
) -> list[Problem]:
    """Return a warning for each title that names another year or prefecture than the import's.

    prefectures are the names of all, own that of the import (blank: all Japan).
    """
    sheets = list(dict.fromkeys(table.sheet for table in tables))
    named = [("", PrintedCell(file, "")), *((sheet, PrintedCell(sheet, "")) for sheet in sheets)]
    titles = [
        (table.sheet, title)
        for table in tables
        for title in table.titles
        if len(title.text) <= _LONGEST_TITLE
    ]
    found = []
    for (sheet, title), is_name in [*((one, True) for one in named), *((t, False) for t in titles)]:
        messages = [
            _other_year(title.text, fiscal_year, short=is_name),
            _other_prefecture(title.text, prefectures, own),
            _other_extent(title.text, is_sheet=is_name and bool(sheet)),
        ]
        action = "年度と都道府県を確かめ、違うシートや表は消してから選び直してください。"
        found += [
            Problem("warning", _RULE, message, action, file, sheet, title.cell, title.text)
            for message in messages
            if message
        ]
    return found


def years_in_one_book(answers: Iterable[Answer], *, file: str, fiscal_year: int) -> list[Problem]:
    """Return an error for each sheet of another year whose answers another sheet gives too."""
    by_sheet: dict[str, list[Answer]] = {}
    for answer in answers:
        by_sheet.setdefault(answer.source_ref.rpartition("!")[0], []).append(answer)
    if len(by_sheet) < 2:
        return []
    keys_of = {
        sheet: {(answer.area_code, answer.question_id) for answer in own}
        for sheet, own in by_sheet.items()
    }
    found = []
    for sheet, given in keys_of.items():
        others = [keys for name, keys in keys_of.items() if name != sheet]
        year = _other_year(sheet, fiscal_year, short=True)
        if year and any(not given.isdisjoint(keys) for keys in others):
            message = f"別の年度のシートと、この年度のシートが一緒に入っています（{sheet}）。"
            action = "別の年度のシートを消して、選び直してください。"
            found.append(Problem("error", _RULE, message, action, file, sheet))
    return found


def by_name_alone(
    codes: Iterable[str], prefectures: Mapping[str, str], *, file: str
) -> list[Problem]:
    """Return a warning where names without a code were found in several prefectures."""
    counts = Counter(code[:2] for code in codes if len(code) > 2)
    if len(counts) < 2:
        return []
    listed = "・".join(f"{prefectures.get(code, code)}{n}" for code, n in sorted(counts.items()))
    message = f"団体コードがなく、名前だけで{len(counts)}都道府県の市町村と読みました（{listed}）。"
    action = "都道府県を選んで取り込むか、団体コードの列を足してください。"
    return [Problem("warning", "都道府県", message, action, file)]


def _other_year(text: str, fiscal_year: int, *, short: bool) -> str:
    """Return what to say of a text that names years, none of which is the import's."""
    years = fiscal_years_in(text, short=short)
    dates = dated_years_in(text) if not short else set()
    if fiscal_year in years or (not dates.isdisjoint((fiscal_year, fiscal_year + 1)) and not years):
        return ""
    others = sorted(years or dates)
    if not others:
        return ""
    said = "・".join(map(fiscal_year_label, others))
    return f"{said}とあります。取り込み先は{fiscal_year_label(fiscal_year)}です。"


def speaks_of_extent(text: str) -> bool:
    """Tell whether words speak of a part of a year, another year or an estimate."""
    return bool(_EXTENT.search(normal(text)) or fiscal_years_in(text, short=True))


def _other_extent(text: str, *, is_sheet: bool) -> str:
    found = _EXTENT.search(normal(text)) or (_SHEET.search(normal(text)) if is_sheet else None)
    return f"「{found[0]}」とあります。この年度1年分の回答かを確かめてください。" if found else ""


def _other_prefecture(text: str, prefectures: Collection[str], own: str) -> str:
    plain = normal(text)
    others = [name for name in prefectures if name != own and normal(name) in plain]
    if not own or not others or normal(own) in plain:
        return ""
    return f"「{others[0]}」とあります。取り込み先は{own}です。"
