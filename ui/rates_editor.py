"""The rates with which demand is reckoned: chosen, changed by the viewer, kept in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from analytics.demand import Edits, rates_on_offer, rates_words
from analytics.demand_bands import band_name, band_words
from analytics.demand_rates import area_rates, edited, rate_bands
from data.catalogue.demand_rates import Band, load_demand_rates
from ui.selection import Area, choose, read, write
from ui.store import ask, served

PARAM = "r"
LOADED_LABELS = {
    "own": "この地域の認定率",
    "prefecture": "都道府県の認定率",
    "nation": "全国の認定率（読み込んだ年報）",
}
NO_OWN = (
    "この地域自身の認定率は、読み込んだファイルでは分かりません"
    "（広域連合等は保険者ごとにだけ公表されます）。全国の公表値で計算しています。"
)
FIELD_WIDTH = 180


@dataclass(frozen=True)
class Rates:
    """Which rates are used, and which of them the viewer has changed."""

    key: str
    edits: Edits
    words: str
    percents: tuple[float, ...]

    @property
    def bands(self) -> tuple[Band, ...]:
        """The age classes of the rates."""
        return rate_bands(self.key)

    @property
    def said(self) -> str:
        """Whose rates they are, and that they have been changed."""
        return f"{self.words}を利用者が変更" if self.edits else self.words

    @property
    def printed(self) -> str:
        """Every rate with its age class."""
        return "、".join(
            f"{band_words(band)} {percent:.1f}%"
            for band, percent in zip(self.bands, self.percents, strict=True)
        )


def parse_edits(text: str, bands: Sequence[Band]) -> tuple[Edits, tuple[str, ...]]:
    """Return the rates of an address such as 65:2.8,85:50, and the parts that mean nothing.

    An age must begin one of the classes; a rate is a number from 0 to 100.
    """
    ages = {first for first, _ in bands}
    good: dict[int, float] = {}
    bad = []
    for part in filter(None, text.split(",")):
        age, _, percent = part.partition(":")
        try:
            first, value = int(age), float(percent)
        except ValueError:
            bad.append(part)
            continue
        if first in ages and 0 <= value <= 100:
            good[first] = round(value, 1)
        else:
            bad.append(part)
    return tuple(sorted(good.items())), tuple(bad)


def written(edits: Edits) -> str | None:
    """Return changed rates as they stand in the address; nothing when none is changed."""
    return ",".join(f"{age}:{percent:g}" for age, percent in edits) or None


def chosen_rates(area: Area) -> Rates:
    """Let the viewer choose rates; those changed in the address take their place."""
    offered = ask(rates_on_offer, area_code=area.code)
    published = load_demand_rates().rates
    names = {key: LOADED_LABELS.get(key) or published[key].label for key in offered}
    key = choose("認定率", names, param="rates", default=offered[0])
    edits = _edits_of(key)
    return _rates(served(), area.code, key, edits)


def notes_on(area: Area, rates: Rates) -> list[str]:
    """Say which rates are used, where they come from, and what stands in for the area's own."""
    return list(_notes(served(), area, rates))


@lru_cache(maxsize=4_000)
def _notes(store_key: str, area: Area, rates: Rates) -> tuple[str, ...]:
    lines = [f"認定率：{rates.printed}（{rates.said}）"]
    if "own" not in ask(rates_on_offer, area_code=area.code):
        lines.append(NO_OWN)
    how = ask(area_rates, area_codes=(area.code,), rates=rates.key)["how"]
    if rates.key == "own" and (how == "union").any():
        lines.append(f"{area.name}の認定率は公表されず、{rates.words}を当てはめています。")
    if rates.key == "own" and (how == "city").any():
        lines.append(f"{area.name}の認定率は公表されず、市全体の認定率を当てはめています。")
    return tuple(lines)


def rate_sources(rates: Rates) -> list[str]:
    """Return the citations of the rates, for the source line and the files."""
    if rates.key in LOADED_LABELS:
        named = ["介護保険事業状況報告（年報）の認定者数÷第1号被保険者数"]
    else:
        entry = load_demand_rates().rates[rates.key]
        named = [f"認定率：{entry.citation}（{entry.numerator}÷{entry.denominator}）"]
    return [*named, f"認定率は利用者が変更：{rates.printed}"] if rates.edits else named


@lru_cache(maxsize=4_000)
def _rates(store_key: str, area_code: str, key: str, edits: Edits) -> Rates:
    own = ask(area_rates, area_codes=(area_code,), rates=key)
    shown = edited(own, edits=dict(edits))
    columns = [band_name(band) for band in rate_bands(key)]
    percents = tuple(float(shown.at[0, column]) for column in columns)
    return Rates(key, edits, rates_words(own), percents)


def _edits_of(key: str) -> Edits:
    """Return the changed rates of the address; other rates chosen put an end to them."""
    before = st.session_state.get("rates_changed_of")
    st.session_state["rates_changed_of"] = key
    text = read(PARAM)
    if text is None:
        return ()
    if before is not None and before != key:
        write(PARAM, None)
        return ()
    edits, bad = parse_edits(text, rate_bands(key))
    if bad:
        ages = "、".join(str(first) for first, _ in rate_bands(key))
        st.warning(
            f"認定率の指定「{bad[0][:20]}」は使えません。年齢は{ages}、率は0～100の数です。"
            "その区分は元の率で計算します。"
        )
        write(PARAM, written(edits))
    return edits


def rates_editor(area: Area, rates: Rates) -> None:
    """Let the viewer change each rate, in one row; every change is kept in the address."""
    before = _rates(served(), area.code, rates.key, ()).percents
    with st.expander("認定率を変えて試す", key=f"rates_editor_{rates.key}"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for band, percent, own in zip(rates.bands, rates.percents, before, strict=True):
                _field(rates, band, percent, round(own, 1))
            st.button("元の率に戻す", disabled=not rates.edits, on_click=write, args=(PARAM, None))
        st.caption("変えた率はすぐ図と文に反映され、アドレスにも残ります。率は0～100%です。")


def _field(rates: Rates, band: Band, percent: float, printed: float) -> None:
    key = f"rate_{rates.key}_{band[0]}"
    st.session_state[key] = round(percent, 1)

    def changed() -> None:
        value = round(float(st.session_state[key]), 1)
        others = {age: rate for age, rate in rates.edits if age != band[0]}
        kept = others if value == printed else {**others, band[0]: value}
        write(PARAM, written(tuple(sorted(kept.items()))))

    st.number_input(
        f"{band_words(band)}（元{printed:.1f}%）",
        min_value=0.0,
        max_value=100.0,
        step=0.1,
        format="%.1f",
        key=key,
        on_change=changed,
        width=FIELD_WIDTH,
    )
