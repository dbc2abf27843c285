"""Colour and symbol of each kind of survey answer; never told by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from charts import theme

# Two columns of the legend fit a telephone.
LEGEND_COLUMNS = {"expr": "width < 400 ? 2 : 5"}


@dataclass(frozen=True)
class AnswerStyle:
    """How one kind of answer is drawn."""

    symbol: str
    fill: str
    ink: str


ANSWER_STYLES = {
    "done": AnswerStyle("●", "#0b5cad", "#ffffff"),
    "partial": AnswerStyle("▲", "#7aaed3", theme.INK),
    "planned": AnswerStyle("△", "#c7dcec", theme.INK),
    "none": AnswerStyle("○", "#f6cfa0", theme.INK),
    "unknown": AnswerStyle("？", "#f4f1ea", theme.INK),
    "unanswered": AnswerStyle("無", "#ffffff", theme.MUTED),
    "not_applicable": AnswerStyle("－", "#eceff1", theme.INK),
    "suppressed": AnswerStyle("＊", "#c9ced3", theme.INK),
    "missing": AnswerStyle("…", "#c9ced3", theme.INK),
    "not_published": AnswerStyle("非", "#c9ced3", theme.INK),
    "absent": AnswerStyle("／", "#aab2b9", theme.INK),
    "answered": AnswerStyle("答", "#7aaed3", theme.INK),
    "direct": AnswerStyle("直", "#0b5cad", "#ffffff"),
    "full_contract": AnswerStyle("委", "#e39042", theme.INK),
    "part_contract": AnswerStyle("部", "#f6cfa0", theme.INK),
    "joint": AnswerStyle("共", "#7aaed3", theme.INK),
}


def legend_label(category: str, label: str) -> str:
    """Return symbol and words of a kind of answer, as the legend prints them."""
    return f"{ANSWER_STYLES[category].symbol} {label}"
