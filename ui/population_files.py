"""The table, the files and the source below a picture of the population page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analytics.sources import sources_of
from data.catalogue import load_catalogue
from ui.blocks import ColumnLabel, definition, downloads, source_line, table
from ui.parts import TABLE_HEIGHT
from ui.population_choice import GROUP_MARK, Choice
from ui.store import ask

PLACE = {"area_code": ColumnLabel("コード"), "area_name": ColumnLabel("地域"),
         "year": ColumnLabel("年")}  # fmt: skip
FEW_ROWS = 12  # a longer table is sent when it is opened
EDITION = {"edition": ColumnLabel("推計・統計の版")}


def value_columns(choice: Choice) -> dict[str, ColumnLabel]:
    """Return the columns of a measure: the value, and where it is divided what it is made of."""
    name = choice.entry.label + "の指数" if choice.form == "index" else choice.value_name
    shown = {"value": ColumnLabel(name, choice.unit, choice.decimals)}
    if choice.form == "persons" and not choice.entry.is_ratio:
        return shown
    divided = "分母" if choice.form == "share" or choice.entry.is_ratio else "基準の年"
    return {
        **shown,
        "persons": ColumnLabel("人数（分子）" if choice.entry.is_ratio else "人数", "人", 0),
        "denominator": ColumnLabel(divided, "人", 0),
    }


def table_and_files(
    frame: pd.DataFrame,
    *,
    choice: Choice,
    title: str,
    stem: str,
    figure: Mapping[str, Any] | None,
    columns: Mapping[str, ColumnLabel] | None = None,
) -> None:
    """Keep the table and the files in reach, and print where the figures come from."""
    shown = {**PLACE, **value_columns(choice)} if columns is None else dict(columns)
    st.subheader(f"数値：{title}", anchor=False)
    years_table(frame, columns=shown, key=f"table_{stem}")
    source = list(ask(sources_of, subject=f"population:{choice.edition}"))
    downloads(
        lambda: frame.assign(edition=choice.edition_name),
        columns={**shown, **EDITION},
        stem=stem,
        title=title,
        source=[*source, f"版：{choice.edition_name}"],
        figure=figure,
    )
    source_line(source or [choice.edition_name])


def years_table(frame: pd.DataFrame, *, columns: Mapping[str, ColumnLabel], key: str) -> None:
    """Print a short table; send a longer one when it is opened."""
    if len(frame) <= FEW_ROWS:
        table(frame, columns=columns, key=key)
        return
    opened = st.expander(f"数値の表（{len(frame):,}行）", key=f"open_{key}", on_change="rerun")
    if opened.open:
        with opened:
            table(frame, columns=columns, key=key, height=TABLE_HEIGHT)


def explained(choice: Choice) -> None:
    """Keep the definition of the measure, of the forms and of the editions in reach."""
    forms = ("割合は総人口に対する割合。指数は基準の年を100とした値、増減率は基準の年からの変化。"
             "基準の年も、いまの版の中から選ぶ。")  # fmt: skip
    editions = [f"{e.label}：{e.explanation}" for e in load_catalogue().editions.values()]
    own = f"{choice.entry.label}：{choice.entry.definition}"
    definition("区分と版の説明", "\n".join([own, forms, *editions]))


def shown_codes(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with a word in place of the key of a group."""
    codes = frame["area_code"].astype(str)
    return frame.assign(area_code=codes.mask(codes.str.startswith(GROUP_MARK), "グループ"))
