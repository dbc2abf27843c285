"""The outlook: the measure over years, the area beside others, prefecture and nation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.areas import find_area
from analytics.population_growth import growth_sentence, old_growth, rank_sentence
from analytics.population_measures import group_series, measure_series
from analytics.population_sentence import beside_sentence, outlook_sentence, peak_sentence
from charts.line import line
from ui.blocks import figure, notes, statement
from ui.labels import edition_label, level_label
from ui.place_names import placed
from ui.population_beside import area_name
from ui.population_choice import GROUP_MARK, Choice, group_name
from ui.population_files import explained, shown_codes, table_and_files
from ui.population_headline import headline, old_edition
from ui.population_outlook_tables import editions_table, peak_table
from ui.population_reasons import reasons, special_notes
from ui.selection import NATION, Area, map_scope
from ui.store import ask, served


@dataclass(frozen=True)
class Course:
    """Lines over years made once for all viewers: figure, words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    frame: pd.DataFrame
    names: dict[str, str]


def draw(area: Area, choice: Choice) -> None:
    """Draw the main figures, the lines, the sentences that say them, then the tables."""
    course = _course(served(), area, choice)
    left, right = st.columns([5, 3], gap="medium")
    with left:
        st.subheader(course.title, anchor=False)
        figure(course.spec, alt=f"{course.title}。{course.sentence}", key=f"lines_{area.code}")
    with right:
        headline(area, edition=choice.edition)
    statement(course.sentence)
    where = _where_most(served(), area, choice.edition, *map_scope(area))
    if where:
        statement(where)
    notes(_remarks(served(), area, choice))
    table_and_files(course.frame, choice=choice, title=course.title,
                    stem=f"population_{area.code}", figure=course.spec)  # fmt: skip
    peak_table(area, choice, course.names)
    editions_table(area, choice.measure)
    explained(choice)


def is_count(choice: Choice) -> bool:
    """Tell whether numbers of people are drawn, beside which a nation would dwarf an area."""
    return choice.form == "persons" and not choice.entry.is_ratio


@lru_cache(maxsize=1_000)
def _remarks(store_key: str, area: Area, choice: Choice) -> tuple[str, ...]:
    """Say what is not drawn and why, and what is special about the area and the editions."""
    drawn = _course(store_key, area, choice).names
    lines = []
    if is_count(choice):
        lines.append(
            "人数では、都道府県と全国の線は桁が違うため描きません。割合・指数・増減率では描きます。"
        )
    absent = [area_name(code) for code in choice.others if code not in drawn]
    if choice.group is not None and GROUP_MARK + choice.group.key not in drawn:
        absent.append(f"グループ「{choice.group.name}」（全員の値がそろわない）")
    if absent:
        what = f"{'、'.join(absent)}の{choice.entry.label}"
        lines.append(f"{what}は{choice.edition_name}にないため、描いていません。")
    lines += special_notes(area, choice.edition, tuple(drawn))
    return (*lines, *reasons(area, choice.measure))


def references(area: Area, choice: Choice) -> tuple[str, ...]:
    """Return prefecture and nation, drawn as lines where people are not counted."""
    if is_count(choice):
        return ()
    larger = (area.prefecture_code, NATION)
    return tuple(code for code in larger if code and code not in (area.code, *choice.others))


@lru_cache(maxsize=1_000)
def _course(store_key: str, area: Area, choice: Choice) -> Course:
    beside = references(area, choice)
    codes = tuple(dict.fromkeys((area.code, *choice.others, *beside)))
    frame = ask(measure_series, area_codes=codes, edition=choice.edition,
                measure=choice.measure, form=choice.form, base_year=choice.base_year)  # fmt: skip
    if choice.group is not None:
        frame = pd.concat([frame, _grouped(choice)], ignore_index=True)
    frame = frame[frame.groupby("area_code")["value"].transform("count") > 0]
    names = series_names(frame)
    spec = line(
        frame.assign(series=frame["area_code"].map(names)),
        series_order=list(names.values()),
        x_title="年度末" if choice.fiscal else "年（10月1日）",
        y_title=choice.entry.label + ("の割合" if choice.form == "share" else ""),
        unit=choice.unit,
        decimals=choice.decimals,
        base_line={"index": 100.0, "growth": 0.0}.get(choice.form),
        projected_from=_projected_from(frame),
        own=names[area.code],
        references=[names[code] for code in beside if code in names],
        zero=choice.form != "index",
    )  # fmt: skip
    who = _who([name for code, name in names.items() if code not in beside])
    title = f"{who}：{choice.value_name}　{choice.edition_short}"
    return Course(spec, title, _sentence(frame, area, choice), shown_codes(frame), names)


def _grouped(choice: Choice) -> pd.DataFrame:
    """Return the measure of the chosen group, which has one where every member has."""
    group = choice.group
    if group is None:
        return pd.DataFrame()
    found: pd.DataFrame = ask(
        group_series, groups=((GROUP_MARK + group.key, group_name(group), group.codes),),
        edition=choice.edition, measure=choice.measure, form=choice.form,
        base_year=choice.base_year,
    )  # fmt: skip
    return found


def _sentence(frame: pd.DataFrame, area: Area, choice: Choice) -> str:
    """Say the course of the area, its peak, and how it stands beside the next area drawn."""
    benchmark = next((code for code in frame["area_code"] if code != area.code), None)
    text = outlook_sentence(frame, area_code=area.code, entry=choice.entry, form=choice.form,
                            base_year=choice.base_year, edition_name=choice.edition_name,
                            benchmark=benchmark, fiscal=choice.fiscal)  # fmt: skip
    text += beside_sentence(frame, entry=choice.entry, form=choice.form, fiscal=choice.fiscal)
    own = frame[frame["area_code"] == area.code]
    if choice.entry.is_ratio or own["persons"].count() < 2:
        return text
    first = int(own["year"].min()) if choice.base_year is None else choice.base_year
    return text + peak_sentence(own, area_code=area.code, entry=choice.entry, base_year=first)


def series_names(frame: pd.DataFrame) -> dict[str, str]:
    """Return a name for each area of the frame, with its prefecture where two share a name."""
    named = dict(zip(frame["area_code"], frame["area_name"], strict=True))
    often = Counter(named.values())
    return {code: name if often[name] == 1 else f"{name}（{_home(code)}）"
            for code, name in named.items()}  # fmt: skip


def _home(code: str) -> str:
    found = ask(find_area, area_code=code)
    home = found["prefecture_name"].iloc[0] if len(found) else None
    return home if isinstance(home, str) else code


def _who(names: list[str]) -> str:
    """Return whom the picture is about, without the lines of reference."""
    return "・".join(names) if len(names) <= 3 else f"{names[0]}と{len(names) - 1}地域"


def _projected_from(frame: pd.DataFrame) -> int | None:
    projected = frame.loc[frame["is_projection"].astype(bool), "year"]
    return None if projected.empty else int(projected.min())


@lru_cache(maxsize=1_000)
def _where_most(store_key: str, area: Area, edition: str, parent: str, level: str) -> str:
    """Say in which part of the area, or of its surroundings, the old grow most."""
    used = old_edition(area, edition)
    if used is None:
        return ""
    frame = ask(old_growth, area_code=parent, level=level, edition=used)
    where = str(ask(find_area, area_code=parent).at[0, "name"])
    text = growth_sentence(placed(frame), where=where, level_name=level_label(level),
                           edition_name=edition_label(used))  # fmt: skip
    return text + (rank_sentence(frame, area_code=area.code) if text else "")
