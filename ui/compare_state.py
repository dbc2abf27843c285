"""What the comparison page is about: chosen once, and shared by all its views."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.compare import (
    choices_in_view,
    default_period,
    indicator_values,
    is_amount,
    periods_in_view,
    values_in_view,
)
from analytics.denominators import Denominator, choose_denominator, denominator_of
from analytics.group_values import GroupValue, group_value
from analytics.groups import Group
from analytics.scope import NATION, Scope, benchmark_codes
from data.catalogue import load_catalogue
from data.catalogue.indicator import IndicatorEntry
from data.era import period_label
from ui.compare_hidden import choose_hiding, hidden
from ui.groups import group_picker
from ui.parts import choose_parts
from ui.place_names import placed
from ui.selection import Area, choose, read, write
from ui.store import ask, meta, served

CATALOGUE = load_catalogue()
# Of these the first that the whole country has is shown first.
FIRST_INDICATORS = ("vns_station", "aging_rate")
GROUP, TARGET = "group", "target"
_ONLY = "only"


@dataclass(frozen=True)
class Benchmark:
    """What areas are compared with: a larger area, a group, a target, or nothing."""

    key: str
    name: str
    codes: tuple[str, ...] = ()
    target: float | None = None


@dataclass(frozen=True)
class Chosen:
    """The selections of the page; `only` are the codes of a group that alone is compared.

    `hide` puts letters in the place of names; `smooth` draws smoothed values.
    """

    scope: Scope
    indicator_id: str
    period: str
    benchmark: Benchmark | None
    only: tuple[str, ...] = ()
    only_name: str = ""
    hide: bool = False
    smooth: bool = False

    @property
    def entry(self) -> IndicatorEntry:
        """The indicator."""
        return CATALOGUE.indicators[self.indicator_id]

    @property
    def where(self) -> str:
        """The name of the areas compared."""
        return self.only_name or self.scope.parent_name


@lru_cache(maxsize=256)
def indicator_options(store_key: str, scope: Scope) -> tuple[dict[str, str], str | None]:
    """Return the indicators with values in view, in the order of their domains, and the first."""
    observed = ask(choices_in_view, scope=scope).set_index("indicator_id")["observed"]
    domains = {key: entry.order for key, entry in CATALOGUE.domains.items()}
    ordered = sorted(CATALOGUE.indicators.values(), key=lambda entry: domains[entry.domain])
    found = [entry for entry in ordered if observed.get(entry.key, 0) > 0]
    options = {
        entry.key: f"{CATALOGUE.domains[entry.domain].label}：{entry.title}" for entry in found
    }
    rates = [entry.key for entry in found if not is_amount(entry)]
    return options, next(iter([*_known_everywhere(options), *rates, *options]), None)


def _known_everywhere(options: dict[str, str]) -> list[str]:
    nation = Scope(NATION, "", "prefecture", None)
    areas = ask(choices_in_view, scope=nation).set_index("indicator_id")["areas"]
    most = areas.max()
    return [
        key for key in FIRST_INDICATORS if key in options and areas.get(key, 0) >= 0.9 * most > 0
    ]


@lru_cache(maxsize=64)
def values(store_key: str, chosen: Chosen, indicator_id: str, period: str) -> pd.DataFrame:
    """Return the larger areas and the parts, or the areas of a group in their place."""
    frame = _values(store_key, chosen.scope, indicator_id, period, chosen.only)
    if not chosen.hide:
        return frame
    return hidden(frame, store_key, chosen.scope, chosen.only)


@lru_cache(maxsize=64)
def _values(
    store_key: str, scope: Scope, indicator_id: str, period: str, only: tuple[str, ...]
) -> pd.DataFrame:
    bound = {"indicator_id": indicator_id, "period": period}
    if not only:
        return ask(values_in_view, scope=scope, denominator=denominator(scope), **bound)
    larger = ask(benchmark_codes, parent_code=scope.parent_code)
    frame = ask(
        indicator_values,
        area_codes=(*larger, *only),
        denominator=denominator(scope, only),
        **bound,
    )
    part = frame["area_code"].isin(only)
    ranked = frame["value"].where(part).rank(method="min", ascending=False)
    return frame.assign(is_part=part, rank=ranked.astype("Int64"))


def with_prefectures(rows: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Return the rows named with prefectures where they span several; letters stay letters."""
    return rows if chosen.hide else placed(rows)


def denominator(scope: Scope, only: tuple[str, ...] = ()) -> Denominator | None:
    """Return the people aged 75 and over to whom the areas in view are related."""
    if only:
        return ask(choose_denominator, area_codes=only)
    return ask(denominator_of, scope=scope)


def group_figure(chosen: Chosen) -> GroupValue | None:
    """Return the value of the group that is the benchmark."""
    mark = chosen.benchmark
    if mark is None or mark.key != GROUP:
        return None
    return ask(
        group_value,
        codes=mark.codes,
        indicator_id=chosen.indicator_id,
        period=chosen.period,
        denominator=denominator(chosen.scope, chosen.only),
    )


def benchmark_value(chosen: Chosen) -> float | None:
    """Return the value of the benchmark for the indicator and period, where it has one."""
    mark = chosen.benchmark
    if mark is None or mark.key == TARGET:
        return None if mark is None else mark.target
    if found := group_figure(chosen):
        return found.value if found.status == "observed" else None
    rows = values(served(), chosen, chosen.indicator_id, chosen.period)
    known = rows.loc[~rows["is_part"] & (rows["area_code"] == mark.key), "value"].dropna()
    return float(known.iloc[0]) if len(known) else None


def choose_all(area: Area) -> tuple[Scope, Chosen | None]:
    """Draw the controls in one row; return the areas, and the rest where there is an indicator."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        scope = choose_parts(area, among_siblings=True, width=130)
        indicator_id = _choose_indicator(scope)
        period = _choose_period(indicator_id, scope) if indicator_id else None
        group = group_picker(area)
        if indicator_id is None or period is None:
            return scope, None
        only = group.codes if group and _only(group) else ()
        only_name = group.name if group and only else ""
        chosen = Chosen(scope, indicator_id, period, None, only, only_name)
        mark = _choose_benchmark(chosen, group)
        hide = choose_hiding()
    return scope, replace(chosen, benchmark=mark, hide=hide)


def _choose_indicator(scope: Scope) -> str | None:
    options, default = indicator_options(served(), scope)
    if default is None:
        return None
    return choose("指標", options, param="indicator", default=default, width=250)


def _choose_period(indicator_id: str, scope: Scope) -> str | None:
    periods = ask(periods_in_view, indicator_id=indicator_id, scope=scope)
    options = {period: period_label(period) for period in reversed(periods)}
    built = int(meta()["built_at"][:4])
    default = default_period(periods, year=built) or next(iter(options))
    return choose("時点", options, param="year", default=default, width=195)


def _only(group: Group) -> bool:
    key = f"only_{group.key}"
    st.session_state.setdefault(key, read(_ONLY) == "1")
    wanted = st.toggle("このグループだけを比べる", key=key)
    write(_ONLY, "1" if wanted else None)
    return bool(wanted)


def _choose_benchmark(chosen: Chosen, group: Group | None) -> Benchmark | None:
    entry = chosen.entry
    if is_amount(entry):
        return None
    options = _larger_with_value(served(), chosen).copy()
    if group is not None:
        options[GROUP] = f"グループ：{group.name}"
    options[TARGET] = "目標の値を入れる"
    key = choose("比べる基準", options, param="benchmark", default=next(iter(options)), width=160)
    if key == TARGET:
        return Benchmark(TARGET, "目標", target=_target(entry))
    if key == GROUP and group is not None:
        return Benchmark(GROUP, f"グループ「{group.name}」", codes=group.codes)
    return Benchmark(key, str(options[key]))


@lru_cache(maxsize=64)
def _larger_with_value(store_key: str, chosen: Chosen) -> dict[str, str]:
    rows = values(store_key, chosen, chosen.indicator_id, chosen.period)
    larger = rows[~rows["is_part"]].dropna(subset=["value"])
    return dict(zip(larger["area_code"], larger["area_name"], strict=True))


def _target(entry: IndicatorEntry) -> float | None:
    found = read("target")
    try:
        start = float(found) if found else None
    except ValueError:
        st.warning("「目標の値」に指定された値は数ではありません。")
        start = None
    key = f"target_{entry.key}"
    st.session_state.setdefault(key, start)
    words = f"目標の値（{entry.unit}）"
    value = st.number_input(words, key=key, step=None, format="%g", width=200)
    write("target", None if value is None else f"{value:g}")
    return value
