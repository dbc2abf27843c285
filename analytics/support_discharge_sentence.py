"""The sentences beside the rates of admission and discharge, told from the drawn frame."""

from __future__ import annotations

import pandas as pd

NAMED = 3
FEW_AREAS = 5  # with so few, one is named on either side
MOST_NAMED = 8


def discharge_sentence(
    frame: pd.DataFrame, *, title: str, place: str, before: str, after: str
) -> str:
    """Say for both care levels how many areas rose, and by what the areas together changed.

    `frame` is that of before_and_after; the areas together are summed counts, never averages.
    """
    known = frame.dropna(subset=["value_after"])
    if known.empty:
        return f"{place}の{title}は、{after}に示せる値がありません。"
    parts = [
        told
        for label in ("要支援", "要介護")
        if (told := _of_level(known[known["care_label"] == label], label))
    ]
    return f"{place}の{title}（{before}→{after}）：{''.join(parts)}{_gap(known, after)}"


def _of_level(rows: pd.DataFrame, label: str) -> str:
    both = rows.dropna(subset=["change"])
    if both.empty:
        return f"{label}は、二つの年度の両方に値のある地域がありません。"
    first, last = _pooled(both, "before"), _pooled(both, "after")
    up, down = int((both["change"] > 0).sum()), int((both["change"] < 0).sum())
    clear = int(both["is_clear"].sum())
    return (
        f"{label}は{first:.1f}％から{last:.1f}％（{last - first:+.1f}ポイント）。"
        f"{len(both)}地域のうち{up}で上がり、{down}で下がり、"
        f"うち{clear}地域は偶然の幅（95％）が重なりません。"
    )


def _pooled(rows: pd.DataFrame, when: str) -> float:
    return float(100 * rows[f"numerator_{when}"].sum() / rows[f"denominator_{when}"].sum())


def _gap(known: pd.DataFrame, after: str) -> str:
    """Say the gap between the care levels in the later year, over areas with both."""
    wide = known.pivot(index="area_code", columns="care_label", values="value_after")
    if not {"要支援", "要介護"} <= set(wide.columns):
        return ""
    both = wide.dropna().index
    rows = known[known["area_code"].isin(both)]
    if rows.empty:
        return ""
    levels = {
        label: _pooled(rows[rows["care_label"] == label], "after") for label in ("要支援", "要介護")
    }
    return (
        f"{after}の要介護と要支援の差は{levels['要介護'] - levels['要支援']:+.1f}ポイントです"
        f"（要介護{levels['要介護']:.1f}％・要支援{levels['要支援']:.1f}％）。"
    )


def highest_sentence(frame: pd.DataFrame, *, title: str, after: str) -> str:
    """Name the areas where the rate of the later year is highest and lowest, by care level.

    With few areas only the first on either side is named; all that are equal to the last named
    are named too, so that no area is left out by its place in the table.
    """
    parts = []
    for label in ("要支援", "要介護"):
        rows = frame[frame["care_label"] == label].dropna(subset=["value_after"])
        if len(rows) < 2:
            continue
        if rows["value_after"].nunique() == 1:
            parts.append(f"{label}は{len(rows)}地域とも{rows['value_after'].iloc[0]:.1f}％。")
            continue
        high, low = _extremes(rows, 1 if len(rows) <= FEW_AREAS else NAMED)
        if not high.index.intersection(low.index).empty:
            high, low = _extremes(rows, 1)
        parts.append(f"{label}で高いのは{_named(high)}、低いのは{_named(low)}。")
    return f"{after}の{title}：{''.join(parts)}" if parts else ""


def _extremes(rows: pd.DataFrame, count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the highest and lowest areas with all that are equal to the last of them."""
    return (
        rows.nlargest(count, "value_after", keep="all"),
        rows.nsmallest(count, "value_after", keep="all"),
    )


def _named(rows: pd.DataFrame) -> str:
    shown = rows.head(MOST_NAMED)
    told = "、".join(
        f"{name}（{value:.1f}％{'・少数' if few else ''}）"
        for name, value, few in zip(
            shown["area_name"], shown["value_after"], shown["is_few_after"], strict=True
        )
    )
    return f"{told}など{len(rows)}地域" if len(rows) > MOST_NAMED else told
