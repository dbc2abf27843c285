"""The sentences of the population page, computed from the frames that are drawn."""

from __future__ import annotations

import math

import pandas as pd

from analytics.figures import change, percent, persons

MEASURE_NAMES = {
    "total": "総人口",
    "age_65_plus": "65歳以上人口",
    "age_75_plus": "75歳以上人口",
    "age_85_plus": "85歳以上人口",
}


def year_words(year: int, *, fiscal: bool) -> str:
    """Return a year as said in a sentence; insured persons are counted at the end of one."""
    return f"{year}年度末" if fiscal else f"{year}年"


def outlook_sentence(
    frame: pd.DataFrame,
    *,
    area_code: str,
    measure: str,
    edition_name: str,
    benchmark: str | None,
    fiscal: bool = False,
) -> str:
    """Say how the measure of the area goes from the first to the last year, and when it peaks.

    `frame` has area_code, area_name, year and the measure; `benchmark` is a code in it.
    """
    own = frame[frame["area_code"] == area_code].dropna(subset=[measure]).sort_values("year")
    name = MEASURE_NAMES[measure]
    if own.empty:
        return f"この地域の{name}は、{edition_name}にありません。"
    first, last = own.iloc[0], own.iloc[-1]
    area = str(first["area_name"])
    if len(own) == 1:
        return (
            f"{area}の{name}は{first['year']}年に{persons(first[measure])}です（{edition_name}）。"
        )
    growth = _growth(own, measure)
    how = "" if math.isnan(growth) else f"へ、{change(growth)}"
    text = (
        f"{area}の{name}は{first['year']}年の{persons(first[measure])}から"
        f"{last['year']}年の{persons(last[measure])}{how}"
        f"{'の見込みです' if last.get('is_projection', True) else 'となりました'}"
        f"（{edition_name}）。{_peak(own, measure)}"
    )
    return text + _compared(frame, benchmark, area_code, measure, growth)


def _growth(own: pd.DataFrame, measure: str) -> float:
    """Return the change from first to last in per cent; not a number when there was nobody."""
    before, after = float(own[measure].iloc[0]), float(own[measure].iloc[-1])
    return 100 * after / before - 100 if before > 0 else math.nan


def _peak(own: pd.DataFrame, measure: str) -> str:
    top = own.iloc[int(own[measure].to_numpy().argmax())]
    if top["year"] in (own["year"].min(), own["year"].max()):
        return ""
    return f"最も多いのは{top['year']}年の{persons(top[measure])}です。"


def _compared(
    frame: pd.DataFrame, benchmark: str | None, area_code: str, measure: str, growth: float
) -> str:
    if benchmark is None or benchmark == area_code:
        return ""
    other = frame[frame["area_code"] == benchmark].dropna(subset=[measure]).sort_values("year")
    if len(other) < 2:
        return ""
    difference = growth - _growth(other, measure)
    if math.isnan(difference):
        return ""
    name = other["area_name"].iloc[0]
    words = (
        "と同程度です"
        if abs(difference) < 0.5
        else f"より{abs(difference):.1f}ポイント{'高い' if difference > 0 else '低い'}値です"
    )
    return f"増減率は{name}（{change(_growth(other, measure))}）{words}。"


def parts_sentence(
    frame: pd.DataFrame,
    *,
    year: int,
    measure: str,
    view: str,
    edition_name: str,
    fiscal: bool = False,
) -> str:
    """Say which parts are highest and lowest on the map, and how many have no figure."""
    known = frame.dropna(subset=["value"]).sort_values(["value", "area_code"])
    name = MEASURE_NAMES[measure]
    what = {"persons": name, "share": f"{name}の割合", "index": f"{name}の増減率"}[view]
    if known.empty:
        return (
            f"{year_words(year, fiscal=fiscal)}の{what}が分かる地域はありません（{edition_name}）。"
        )
    low, high = known.iloc[0], known.iloc[-1]
    text = (
        f"{year_words(year, fiscal=fiscal)}の{what}が"
        f"最も高いのは{high['area_name']}（{_words(high['value'], view)}）、"
        f"最も低いのは{low['area_name']}（{_words(low['value'], view)}）です"
        f"（{len(known):,}地域、{edition_name}）。"
    )
    if view == "persons":
        text = text.replace("最も高い", "最も多い").replace("最も低い", "最も少ない")
    missing = len(frame) - len(known)
    return text + (f"{missing:,}地域は推計がなく、含みません。" if missing else "")


def _words(value: float, view: str) -> str:
    if view == "persons":
        return persons(value)
    return change(value) if view == "index" else percent(value)


def only_total_sentence(*, edition_name: str) -> str:
    """Say that an edition has only people of all ages for the area."""
    return f"{edition_name}は、この地域について総人口だけが読み込まれています。"


def absence_sentence(area_name: str, *, edition_name: str, instead: pd.DataFrame) -> str:
    """Say why an area has no figures in an edition and which larger area has them."""
    if instead.empty:
        return f"{area_name}の人口は、読み込まれた{edition_name}にありません。"
    first = instead.iloc[0]
    if first["area_type"] == "projection_region":
        return (
            f"{edition_name}では、{area_name}は単独では推計されず、"
            f"「{first['name']}」としてまとめて示されています。"
        )
    return (
        f"{edition_name}では{area_name}の推計は公表されていません。"
        f"{first['name']}全体の値だけがあります。"
    )
