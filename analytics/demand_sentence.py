"""The sentences about demand and the workforce, computed from the frames that are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analytics.figures import change, persons

MECHANICAL = "受療率・認定率固定の機械的推計"
MILESTONES = (2030, 2040)
SAME = 0.02  # relative difference that is called 同程度
_BELOW = {"certified": "認定者1人", "75plus": "75歳以上1人"}


def certified_sentence(
    frame: pd.DataFrame, *, area_code: str, edition_name: str, rates: str
) -> str:
    """Say how many are certified now, in 2030 and 2040, and when they are most.

    `frame` has area_code, area_name, year, certified; `rates` says whose rates of when.
    """
    own = frame[frame["area_code"] == area_code].dropna(subset=["certified"]).sort_values("year")
    if own.empty:
        return f"{edition_name}からは、この地域の認定者数を計算できません。"
    first = own.iloc[0]
    text = (
        f"{first['area_name']}の要介護・要支援認定者（65歳以上）は、年齢階級別の認定率が変わらないと"
        f"すると、{first['year']}年の{persons(first['certified'])}から"
        f"{_course(own, 'certified', persons, '年')}となる計算です"
        f"（{MECHANICAL}。{rates}、{edition_name}）。"
    )
    return text + _summit(own, "certified", persons, "年")


def certified_beside_sentence(
    frame: pd.DataFrame, *, codes: Sequence[str], base_year: int, edition_name: str, rates: str
) -> str:
    """Say of each area how many are certified in 2040, or in the last year, and its index.

    `frame` has area_code, area_name, year, certified and value, the index.
    """
    if frame.empty:
        return f"{edition_name}からは、並べた地域の認定者数を計算できません。"
    years = frame["year"]
    year = MILESTONES[1] if (years == MILESTONES[1]).any() else int(years.max())
    at = frame[years == year].set_index("area_code")
    names, certified, index = (
        at[column].to_dict() for column in ("area_name", "certified", "value")
    )
    said = "、".join(
        f"{names[code]}{persons(certified[code])}（指数{index[code]:.1f}）"
        for code in codes
        if code in names
    )
    return (
        f"{year}年の要介護・要支援認定者（65歳以上）は、{said}となる計算です"
        f"（{base_year}年=100、{MECHANICAL}。{rates}、{edition_name}）。"
    )


def homevisit_sentence(frame: pd.DataFrame, *, area_name: str) -> str:
    """Say the official forecast of home visits, and whose figure it is."""
    known = frame.dropna(subset=["value"]).sort_values("year")
    if known.empty:
        return f"{area_name}の訪問診療の需要推計は、読み込まれていません。"
    first = known.iloc[0]
    text = (
        f"{_holder(first, area_name)}の訪問診療の需要（月当たりレセプト件数）は、"
        f"{first['year']}年度の{_claims(first['value'])}から"
        f"{_course(known, 'value', _claims, '年度')}となる見込みです"
        f"（厚生労働省の推計、{MECHANICAL}）。"
    )
    return text + _summit(known, "value", _claims, "年度")


def deaths_sentence(frame: pd.DataFrame, *, area_name: str) -> str:
    """Say how many deaths at home are to be expected if their share stays as it is."""
    known = frame.dropna(subset=["at_home"]).sort_values("year")
    if known.empty:
        return f"{area_name}の自宅での死亡数は、計算できる表が読み込まれていません。"
    first = known.iloc[0]
    span = f"{first['share_from']:.0f}～{first['share_to']:.0f}年"
    text = (
        f"{area_name}の自宅での死亡は、自宅死亡割合が{span}の{first['home_percent']:.1f}%のまま"
        f"とすると、{first['year']:.0f}年の{persons(first['at_home'])}から"
        f"{_course(known, 'at_home', persons, '年')}となる計算です"
        f"（将来死亡数×自宅死亡割合、割合固定の機械的推計）。"
    )
    return text + _summit(known, "at_home", persons, "年")


def weights_sentence(
    medical: pd.DataFrame, care: pd.DataFrame, *, area_code: str, base_year: int, edition_name: str
) -> str:
    """Say the two weighted indexes of the area in 2040, or in the last year there is."""
    own = [frame[frame["area_code"] == area_code].dropna(subset=["value"])
           for frame in (medical, care)]  # fmt: skip
    if any(frame.empty for frame in own):
        return f"{edition_name}からは、この地域の需要指数を計算できません。"
    year = MILESTONES[1] if (own[0]["year"] == MILESTONES[1]).any() else int(own[0]["year"].max())
    at = [float(frame.loc[frame["year"] == year, "value"].iloc[0]) for frame in own]
    tops = [int(_top(frame, "value")["year"]) for frame in own]
    return (
        f"{own[0]['area_name'].iloc[0]}の{year}年の医療需要指数は{at[0]:.1f}、"
        f"介護需要指数は{at[1]:.1f}です（{base_year}年=100、JMAPの式による{MECHANICAL}、"
        f"{edition_name}）。最も高いのは、医療が{tops[0]}年、介護が{tops[1]}年です。"
    )


def workforce_sentence(
    frame: pd.DataFrame,
    *,
    area_code: str,
    references: Sequence[str],
    per: str,
    edition_name: str,
    rates: str,
) -> str:
    """Say how many people of working age there are for each, now and later, beside references."""
    known = frame.dropna(subset=["value"]).sort_values("year")
    own = known[known["area_code"] == area_code]
    below = _BELOW[per]
    if own.empty:
        return f"{edition_name}からは、この地域の{below}あたりの20～64歳人口を計算できません。"
    first, last = own.iloc[0], _milestone(own)
    text = (
        f"{first['area_name']}で{below}に対する20～64歳は、{first['year']}年の"
        f"{first['value']:.1f}人から{last['year']}年の{last['value']:.1f}人に"
        f"{_direction(first['value'], last['value'])}（{_basis(per, rates)}{edition_name}）。"
    )
    beside = [
        _beside(known, code, int(last["year"]), float(last["value"]))
        for code in references
        if code != area_code
    ]
    said = "、".join(words for words in beside if words)
    return f"{text}{last['year']}年は{said}です。" if said else text


def workforce_parts_sentence(frame: pd.DataFrame, *, year: int, per: str, edition_name: str) -> str:
    """Say in which part there are most and fewest people of working age for each."""
    known = frame.dropna(subset=["value"]).sort_values(["value", "area_code"])
    what = f"{_BELOW[per]}に対する20～64歳"
    if known.empty:
        return f"{year}年の{what}の人数が分かる地域はありません（{edition_name}）。"
    low, high = known.iloc[0], known.iloc[-1]
    text = (
        f"{year}年の{what}が最も少ないのは{low['area_name']}（{low['value']:.1f}人）、"
        f"最も多いのは{high['area_name']}（{high['value']:.1f}人）です"
        f"（{len(known):,}地域、{edition_name}）。"
    )
    missing = len(frame) - len(known)
    return text + (f"{missing:,}地域は計算できず、含みません。" if missing else "")


def _course(known: pd.DataFrame, column: str, words: Callable[[float], str], unit: str) -> str:
    """Return the milestones that are there, each with its change from the first year."""
    first = known.iloc[0]
    later = known[known["year"].isin(MILESTONES) & (known["year"] > first["year"])]
    if later.empty:
        later = known.tail(1)
    said = []
    for row in later.to_dict("records"):
        growth = 100 * row[column] / first[column] - 100 if first[column] > 0 else None
        how = "" if growth is None else f"（{change(growth)}）"
        said.append(f"{row['year']}{unit}に{words(row[column])}{how}")
    return "、".join(said)


def _summit(known: pd.DataFrame, column: str, words: Callable[[float], str], unit: str) -> str:
    top = _top(known, column)
    if top["year"] == known["year"].max():
        return f"推計の最後の{top['year']:.0f}{unit}まで増え続けます。" if len(known) > 1 else ""
    if top["year"] == known["year"].min():
        return ""
    return f"最も多いのは{top['year']:.0f}{unit}の{words(top[column])}です。"


def _top(known: pd.DataFrame, column: str) -> pd.Series:
    """Return the row of the largest value, the first one of several."""
    return known.iloc[int(known[column].to_numpy().argmax())]


def _claims(value: float) -> str:
    return f"{value:,.0f}件"


def _holder(first: pd.Series, area_name: str) -> str:
    if first["how"] == "inside":
        return f"{area_name}が属する構想区域「{first['area_name']}」"
    if first["how"] == "prefecture":
        return f"{first['area_name']}全体（{area_name}が属する構想区域は分かりません）"
    return f"構想区域「{first['area_name']}」" if first["how"] == "own" else area_name


def _milestone(own: pd.DataFrame) -> pd.Series:
    at = own[own["year"] == MILESTONES[1]]
    return at.iloc[0] if len(at) else own.iloc[-1]


def _direction(before: float, after: float) -> str:
    if abs(after - before) < 0.05:
        return "横ばいの計算です"
    return "減る計算です" if after < before else "増える計算です"


def _basis(per: str, rates: str) -> str:
    return f"{MECHANICAL}。{rates}、" if per == "certified" else ""


def _beside(known: pd.DataFrame, code: str, year: int, value: float) -> str:
    other = known[(known["area_code"] == code) & (known["year"] == year)]
    if other.empty:
        return ""
    row = other.iloc[0]
    apart = value / float(row["value"]) - 1
    how = "と同程度" if abs(apart) < SAME else f"より{'多い' if apart > 0 else '少ない'}値"
    return f"{row['area_name']}（{row['value']:.1f}人）{how}"
