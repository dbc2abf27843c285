"""The sentence beside a resource map: made from the frame that is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analytics.rates import compare_with_benchmark

BASE = "75歳以上人口1万人あたり"


def resources_sentence(
    counts: pd.DataFrame,
    *,
    type_label: str,
    area_code: str,
    benchmark_code: str | None,
    part_codes: Sequence[str],
    denominator_label: str | None,
) -> str:
    """Say how much of one type an area has, beside the benchmark, and how the parts spread.

    counts holds the rows of one facility type: the area, the benchmark and the parts in view.
    """
    by_code = counts.set_index("area_code")
    area_name = str(by_code.loc[[area_code], "area_name"].iloc[0])
    parts = by_code.loc[list(part_codes)]
    covered = parts.dropna(subset=["facilities"])
    if covered.empty and not _known(by_code, area_code) and not _silent(by_code, area_code):
        return f"{area_name}の{type_label}は、読み込んだ資料の対象外のため、データがありません。"
    text = _whole(by_code, area_code, area_name, type_label)
    if benchmark_code is not None and benchmark_code != area_code:
        text += _beside(by_code, area_code, benchmark_code)
    text += _parts(covered, len(parts))
    is_rated = by_code["per_10k_75plus"].notna().any()
    return text + (f"分母は{denominator_label}です。" if is_rated and denominator_label else "")


def _known(by_code: pd.DataFrame, code: str | None) -> bool:
    return code in by_code["facilities"].dropna().index


def _silent(by_code: pd.DataFrame, code: str) -> bool:
    """Tell whether the area has facilities of which none states what was asked."""
    silent = by_code.get("not_stated", pd.Series(dtype="float64")).fillna(0) > 0
    return bool(silent.get(code, default=False)) and not _known(by_code, code)


def _whole(by_code: pd.DataFrame, code: str, name: str, label: str) -> str:
    if _silent(by_code, code):
        return f"{name}の{label}は、どの施設の資料にも条件の項目の記載がなく、数えられません。"
    if not _known(by_code, code):
        return f"{name}全体の{label}は、対象外の地域があるため合計しません。"
    row: pd.Series = by_code.loc[[code]].iloc[0]
    text = f"{name}の{label}は{int(row['facilities']):,}か所"
    if pd.isna(row["per_10k_75plus"]):
        return f"{text}です。75歳以上人口のデータがなく、人口あたりは計算しません。"
    return f"{text}、{BASE}{row['per_10k_75plus']:.2f}か所です。"


def _beside(by_code: pd.DataFrame, code: str, benchmark_code: str) -> str:
    if benchmark_code not in by_code.index or code not in by_code.index:
        return ""
    reference = by_code.loc[benchmark_code]
    if pd.isna(reference["per_10k_75plus"]) or pd.isna(by_code.at[code, "per_10k_75plus"]):
        return ""
    own = by_code.loc[[code]]
    outcome = compare_with_benchmark(
        own["per_10k_75plus"],
        own["lower_ci"],
        own["upper_ci"],
        benchmark=float(reference["per_10k_75plus"]),
    ).iloc[0]
    words = {
        "higher": "より高く、偶然だけでは説明しにくい差です",
        "lower": "より低く、偶然だけでは説明しにくい差です",
        "similar": "と同程度です（差は偶然の範囲）",
    }
    return f"{reference['area_name']}の{reference['per_10k_75plus']:.2f}か所{words[outcome]}。"


def _parts(covered: pd.DataFrame, total: int) -> str:
    if covered.empty or total < 2:
        return ""
    text = ""
    rated = covered.dropna(subset=["per_10k_75plus"])
    if rated["per_10k_75plus"].nunique() > 1:
        highest = _extreme(rated, rated["per_10k_75plus"].max())
        lowest = _extreme(rated, rated["per_10k_75plus"].min())
        text += f"最も高いのは{highest}、最も低いのは{lowest}です。"
    empty = int((covered["facilities"] == 0).sum())
    missing = total - len(covered)
    gaps = f"データなしは{missing:,}地域です。" if missing else ""
    if not empty:
        return f"{text}1か所もない地域はありません。{gaps}"
    return (
        text + f"{total:,}地域のうち1か所もないのは{empty:,}地域{f'、{gaps}' if gaps else 'です。'}"
    )


def _extreme(rated: pd.DataFrame, value: float) -> str:
    """Name the area with the value, or say how many share it."""
    found = rated.loc[rated["per_10k_75plus"] == value, "area_name"]
    return (
        f"{found.iloc[0]}の{value:.2f}" if len(found) == 1 else f"{value:.2f}の{len(found):,}地域"
    )


def area_card_sentence(
    counts: pd.DataFrame,
    *,
    area_code: str,
    type_labels: Mapping[str, str],
    denominator_label: str | None,
) -> str:
    """Say of each type how much an area has, and how that compares with the next larger area.

    counts holds the area first and then the larger ones, with the outcome beside each.
    """
    own = counts[counts["area_code"] == area_code].set_index("facility_type")
    larger = [code for code in dict.fromkeys(counts["area_code"]) if code != area_code]
    name = str(own["area_name"].iloc[0])
    said = [_held(own.loc[[key]].iloc[0], label) for key, label in type_labels.items()]
    text = f"{name}：{'、'.join(said)}。"
    for code in larger[:1]:
        beside = counts[counts["area_code"] == code].set_index("facility_type")
        text += _outcomes(beside, type_labels)
    is_rated = own["per_10k_75plus"].notna().any()
    return text + (f"分母は{denominator_label}です。" if is_rated and denominator_label else "")


def _held(row: pd.Series, label: str) -> str:
    if pd.isna(row["facilities"]):
        return f"{label}はデータなし"
    if pd.isna(row["per_10k_75plus"]):
        return f"{label}{int(row['facilities']):,}か所"
    return f"{label}{int(row['facilities']):,}か所（{BASE}{row['per_10k_75plus']:.2f}）"


def _outcomes(beside: pd.DataFrame, type_labels: Mapping[str, str]) -> str:
    words = {"higher": "高いのは", "lower": "低いのは", "similar": "同程度なのは"}
    said = []
    for outcome, word in words.items():
        kinds = [
            label for key, label in type_labels.items() if beside.at[key, "outcome"] == outcome
        ]
        said += [f"{word}{'・'.join(kinds)}"] if kinds else []
    if not said:
        return ""
    return f"{beside['area_name'].iloc[0]}と比べて、{'、'.join(said)}です（偶然の範囲を考慮）。"
