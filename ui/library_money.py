"""The view of fees and funding by year."""

from __future__ import annotations

import streamlit as st

from analytics.library_money import fact_year, funding_shares
from analytics.reference_facts import printed_facts, reference_facts
from data.catalogue.reference_library import load_library
from ui import blocks
from ui.blocks import ColumnLabel
from ui.selection import choose
from ui.store import ask

COLUMNS = {
    "period": ColumnLabel("時点"),
    "measure": ColumnLabel("内容"),
    "value_text": ColumnLabel("値"),
    "unit": ColumnLabel("単位"),
    "area": ColumnLabel("地域"),
    "source_title": ColumnLabel("出典の文書"),
    "quote": ColumnLabel("文書の言葉"),
}
# The text is as printed, with a comma or 約; who calculates needs the number.
COLUMNS_OF_FILE = {**COLUMNS, "value": ColumnLabel("数値")}


def draw() -> None:
    """Let the viewer choose a table; draw it by year, with what to know of it."""
    tables = load_library().money
    titles = {key: table.title for key, table in tables.items()}
    key = choose("表", titles, param="table", default=next(iter(titles)), width=360)
    table = tables[key]
    facts = ask(reference_facts, fact_ids=tuple(table.facts))
    facts = facts.assign(order=facts["period"].map(fact_year))
    facts = facts.sort_values("order", kind="stable", ignore_index=True).drop(columns="order")
    st.subheader(table.title, anchor=False)
    blocks.notes([table.note])
    if key == "funding":
        shares = funding_shares(facts)
        labels = {"part": ColumnLabel("負担"), **{
            name: ColumnLabel(name, "%", 2) for name in shares.columns if name != "part"
        }}  # fmt: skip
        blocks.table(shares, columns=labels, key="funding_shares", missing="資料になし")
    facts = printed_facts(facts)
    blocks.table(facts, columns=COLUMNS, key=f"money_{key}")
    cited = list(dict.fromkeys(facts["source_title"]))
    blocks.downloads(
        facts, columns=COLUMNS_OF_FILE, stem=f"money_{key}", title=table.title, source=cited
    )
    blocks.source_line(cited)
