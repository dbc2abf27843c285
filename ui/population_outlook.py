"""The outlook: the measure over years, the area beside others, prefecture and nation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.population_measures import known_members, measure_series
from analytics.population_sentence import outlook_sentence
from charts.line import line
from ui.blocks import figure, notes, statement
from ui.population_choice import Choice
from ui.population_files import explained, table_and_files
from ui.population_reasons import reasons
from ui.selection import NATION, Area
from ui.store import ask, served


@dataclass(frozen=True)
class Course:
    """Lines over years made once for all viewers: figure, words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    frame: pd.DataFrame


def draw(area: Area, choice: Choice) -> None:
    """Draw the lines, the sentence that says them, then the figures."""
    course = _course(served(), area, choice)
    st.subheader(course.title, anchor=False)
    figure(course.spec, alt=f"{course.title}。{course.sentence}", key=f"lines_{area.code}")
    statement(course.sentence)
    notes(reasons(area, choice.measure))
    table_and_files(course.frame, choice=choice, title=course.title,
                    stem=f"population_{area.code}", figure=course.spec)  # fmt: skip
    explained(choice)


def references(area: Area, choice: Choice) -> tuple[str, ...]:
    """Return prefecture and nation, drawn as lines where persons would not dwarf the area."""
    if choice.form == "persons" and not choice.entry.is_ratio:
        return ()
    codes = [area.prefecture_code] if area.prefecture_code else []
    return tuple(code for code in (*codes, NATION) if code != area.code)


@lru_cache(maxsize=1_000)
def _course(store_key: str, area: Area, choice: Choice) -> Course:
    codes = (area.code, *choice.others, *references(area, choice))
    frame = ask(measure_series, area_codes=tuple(dict.fromkeys(codes)), edition=choice.edition,
                measure=choice.measure, form=choice.form, base_year=choice.base_year)  # fmt: skip
    drawn = known_members(frame, codes)
    benchmark = next((code for code in drawn if code != area.code), None)
    sentence = outlook_sentence(frame, area_code=area.code, entry=choice.entry, form=choice.form,
                                base_year=choice.base_year, edition_name=choice.edition_name,
                                benchmark=benchmark, fiscal=choice.fiscal)  # fmt: skip
    projected = frame.loc[frame["is_projection"].astype(bool), "year"]
    spec = line(
        frame.assign(series=frame["area_name"]),
        series_order=list(dict.fromkeys(frame["area_name"])),
        x_title="年度末" if choice.fiscal else "年（10月1日）",
        y_title=choice.entry.label,
        unit=choice.unit,
        decimals=choice.decimals,
        base_line={"index": 100, "growth": 0}.get(choice.form),
        projected_from=None if projected.empty else int(projected.min()),
    )  # fmt: skip
    title = f"{area.name}：{choice.value_name}　{choice.edition_short}"
    return Course(spec, title, sentence, frame)
