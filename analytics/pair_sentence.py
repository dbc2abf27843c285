"""What two areas beside each other say, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

ANSWERED = ("done", "partial", "planned", "none", "unknown")
MOST = 4
Names = tuple[str, str]


def _listed(labels: Sequence[str]) -> str:
    more = f"など{len(labels)}" if len(labels) > MOST else ""
    return "「" + "」「".join(labels[:MOST]) + f"」{more}"


def rates_sentence(frame: pd.DataFrame, *, names: Names, unit: str, decimals: int) -> str:
    """Say which area has the higher rate how often, and where they lie farthest apart.

    `frame` has item_label, own and other.
    """
    both = frame.dropna(subset=["own", "other"])
    if both.empty:
        return f"{names[0]}と{names[1]}の両方に値のある項目はありません。"
    higher, lower = (both["own"] > both["other"]).sum(), (both["own"] < both["other"]).sum()
    text = (
        f"{unit}：両方に値のある{len(both)}項目のうち、{names[0]}が多いのは{higher}、"
        f"{names[1]}が多いのは{lower}、同じは{len(both) - higher - lower}です。"
    )
    top = both[["own", "other"]].max(axis=1)
    apart = ((both["own"] - both["other"]).abs() / top.where(top > 0)).fillna(0)
    if apart.max() == 0:
        return text
    row = both.iloc[int(apart.to_numpy().argmax())]
    figures = "、".join(
        f"{name} {row[side]:,.{decimals}f}"
        for name, side in zip(names, ("own", "other"), strict=True)
    )
    return f"{text}比で最も離れているのは{row['item_label']}（{figures}）です。"


def answers_sentence(
    own: Mapping[str, str], other: Mapping[str, str], *, names: Names, when: str, word: str
) -> str:
    """Say how many items each area carries out, and which only one of them; both by label."""
    for name, answers in zip(names, (own, other), strict=True):
        if not any(kind in ANSWERED for kind in answers.values()):
            return f"{when}：{name}の回答がないため、比べられません。"
    asked = [key for key in own if own[key] in ANSWERED and other.get(key) in ANSWERED]
    mine = [key for key in asked if own[key] == "done" and other[key] != "done"]
    theirs = [key for key in asked if other[key] == "done" and own[key] != "done"]
    counts = [sum(of[key] == "done" for key in asked) for of in (own, other)]
    text = (
        f"{when}：両方が答えた{len(asked)}項目のうち、「{word}」は{names[0]}が{counts[0]}、"
        f"{names[1]}が{counts[1]}です。"
    )
    for name, labels in zip(names, (mine, theirs), strict=True):
        if labels:
            text += f"{name}だけが「{word}」なのは{_listed(labels)}です。"
    return text if mine or theirs else f"{text}違う項目はありません。"


def requests_sentence(
    own: Mapping[str, str], other: Mapping[str, str], *, names: Names, when: str
) -> str:
    """Say which support each municipality asks for, and which only one of them."""
    wanted, known = ("unmet", "open", "met"), ("unmet", "open", "met", "not_wanted")
    for name, answers in zip(names, (own, other), strict=True):
        if not any(kind in known for kind in answers.values()):
            return f"{when}：{name}の回答がないため、比べられません。"
    lists = [[key for key, kind in of.items() if kind in wanted] for of in (own, other)]
    text = f"{when}に希望する支援は、{names[0]}が{len(lists[0])}、{names[1]}が{len(lists[1])}です。"
    for name, mine, theirs in zip(names, lists, reversed(lists), strict=True):
        if only := [key for key in mine if key not in theirs]:
            text += f"{name}だけの希望は{_listed(only)}です。"
    return text
