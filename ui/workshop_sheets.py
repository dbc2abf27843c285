"""The sheets of groups as files take them: what was written, beside the data of the area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analytics.cross_table import FUNCTIONS, PROGRAMMES, cell_key
from data.catalogue import load_catalogue
from data.catalogue.indicator import POLARITY_LABELS
from exports.group_sheet import Blank, BlankGroup, CrossTable, GroupSheet
from exports.planning_sheet import PlanningSheet, blank_planning_sheet
from ui.group_facts import sheet_of_area
from ui.hidden import veiled_sheet
from ui.planning_sheet import MOST_INDICATORS, indicator_rows, planning_sheet, suggested
from ui.planning_view import NEWEST_PERIOD, periods
from ui.selection import area_of
from workshop.sheet_fields import SheetField, sections
from workshop.sheets import Sheet

_NOBODY = pd.DataFrame({"indicator_id": []})


def sheet_of_group(sheet: Sheet) -> GroupSheet:
    """Return what a group has written, with the data of its municipality."""
    plan = _plan(sheet.group.area_code, sheet.texts, sheet.picked, sheet.targets)
    named = replace(plan, title=f"{sheet.group.name}　{plan.title}")
    return _made(sheet.group.name, sheet.group.area_code, named, sheet.texts, sheet.board)


def blank_sheet(area_code: str) -> GroupSheet:
    """Return the form for paper, with the data of a municipality; without a code all is blank."""
    found = sheet_of_area(area_code)
    if found is None:
        return _made("", "", blank_planning_sheet(), {}, {})
    plan = _plan(area_code, {}, suggested(found[1]), {})
    rows = [dict.fromkeys(plan.indicators.columns, "")] * (MOST_INDICATORS - len(plan.indicators))
    more = pd.DataFrame(rows, columns=plan.indicators.columns)
    plan = replace(plan, indicators=pd.concat([plan.indicators, more], ignore_index=True))
    return _made("", area_code, plan, {}, {})


def _plan(
    area_code: str, texts: Mapping[str, str], picked: tuple[str, ...], targets: Mapping[str, str]
) -> PlanningSheet:
    found = sheet_of_area(area_code)
    if found is not None:
        area, sheet, benchmark = found
        return planning_sheet(
            area, veiled_sheet(sheet), benchmark=benchmark, period=periods()[NEWEST_PERIOD],
            written=texts, picked=picked, targets=targets,
        )  # fmt: skip
    blank = blank_planning_sheet()
    entries = load_catalogue().indicators
    keys = {entries[key].title: key for key in picked if key in entries}
    rows = indicator_rows(_NOBODY, picked).assign(now="", period="")
    rows = rows.assign(target=[targets.get(keys[title], "") for title in rows["title"]])
    steps = tuple(replace(step, written=texts.get(step.key, "")) for step in blank.steps)
    return replace(blank, title="検討シート", steps=steps, indicators=rows)


def _made(
    name: str,
    area_code: str,
    plan: PlanningSheet,
    texts: Mapping[str, str],
    board: Mapping[str, tuple[str, ...]],
) -> GroupSheet:
    area = area_of(area_code) if area_code else None
    parts = {section.key: section for section in sections()}
    catalogue = load_catalogue()
    forms = [catalogue.documents[section.source] for section in parts.values()]
    board_form = catalogue.documents[parts["board"].source]

    def group_of(key: str) -> BlankGroup:
        blanks = tuple(_blank(field, texts, board) for field in parts[key].fields)
        return BlankGroup(parts[key].title, parts[key].lead, blanks)

    return GroupSheet(
        name=name,
        area_name=area.name if area else "",
        planning=plan,
        board=group_of("board"),
        evaluation=group_of("evaluation"),
        benefit=group_of("benefit"),
        cross=_cross(parts["cross"].title, texts),
        definitions=_definitions(plan, board),
        form_source=f"様式の出典：{board_form.short_title}",
        source=(*plan.source, *dict.fromkeys(f"様式：{form.title}" for form in forms)),
    )


def _blank(
    field: SheetField, texts: Mapping[str, str], board: Mapping[str, tuple[str, ...]]
) -> Blank:
    entries = load_catalogue().indicators
    picked = board.get(field.pick.rpartition(".")[2], ()) if field.pick else ()
    return Blank(
        label=field.label,
        prompt=field.prompt,
        written=texts.get(field.key, ""),
        indicators=tuple(entries[key].title for key in picked if key in entries),
        takes_indicators=bool(field.pick),
    )


def _cross(title: str, texts: Mapping[str, str]) -> CrossTable:
    cells = {
        (function, programme): texts.get(f"cross.{cell_key(programme, function)}", "")
        for function in FUNCTIONS
        for programme in PROGRAMMES
    }
    written = {place: words for place, words in cells.items() if words}
    return CrossTable(title, FUNCTIONS, PROGRAMMES, written)


def _definitions(plan: PlanningSheet, board: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return what every indicator on the sheet means, and who publishes it how often."""
    entries = load_catalogue().indicators
    shown = set(plan.indicators["title"])
    picked = {key for keys in board.values() for key in keys}
    return {
        entry.title: f"{entry.definition}（{POLARITY_LABELS[entry.polarity]}）"
        f"／{entry.source_title}・{entry.cycle}"
        for key, entry in entries.items()
        if key in picked or entry.title in shown
    }
