"""The sentence beside present supply carried into the future: made from the frame drawn."""

from __future__ import annotations

import pandas as pd

from analytics.figures import change
from analytics.supply_outlook import PER
from data.era import calendar_year_label

BASE = f"75歳以上{PER // 10_000}万人あたり"
_GAPS = {
    "none_now": "今0{unit}で保つ水準がない地域は{count:,}",
    "no_projection": "この版に推計がない地域は{count:,}",
    "not_covered": "資料の対象外でデータなしの地域は{count:,}",
    "not_entered": "定員・病床の記入がない地域は{count:,}",
}


def outlook_sentence(
    frame: pd.DataFrame,
    *,
    area_code: str,
    year: int,
    base_year: int,
    type_label: str,
    unit: str,
    edition_name: str,
) -> str:
    """Say what the area has now, what that gives in the year, and what keeps today's level.

    frame holds one type, all years; is_part marks the parts among which the area stands.
    """
    seen = frame[frame["year"] == year]
    own = seen[seen["area_code"] == area_code].iloc[0]
    text = _own(own, year=year, base_year=base_year, label=type_label, unit=unit)
    text += _parts(seen[seen["is_part"]], unit=unit)
    return f"{text}75歳以上人口は、今の値も将来の値も{edition_name}です。"


def _own(own: pd.Series, *, year: int, base_year: int, label: str, unit: str) -> str:
    name, when = own["area_name"], calendar_year_label(year)
    if own["status"] == "not_covered":
        return f"{name}の{label}は、対象外の地域があるため、将来の水準を計算しません。"
    if own["status"] == "not_entered":
        return f"{name}の{label}は、定員・病床の記入がなく、将来の水準を計算しません。"
    present = f"{name}の{label}は今{own['quantity']:,.0f}{unit}"
    if own["status"] == "no_projection":
        return f"{present}です。この版に75歳以上の推計がなく、将来の水準は計算しません。"
    if own["status"] == "none_now":
        return f"{present}です。保つ水準がないため、必要な数は計算しません。"
    growth = change(100 * (own["people"] / own["people_now"] - 1))
    return (
        f"{present}、{calendar_year_label(base_year)}の{BASE}{own['per_10k_now']:.2f}{unit}です。"
        f"数が変わらなければ、75歳以上が{growth}となる{when}には"
        f"{own['per_10k']:.2f}{unit}に{_move(own)}。{_needed(own, unit)}"
    )


def _move(own: pd.Series) -> str:
    before, after = round(own["per_10k_now"], 2), round(own["per_10k"], 2)
    if before == after:
        return "とどまります"
    return "下がります" if after < before else "上がります"


def _needed(own: pd.Series, unit: str) -> str:
    exact = f"計算値{own['more_exact']:+,.2f}{unit}"
    if own["more"] > 0:
        return f"今の水準を保つには、あと{own['more']:,.0f}{unit}（{exact}）が必要です。"
    return f"今の水準は、増やさなくても保たれます（{exact}）。"


def _parts(parts: pd.DataFrame, *, unit: str) -> str:
    if len(parts) < 2:
        return ""
    text = _growing(parts, unit)
    counted = parts["status"].value_counts()
    gaps = [
        words.format(unit=unit, count=counted[status])
        for status, words in _GAPS.items()
        if status in counted
    ]
    return text + (f"{'、'.join(gaps)}です。" if gaps else "")


def _growing(parts: pd.DataFrame, unit: str) -> str:
    computed, growing = parts[parts["status"] == "observed"], parts[parts["more"] > 0]
    if computed.empty:
        return f"{len(parts):,}地域のどれも、地域ごとには計算できません。"
    if growing.empty:
        return f"計算できた{len(computed):,}地域に、増やす必要がある地域はありません。"
    most = growing["more"].max()
    names = growing.loc[growing["more"] == most, "area_name"]
    who = str(names.iloc[0]) if len(names) == 1 else f"{len(names):,}地域"
    return (
        f"{len(parts):,}地域のうち、増やす必要があるのは{len(growing):,}地域で、"
        f"最も多いのは{who}の{most:,.0f}{unit}です。"
    )
