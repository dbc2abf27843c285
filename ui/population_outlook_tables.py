"""Tables of the outlook: years of the peak, and what two editions say of the same year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.groups import Group
from analytics.population_editions import difference_sentence, edition_differences, two_editions
from analytics.population_measures import group_series, peaks, peaks_of
from analytics.sources import sources_of
from data.catalogue.population_measures import load_population_measures
from ui.blocks import ColumnLabel, downloads, notes, statement, table
from ui.labels import edition_label, edition_short
from ui.population_choice import GROUP_MARK, Choice, group_name
from ui.population_files import shown_codes, years_table
from ui.selection import Area
from ui.store import ask, served

PEAK_MEASURES = ("age_65_plus", "age_75_plus", "age_85_plus")


@dataclass(frozen=True)
class Peaks:
    """The peaks of several measures and areas as a table with its title."""

    title: str
    frame: pd.DataFrame
    columns: dict[str, ColumnLabel]


def peak_table(area: Area, choice: Choice, names: dict[str, str]) -> None:
    """Print in which year the old are most, and how far they rise until then."""
    found = _peaks(served(), choice.edition, tuple(names.items()), choice.group)
    if found is None:
        return
    st.subheader(found.title, anchor=False)
    years_table(found.frame, columns=found.columns, key=f"peaks_{area.code}")
    downloads(found.frame, columns=found.columns, stem=f"population_peaks_{area.code}",
              title=found.title, source=_sources(choice.edition))  # fmt: skip


@lru_cache(maxsize=500)
def _peaks(
    store_key: str, edition: str, names: tuple[tuple[str, str], ...], group: Group | None
) -> Peaks | None:
    entries, called = load_population_measures(), dict(names)
    codes = tuple(code for code in called if not code.startswith(GROUP_MARK))
    pieces = []
    for measure in PEAK_MEASURES:
        frame = ask(peaks, area_codes=codes, edition=edition, measure=measure)
        if group is not None:
            named = (GROUP_MARK + group.key, group_name(group), group.codes)
            together = ask(group_series, groups=(named,), edition=edition, measure=measure,
                           form="persons")  # fmt: skip
            frame = pd.concat([frame, peaks_of(together)], ignore_index=True)
        if len(frame):
            pieces.append(frame.assign(measure=entries[measure].short_label))
    if not pieces:
        return None
    whole = pd.concat(pieces, ignore_index=True)
    said = ["最後の年が最も多い" if at_end else "その後は超えない" for at_end in whole["at_end"]]
    shown = whole.assign(area_name=whole["area_code"].map(called), after=said)
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "measure": ColumnLabel("区分"),
        "base_persons": ColumnLabel("最初の年", "人", 0),
        "peak_year": ColumnLabel("最も多い年"),
        "peak_persons": ColumnLabel("そのときの人数", "人", 0),
        "rise_percent": ColumnLabel("最初の年からの増加", "%", 1),
        "after": ColumnLabel("その後"),
    }
    title = f"高齢者が最も多くなる年　{edition_short(edition)}"
    return Peaks(title, shown_codes(shown[list(columns)]), columns)


def editions_table(area: Area, measure: str) -> None:
    """Print the values of two editions for the same years and their difference."""
    pair = ask(two_editions, area_code=area.code, measure=measure)
    if pair is None:
        return
    frame = ask(edition_differences, area_code=area.code, measure=measure, editions=pair)
    entry = load_population_measures()[measure]
    newer, older = (edition_short(edition) for edition in pair)
    title = f"二つの推計の違い：{area.name}の{entry.label}（{newer}と{older}）"
    columns = {
        "year": ColumnLabel("年"),
        "newer": ColumnLabel(newer, entry.unit, entry.decimals),
        "older": ColumnLabel(older, entry.unit, entry.decimals),
        "difference": ColumnLabel("差", entry.unit, entry.decimals),
        "percent": ColumnLabel("差の割合", "%", 1),
    }
    st.subheader(title, anchor=False)
    statement(
        difference_sentence(
            frame,
            area_name=area.name,
            label=entry.label,
            newer=newer,
            older=older,
            unit=entry.unit,
            decimals=entry.decimals,
        )
    )
    notes(["同じ年を二つの版で並べたもの。版の違う値を1本の線にはつなぎません。"])
    table(frame, columns=columns, key=f"editions_{area.code}_{measure}")
    downloads(frame, columns=columns, stem=f"population_editions_{area.code}", title=title,
              source=[line for edition in pair for line in _sources(edition)])  # fmt: skip


def _sources(edition: str) -> list[str]:
    return [*ask(sources_of, subject=f"population:{edition}"), f"版：{edition_label(edition)}"]
