"""What a map of municipalities without a facility says, made from the frame that is drawn."""

from __future__ import annotations

import pandas as pd

from analytics.blanks import ABSENT, PRESENT, UNKNOWN
from analytics.figures import percent, persons

FAR_KM = 20


def blanks_sentence(
    frame: pd.DataFrame,
    *,
    place: str,
    what: str,
    level_label: str,
    denominator_label: str | None,
    own_code: str | None = None,
) -> str:
    """Say how many have none, how many people live there, and how near the next one is.

    The own area, where it is one of them, comes first.
    """
    known = frame[frame["state"] != UNKNOWN]
    if known.empty:
        return f"{place}の{what}は、読み込んだ資料の対象外のため、データがありません。"
    absent = known[known["state"] == ABSENT]
    gaps = len(frame) - len(known)
    counted = f"{'データのある' if gaps else ''}{len(known):,}{level_label}"
    own = _own(frame, own_code, what)
    text = own + _how_many(absent, of=f"{place}の{counted}", what=what)
    text += _people(known, absent, denominator_label)
    text += _next_one(absent)
    return text + (f"データなしは{gaps:,}{level_label}です。" if gaps else "")


def _own(frame: pd.DataFrame, own_code: str | None, what: str) -> str:
    rows = frame[frame["area_code"] == own_code]
    if rows.empty:
        return ""
    return f"{rows['area_name'].iloc[0]}の{what}は、{_label(rows.iloc[0])}です。"


def _how_many(absent: pd.DataFrame, *, of: str, what: str) -> str:
    if absent.empty:
        return f"{of}のすべてに{what}があります。"
    return f"{of}のうち、{what}が1か所もないのは{len(absent):,}です。"


def _people(known: pd.DataFrame, absent: pd.DataFrame, label: str | None) -> str:
    counted = known["people"].sum()
    if absent.empty or not counted or label is None:
        return ""
    living = absent["people"].sum()
    return f"75歳以上の{percent(100 * living / counted)}（{persons(living)}、{label}）が住みます。"


def _next_one(absent: pd.DataFrame) -> str:
    if absent.empty:
        return ""
    beside = int((absent["neighbours"] != "").sum())
    text = f"うち{beside:,}は、境を接する市区町村にはあります。" if beside else ""
    measured = absent.dropna(subset=["distance_km"])
    if measured.empty:
        return text
    far = int((measured["distance_km"] > FAR_KM).sum())
    farthest = measured.sort_values("distance_km", kind="stable").iloc[-1]
    text += (
        f"代表点からの直線距離で{FAR_KM}kmを超えるのは{far:,}、最も遠いのは{farthest['area_name']}"
        f"で、{farthest['nearest_area_name']}まで{farthest['distance_km']:,.1f}kmです。"
    )
    return text


def state_labels(frame: pd.DataFrame) -> pd.Series:
    """Return in words whether an area has one, and where the next one is."""
    return frame.apply(_label, axis=1) if len(frame) else pd.Series(dtype="str")


def _label(row: pd.Series) -> str:
    if row["state"] == UNKNOWN:
        return "データなし"
    if row["state"] == PRESENT:
        return f"区域内に{int(row['facilities']):,}か所"
    if pd.isna(row["distance_km"]):
        return "区域内になし（最寄りまでの距離は不明）"
    near = f"{row['nearest_area_name']}に{row['distance_km']:,.1f}km"
    return f"区域内になし。最寄りは{near}"
