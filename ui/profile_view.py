"""What the profile page draws, made once for all viewers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import pandas as pd

from analytics.areas import areas_inside, find_area
from analytics.compare_sentence import STATUS_LABELS
from analytics.denominators import Denominator, choose_denominator
from analytics.profile import area_profile
from analytics.profile_sentence import profile_sentence
from analytics.scope import Scope, benchmark_codes
from charts.formatting import number
from charts.spine import spine
from data.catalogue import load_catalogue
from data.catalogue.indicator import POLARITY_LABELS
from data.era import period_label
from ui.blocks import ColumnLabel
from ui.indicator_view import indicator_facts, outcome_words, source_words
from ui.store import ask

CATALOGUE = load_catalogue()
COLUMNS = {
    "domain_label": ColumnLabel("分野"),
    "title": ColumnLabel("指標"),
    "printed": ColumnLabel("値"),
    "unit": ColumnLabel("単位"),
    "benchmark_printed": ColumnLabel("基準"),
    "outcome_label": ColumnLabel("基準と比べて"),
    "rank_label": ColumnLabel("順位（高い順）"),
    "numerator_printed": ColumnLabel("分子"),
    "denominator_printed": ColumnLabel("分母"),
    "interval": ColumnLabel("95％信頼区間"),
    "reading": ColumnLabel("読み方"),
    "period_label": ColumnLabel("時点"),
    "source_title": ColumnLabel("出典"),
    "source_ref": ColumnLabel("計算"),
}


@dataclass(frozen=True, eq=False)
class Profile:
    """All indicators of one area: sentence, strips and the frame behind them."""

    sentence: str
    spec: dict[str, Any] | None
    halves: tuple[dict[str, Any], ...]
    rows: pd.DataFrame
    source: list[str]
    facts: str
    denominator: Denominator | None


@lru_cache(maxsize=256)
def benchmark_options(store_key: str, scope: Scope, own: str) -> dict[str, str]:
    """Return the areas to compare with, the nearest first."""
    codes = [code for code in ask(benchmark_codes, parent_code=scope.parent_code) if code != own]
    return {code: str(ask(find_area, area_code=code).at[0, "name"]) for code in reversed(codes)}


def shown_columns(made: Profile, *, has_benchmark: bool) -> dict[str, ColumnLabel]:
    """Return the labels of the table; an area that stands alone has neither benchmark nor rank."""
    hidden = set() if has_benchmark else {"benchmark_printed", "outcome_label"}
    if (made.rows["siblings"] < 2).all():
        hidden.add("rank_label")
    return {name: label for name, label in COLUMNS.items() if name not in hidden}


@lru_cache(maxsize=128)
def profile(
    store_key: str, area: tuple[str, str], scope: Scope, benchmark: tuple[str, str], year: int
) -> Profile | None:
    """Return the profile of an area (code, name) beside a benchmark (code, name)."""
    code, name = area
    inside = ask(areas_inside, area_code=scope.parent_code, level=scope.level)
    siblings = tuple(inside["area_code"])
    denominator = ask(choose_denominator, area_codes=siblings or (code,))
    frame = ask(
        area_profile,
        area_code=code,
        sibling_codes=siblings,
        benchmark_code=benchmark[0],
        year=year,
        denominator=denominator,
    )
    if frame.empty:
        return None
    words = [in_words(row) for row in frame.to_dict("records")]
    rows = frame.assign(**pd.DataFrame(words, index=frame.index))
    known = rows[rows["value"].notna() & ~rows["is_amount"] & (rows["siblings"] > 1)]
    entries = [CATALOGUE.indicators[key] for key in frame["indicator_id"]]
    has_rates = frame["per_75plus"].notna().any()
    return Profile(
        sentence=profile_sentence(
            frame.dropna(subset=["value"]), area_name=name, benchmark_name=benchmark[1]
        ),
        spec=None if known.empty else spine(known, area_name=name, benchmark_name=benchmark[1]),
        halves=tuple(
            spine(half, area_name=name, benchmark_name=benchmark[1]) for half in in_halves(known)
        ),
        rows=rows,
        source=source_words(frame, denominator if has_rates else None),
        facts="\n\n".join(f"【{entry.title}】\n{indicator_facts(entry)}" for entry in entries),
        denominator=denominator,
    )


def in_halves(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows in two frames of like length, cut where a domain ends."""
    sizes = rows.groupby("domain_label", sort=False).size() + 1  # a heading each
    upto = sizes.cumsum()
    is_first = (upto - sizes / 2) <= sizes.sum() / 2
    first = set(sizes.index[is_first])
    halves = [rows[rows["domain_label"].isin(first)], rows[~rows["domain_label"].isin(first)]]
    return [half for half in halves if not half.empty]


def file_columns() -> dict[str, ColumnLabel]:
    """Return the labels of all indicators in a file: figures as numbers, method and limits."""
    return {
        "domain_label": ColumnLabel("分野"),
        "title": ColumnLabel("指標"),
        "value": ColumnLabel("値", "", 2),
        "unit": ColumnLabel("単位"),
        "printed": ColumnLabel("値（印刷用）"),
        "benchmark_value": ColumnLabel("基準", "", 2),
        "distance": ColumnLabel("基準からの離れ（標準偏差）", "", 2),
        "lower_ci": ColumnLabel("95％下限", "", 2),
        "upper_ci": ColumnLabel("95％上限", "", 2),
        "numerator": ColumnLabel("分子", "", 0),
        "denominator": ColumnLabel("分母", "", 0),
        **{name: COLUMNS[name] for name in ("outcome_label", "rank_label", "reading")},
        **{name: COLUMNS[name] for name in ("period_label", "source_title", "source_ref")},
    }


def in_words(row: dict[str, Any]) -> dict[str, str]:
    """Return the figures of one indicator as printed, each with its own decimals."""
    show = partial(number, decimals=row["decimals"])
    is_known, has_interval = pd.notna(row["value"]), pd.notna(row["lower_ci"])
    is_judged = is_known and row["outcome"] != "not_compared" and not row["is_amount"]
    is_placed = is_known and row["siblings"] > 1
    place = f"{row['siblings']:,}地域中{row['rank']:.0f}番目" if is_placed else "－"
    reference = "－" if row["is_amount"] else show(row["benchmark_value"])
    return {
        "domain_label": CATALOGUE.domains[row["domain"]].label,
        "printed": STATUS_LABELS[row["status"]] or show(row["value"]),
        "benchmark_printed": reference,
        "outcome_label": outcome_words(row["outcome"]) if is_judged else "－",
        "rank_label": place,
        "numerator_printed": _count(row["numerator"]),
        "denominator_printed": _count(row["denominator"]),
        "interval": f"{show(row['lower_ci'])}～{show(row['upper_ci'])}" if has_interval else "－",
        "reading": POLARITY_LABELS[row["polarity"]],
        "period_label": period_label(row["period"]),
    }


def _count(value: float) -> str:
    return "－" if pd.isna(value) else number(value, decimals=0 if value == round(value) else 1)
