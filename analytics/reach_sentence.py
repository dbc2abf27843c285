"""What the pictures of distance and reach say, made from the frames that are drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analytics.figures import percent, persons
from analytics.reach import NO_FACILITY, NO_POINT, NOT_COVERED
from analytics.reach_catchment import NO_CAPACITY, NO_PEOPLE

SIMILAR_POINTS = 1.0
REASONS = {
    NOT_COVERED: "読み込んだ資料の対象外の地域があるため、データがありません。",
    NO_POINT: "境界のファイルがなく代表点が決まらないため、測れません。",
    NO_FACILITY: "条件に合う施設が全国に1か所もないため、測れません。",
    NO_PEOPLE: "75歳以上人口のデータがないため、計算しません。",
    NO_CAPACITY: "届く施設に定員・病床の記入がないため、計算しません。",
}


def distance_sentence(frame: pd.DataFrame, *, area_code: str, part_codes: list[str],
                      what: str) -> str:  # fmt: skip
    """Say how far the nearest one is for the people of an area, and where the way is longest."""
    by_code = frame.set_index("area_code")
    own = _row(by_code, area_code)
    if pd.isna(own["distance_km"]):
        text = f"{own['area_name']}から{what}までの距離は、{_why(own['reason'])}"
    elif own["points"] == 1:
        text = _one_point(own, what)
    else:
        kind = "代表点の平均" if own["is_unweighted"] else "75歳以上の人口で重みづけた平均"
        text = (
            f"{own['area_name']}から最寄りの{what}までは、代表点からの直線で"
            f"平均{own['distance_km']:,.1f}km（{kind}）です。"
        )
    return text + _longest(by_code.loc[[c for c in part_codes if c in by_code.index]])


def _row(by_code: pd.DataFrame, code: str) -> dict[str, Any]:
    return {str(name): value for name, value in by_code.loc[[code]].iloc[0].items()}


def _why(reason: str) -> str:
    return REASONS.get(reason, "データがありません。")


def _one_point(own: dict[str, Any], what: str) -> str:
    if own["is_at_point"] and own["distance_km"] == 0:
        return (
            f"{own['area_name']}の{what}は区域内にあります（位置は市区町村までしか分かりません）。"
        )
    return (
        f"{own['area_name']}の代表点から最寄りの{what}（{own['nearest_area_name']}）まで、"
        f"直線で{own['distance_km']:,.1f}kmです。"
    )


def _longest(parts: pd.DataFrame) -> str:
    measured = parts.dropna(subset=["distance_km"])
    if len(measured) < 2:
        return ""
    ordered = measured.sort_values("distance_km", kind="stable")
    near, far = ordered.iloc[0], ordered.iloc[-1]
    gaps = len(parts) - len(measured)
    text = (
        f"最も遠いのは{far['area_name']}の{far['distance_km']:,.1f}km、"
        f"最も近いのは{near['area_name']}の{near['distance_km']:,.1f}kmです。"
    )
    return text + (f"データなしは{gaps:,}地域です。" if gaps else "")


def share_sentence(
    frame: pd.DataFrame, *, area_code: str, benchmark_code: str, km: int, what: str,
    denominator_label: str | None,
) -> str:  # fmt: skip
    """Say how many of the people live near one, beside the benchmark, and of whom it is known."""
    by_code = frame.set_index("area_code")
    own = _row(by_code, area_code)
    if pd.isna(own[f"share_{km}"]):
        reason = own["reason"]
        why = _why(reason) if reason else "75歳以上人口のデータがないため、割合を計算しません。"
        return f"{own['area_name']}で{what}の{km}km以内に住む人の割合は、{why}"
    text = (
        f"{own['area_name']}では、75歳以上の{percent(own[f'share_{km}'])}"
        f"（{persons(own['people'])}のうち{persons(own[f'within_{km}'])}）について、"
        f"代表点から直線{km}km以内に{what}があります。"
    )
    text += _beside(by_code, area_code, benchmark_code, km)
    if own["measured"] < own["points"]:
        text += (
            f"人口のデータがある{own['measured']:,}地点（全{own['points']:,}地点）で計算しました。"
        )
    return text + (f"分母は{denominator_label}です。" if denominator_label else "")


def _beside(by_code: pd.DataFrame, code: str, benchmark_code: str, km: int) -> str:
    if benchmark_code == code or benchmark_code not in by_code.index:
        return ""
    benchmark = _row(by_code, benchmark_code)
    other = benchmark[f"share_{km}"]
    if pd.isna(other):
        return ""
    gap = _row(by_code, code)[f"share_{km}"] - other
    word = "と同程度の" if abs(gap) < SIMILAR_POINTS else "より高い" if gap > 0 else "より低い"
    return f"{benchmark['area_name']}の{percent(other)}{word}割合です。"


def access_sentence(
    frame: pd.DataFrame, *, area_code: str, benchmark_code: str, part_codes: list[str],
    what: str, unit: str, radius_km: int,
) -> str:  # fmt: skip
    """Say how much is within reach per 10,000 people, beside the benchmark, and where least."""
    by_code = frame.set_index("area_code")
    own = _row(by_code, area_code)
    if pd.isna(own["access"]):
        return f"{own['area_name']}の{what}の届きやすさは、{_why(own['reason'])}"
    text = (
        f"{own['area_name']}では、半径{radius_km}km以内の{what}を周りの地域と分け合うと、"
        f"75歳以上1万人あたり{_amount(own['access'])}{unit}に届きます{_doubt(own)}。"
    )
    if benchmark_code != area_code and benchmark_code in by_code.index:
        other = _row(by_code, benchmark_code)
        if pd.notna(other["access"]):
            text += f"{other['area_name']}は{_amount(other['access'])}{unit}です{_doubt(other)}。"
    parts = by_code.loc[[code for code in part_codes if code in by_code.index]]
    return text + _least(parts, unit)


def _doubt(row: dict[str, Any]) -> str:
    return "（参考値）" if row["is_partial"] else ""


def _amount(value: float) -> str:
    return f"{value:,.2f}" if value < 10 else f"{value:,.1f}"


def _least(parts: pd.DataFrame, unit: str) -> str:
    known = parts.dropna(subset=["access"])
    if len(known) < 2:
        return ""
    none = int((known["access"] == 0).sum())
    whole = known[~known["is_partial"]]
    ordered = (known if whole.empty else whole).sort_values("access", kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    text = f"最も高いのは{high['area_name']}の{_amount(high['access'])}{unit}です。"
    if none:
        return text + f"半径内に1か所もないのは{none:,}地域です。"
    return text + f"最も低いのは{low['area_name']}の{_amount(low['access'])}{unit}です。"
