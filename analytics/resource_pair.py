"""Two areas beside each other, in words and as a table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

BASE = "75歳以上人口1万人あたり"


def pair_rows(counts: pd.DataFrame, *, codes: tuple[str, str]) -> pd.DataFrame:
    """Return one row per type with both areas beside each other; counts as facility_counts gives.

    Columns: facility_type, then a.* and b.* of facilities, per_10k_75plus, capacity.
    """
    parts = []
    for prefix, code in zip("ab", codes, strict=True):
        rows = counts[counts["area_code"] == code].set_index("facility_type")
        columns = rows[["facilities", "per_10k_75plus", "capacity", "lower_ci", "upper_ci"]]
        parts.append(columns.add_prefix(f"{prefix}."))
    return pd.concat(parts, axis=1).reset_index()


def pair_sentence(
    rows: pd.DataFrame, *, names: tuple[str, str], type_labels: Mapping[str, str]
) -> str:
    """Say of each type which of two areas has more of it, and whether chance could explain it.

    Rates whose 95 % intervals do not overlap are called higher or lower, others 同程度.
    """
    lines = [_line(row, names, type_labels[row["facility_type"]]) for _, row in rows.iterrows()]
    return "".join(lines)


def _line(row: pd.Series, names: tuple[str, str], label: str) -> str:
    unknown = [name for side, name in zip("ab", names, strict=True)
               if pd.isna(row[f"{side}.facilities"])]  # fmt: skip
    if unknown:
        return f"{label}：{'と'.join(unknown)}はデータなし。"
    if pd.isna(row["a.per_10k_75plus"]) or pd.isna(row["b.per_10k_75plus"]):
        return (
            f"{label}：{names[0]}{int(row['a.facilities']):,}か所、"
            f"{names[1]}{int(row['b.facilities']):,}か所。"
        )
    return (
        f"{label}（{BASE}）：{names[0]}{row['a.per_10k_75plus']:.2f}か所、"
        f"{names[1]}{row['b.per_10k_75plus']:.2f}か所。{_verdict(row, names)}"
    )


def _verdict(row: pd.Series, names: tuple[str, str]) -> str:
    if row["a.lower_ci"] > row["b.upper_ci"]:
        return f"{names[0]}の方が高く、偶然だけでは説明しにくい差です。"
    if row["b.lower_ci"] > row["a.upper_ci"]:
        return f"{names[0]}の方が低く、偶然だけでは説明しにくい差です。"
    return "偶然でも起こりうる差で、同程度とみます。"
