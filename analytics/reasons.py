"""Why municipalities do not carry out an item, by the size of the municipality."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.form_answers import answers_to, named_most
from analytics.municipal_facts import municipal_facts
from data.catalogue import load_catalogue

ALL = "all"
# Lower and upper end of the population, and the name of the band.
BANDS = {
    "small": (0, 10_000, "人口1万人未満"),
    "middle": (10_000, 50_000, "人口1万～5万人未満"),
    "large": (50_000, float("inf"), "人口5万人以上"),
    "unknown": (None, None, "人口の記録なし"),
}


def reason_answers(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return area_code, area_name, item_key, band and value of every answered reason question.

    Only of those that do not carry the item out: a reason of one that does is not counted.
    `value` holds the codes of the reasons, joined by a semicolon.
    """
    items = load_catalogue().programme.items_of("h27r2")
    asked = tuple(f"item_{item.key}_{part}" for item in items for part in ("status", "reason"))
    answers = answers_to(con, area_code=area_code, fiscal_year=fiscal_year, question_ids=asked)
    parts = answers["question_id"].str.extract(r"^item_(?P<item_key>\w+)_(?P<part>\w+)$")
    told = answers.join(parts)
    observed = told[told["status"] == "observed"]
    done = observed[(observed["part"] == "status") & (observed["value"] == "done")]
    doing = pd.MultiIndex.from_frame(done[["area_code", "item_key"]])
    reasons = observed[observed["part"] == "reason"]
    counted = ~pd.MultiIndex.from_frame(reasons[["area_code", "item_key"]]).isin(doing)
    rows = reasons.loc[counted, ["area_code", "area_name", "item_key", "value"]]
    return rows.assign(band=_bands(con, rows["area_code"])).reset_index(drop=True)


def _bands(con: DuckDBPyConnection, codes: pd.Series) -> pd.Series:
    persons = municipal_facts(con).frame.set_index("area_code")["population"]
    own = codes.map(persons)
    band = pd.Series("unknown", index=codes.index, dtype="str")
    for key, (low, high, _) in BANDS.items():
        if low is not None:
            band = band.mask((own >= low) & (own < high), key)
    return band


def reasons_by_band(answers: pd.DataFrame) -> pd.DataFrame:
    """Return item_key, reason, band, done (naming it), answering and rate in per cent.

    A row for every reason of an item that was answered at all, in the order of the catalogue, for
    each band that occurs and for all; `answering` counts the municipalities of the band that gave
    any reason for the item.
    """
    whole = pd.concat([answers.assign(band=ALL), answers], ignore_index=True)
    if whole.empty:
        return pd.DataFrame(columns=["item_key", "reason", "band", "done", "answering", "rate"])
    answering = whole.groupby(["item_key", "band"]).size()
    named = whole.assign(reason=whole["value"].str.split(";")).explode("reason")
    naming = named.groupby(["item_key", "reason", "band"])["area_code"].nunique()
    rows = [
        {"item_key": item, "reason": reason, "band": band,
         "done": int(naming.get((item, reason, band), 0)),
         "answering": int(answering.get((item, band), 0))}
        for item, reason in _asked(set(zip(named["item_key"], named["reason"], strict=True)))
        for band in (ALL, *BANDS)
        if band in set(whole["band"])
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    rate = 100 * frame["done"] / frame["answering"].where(frame["answering"] > 0)
    return frame.assign(rate=rate)


def _asked(named: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs of item and reason on offer, and of shared reasons those that are named."""
    programme = load_catalogue().programme
    items = {item for item, _ in named}
    return [
        (item.key, reason.key)
        for item in programme.items_of("h27r2")
        if item.key in items
        for reason in programme.reasons.values()
        if reason.item == item.key or (item.key, reason.key) in named
    ]


def reason_labels() -> dict[str, str]:
    """Return the words of each reason, with ◎ where mostly small municipalities name it."""
    reasons = load_catalogue().programme.reasons.values()
    return {reason.key: f"{'◎' if reason.small else ''}{reason.label}" for reason in reasons}


def reasons_sentence(counts: pd.DataFrame, *, area_name: str, year_label: str, band: str) -> str:
    """Say which reasons most municipalities of a band name, over all items and for each item."""
    own = counts[(counts["band"] == band) & (counts["answering"] > 0)]
    who = "すべての市町村" if band == ALL else f"{BANDS[band][2]}の市町村"
    opening = f"{area_name}の{year_label}に"
    if own.empty:
        return f"{opening}、実施していない理由を答えた{who}はありません。"
    labels = reason_labels()
    items = {item.key: item.short_label for item in load_catalogue().programme.items}
    total = own.groupby("reason")["done"].sum().sort_values(ascending=False, kind="stable")
    names = named_most(total.reset_index().assign(label=total.index.map(labels)), value="done")
    named = own[own["done"] > 0].assign(label=own["reason"].map(labels))
    parts = [
        f"{items[str(item)]}は{named_most(rows, value='done')}"
        f"（{rows['answering'].iloc[0]:,}のうち{rows['done'].max():,}）"
        for item, rows in named.groupby("item_key", sort=False)
    ]
    each = f"項目ごとに最も多いのは、{'、'.join(parts)}です。" if parts else ""
    return (
        f"{opening}、{who}が実施していない理由として最も多く挙げたのは"
        f"{names}（延べ{int(total.iloc[0]):,}件）です。{each}"
    )
