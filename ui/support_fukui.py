"""The worked case of Fukui, in both published versions."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.fukui_case import fukui_facts, fukui_sentence, fukui_versions
from analytics.reference_facts import printed_facts
from charts.support_case import case_versions
from ui import blocks
from ui import survey_columns as columns
from ui.store import ask, served
from ui.survey_parts import Part, opened_table, save

TITLE = "福井県の例：退院支援ルールの前と後（平成28年4月運用開始）"


def draw() -> None:
    """Draw the figures of both versions, each with its source."""
    part, sentence = _made(served())
    st.subheader(part.title, anchor=False)
    blocks.figure(part.figure, alt=sentence, key="fukui")
    blocks.statement(sentence)
    sources = list(dict.fromkeys(part.frame["source_title"]))
    blocks.notes(
        [
            "公表された実例です（演習データではありません）。値は「約」の付いた割で、"
            "2017年の資料は「情報提供がなかった割合」を印刷しているため、10割から引いて描きました。",
            f"出典：{'／'.join(sources)}",
        ]
    )
    opened_table("公表値と文書の言葉", part.frame, columns=columns.FACTS, key="fukui_facts")
    save(part, source=sources)


@lru_cache(maxsize=4)
def _made(store_key: str) -> tuple[Part, str]:
    facts = ask(fukui_facts)
    versions = fukui_versions(facts)
    part = Part(
        TITLE, "support_fukui", case_versions(versions), printed_facts(facts), columns.FACTS
    )
    return part, fukui_sentence(versions)
