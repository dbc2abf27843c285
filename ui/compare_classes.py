"""The classes of the map of a comparison: by which scheme, how many, and between which bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from charts.classes import named_classes, printable
from geo.classification import Scheme, class_breaks
from ui.selection import choose, read, write

SCHEMES: dict[Scheme, str] = {
    "quantile": "分位（地域数を等しく）",
    "equal": "等間隔",
    "jenks": "自然階級（Jenks）",
    "std": "標準偏差",
    "fixed": "区切りを入れる",
}
HOW: dict[Scheme, str] = {
    "quantile": "地域の数がほぼ等しくなるように分けた{k}分位",
    "equal": "最小から最大までを等しい幅に分けた{k}階級",
    "jenks": "階級の中のばらつきが最も小さくなるように分けた{k}階級（自然階級、Fisher–Jenks法）",
    "std": "平均から標準偏差の1倍・2倍で分けた階級",
    "fixed": "入力した区切りで分けた階級",
}
_COUNTS = {str(k): f"{k}階級" for k in range(3, 8)}
_MOST_BREAKS = 6
_BREAKS = "breaks"


@dataclass(frozen=True)
class Classes:
    """A class scheme with the number of classes, or with its bounds where they are given."""

    scheme: Scheme = "quantile"
    k: int = 5
    bounds: tuple[float, ...] = ()

    @property
    def short(self) -> str:
        """The name that stands in the legend."""
        if self.scheme == "quantile":
            return "五分位" if self.k == 5 else f"{self.k}分位"
        names = {"equal": "等間隔", "jenks": "自然階級", "std": "標準偏差", "fixed": "指定の区切り"}
        return names[self.scheme]

    @property
    def words(self) -> str:
        """How the classes are made."""
        return HOW[self.scheme].format(k=self.k)

    def breaks(self, values: pd.Series) -> list[float]:
        """Return the upper bounds of the classes of the values."""
        return class_breaks(values, scheme=self.scheme, k=self.k, breaks=list(self.bounds))


def class_of_each(values: pd.Series, classes: Classes, *, decimals: int) -> pd.Series:
    """Return the printed class of each value; a missing value has none."""
    bounds = printable(classes.breaks(values), decimals=decimals)
    names = pd.Series(named_classes(values, bounds, decimals=decimals), dtype="object")
    place = np.searchsorted(bounds[:-1], values.fillna(0).to_numpy(dtype=float), side="left")
    found = names.reindex(place) if bounds else pd.Series(pd.NA, index=range(len(values)))
    return pd.Series(found.to_numpy(), index=values.index).where(values.notna())


def bounds_from(text: str | None) -> tuple[float, ...] | None:
    """Return the ascending bounds of 5,10,20, or None where the text is none."""
    parts = (text or "").replace("、", ",").replace("，", ",").split(",")
    try:
        bounds = sorted({float(part) for part in parts if part.strip()})
    except ValueError:
        return None
    is_sound = 0 < len(bounds) <= _MOST_BREAKS and all(np.isfinite(bounds))
    return tuple(bounds) if is_sound else None


def choose_classes(middle: float) -> Classes:
    """Let the viewer choose in the row of the caller; without sound bounds the default stands.

    `middle` is where a first bound is proposed.
    """
    labels: dict[str, str] = {str(key): label for key, label in SCHEMES.items()}
    code = choose("地図の階級", labels, param="scheme", default="quantile", width=200)
    scheme = next(key for key in SCHEMES if key == code)
    if scheme == "fixed":
        bounds = _choose_bounds(middle)
        return Classes("fixed", 5, bounds) if bounds else Classes()
    if scheme == "std":
        return Classes("std")
    k = choose("階級の数", _COUNTS, param="classes", default="5", width=120)
    return Classes(scheme, int(k))


def _choose_bounds(middle: float) -> tuple[float, ...] | None:
    st.session_state.setdefault("class_bounds", read(_BREAKS) or f"{middle:g}")
    text = st.text_input(
        "階級の区切り（6つまで、読点かコンマで区切る）", key="class_bounds", width=260
    )
    bounds = bounds_from(text)
    if bounds is None:
        st.warning(f"「{text[:30]}」は区切りの値として読めません。五分位で示します。例：5,10,20")
    write(_BREAKS, ",".join(f"{bound:g}" for bound in bounds) if bounds else None)
    return bounds
