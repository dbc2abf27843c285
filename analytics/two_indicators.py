"""Two indicators of the same areas: how closely they go together, and who stands apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import linregress

LEAST_AREAS = 5
MOST_OUTLIERS = 8
FAR = 2.0  # standardised residual


@dataclass(frozen=True)
class Pair:
    """Areas with both values, R², the line through them and whether it may be chance."""

    frame: pd.DataFrame
    r_squared: float | None
    line: tuple[float, float] | None
    p_value: float | None


def pair_of(x: pd.DataFrame, y: pd.DataFrame) -> Pair:
    """Return the areas that have both values, with those far from the regression line marked.

    `x` and `y` have area_code, area_name and value. Without five areas, or where either indicator
    has one value only, there is no line and no R².

    References
    ----------
    Ordinary least squares by scipy.stats.linregress; far is a residual beyond two standard errors.
    """
    frame = x[["area_code", "area_name", "value"]].rename(columns={"value": "x_value"})
    frame = frame.merge(y[["area_code", "value"]].rename(columns={"value": "y_value"}))
    known = frame.dropna(subset=["x_value", "y_value"]).reset_index(drop=True)
    known["is_outlier"] = False
    spread = known[["x_value", "y_value"]].nunique()
    if len(known) < LEAST_AREAS or (spread < 2).any():
        return Pair(known, None, None, None)
    found = linregress(known["x_value"], known["y_value"])
    residual = known["y_value"] - (found.slope * known["x_value"] + found.intercept)
    error = float(np.sqrt((residual**2).sum() / (len(known) - 2)))
    if error > 1e-9 * float(known["y_value"].abs().max()):
        distance = (residual / error).abs()
        known["is_outlier"] = distance.gt(FAR) & distance.rank(ascending=False).le(MOST_OUTLIERS)
    line = (float(found.slope), float(found.intercept))
    return Pair(known, float(found.rvalue**2), line, float(found.pvalue))


def pair_sentence(
    pair: Pair, *, x_title: str, y_title: str, where: str, own_code: str | None
) -> str:
    """Say how many areas are drawn, how closely the two go together, and who stands apart."""
    count = len(pair.frame)
    head = f"{where}：{x_title}と{y_title}の両方に値のある{count:,}地域。"
    if pair.r_squared is None or pair.line is None or pair.p_value is None:
        return head + "地域が少ないか値が同じため、関係の強さ（R²）は計算していません。"
    way = "一方が高い地域ほど他方も高い" if pair.line[0] > 0 else "一方が高い地域ほど他方は低い"
    chance = "傾向があります" if pair.p_value < 0.05 else "傾向は、偶然の範囲と区別できません"
    body = f"R²は{pair.r_squared:.2f}で、{way}{chance}。"
    apart = pair.frame.loc[pair.frame["is_outlier"], "area_name"].tolist()
    named = f"直線から大きく離れるのは{'、'.join(apart)}です。" if apart else ""
    own = pair.frame[pair.frame["area_code"] == own_code]
    mine = "" if own.empty else _own_words(own.iloc[0], pair.line, y_title)
    return f"{head}{body}{named}{mine}二つの指標の関係は、原因と結果を示すものではありません。"


def _own_words(row: pd.Series, line: tuple[float, float], y_title: str) -> str:
    expected = line[0] * row["x_value"] + line[1]
    side = "上" if row["y_value"] > expected else "下"
    return f"{row['area_name']}の{y_title}は、直線の{side}側にあります。"
