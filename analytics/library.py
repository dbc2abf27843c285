"""Finding in the reference library by word, kind and document."""

from __future__ import annotations

import unicodedata

import pandas as pd

from data.catalogue import load_catalogue
from data.catalogue.reference_library import KIND_LABELS, LibraryEntry, load_library


def folded(text: str) -> str:
    """Return a text without differences of width and case."""
    return unicodedata.normalize("NFKC", text).lower()


def library_entries(*, words: str = "", kind: str = "", document: str = "") -> pd.DataFrame:
    """Return the entries in which every word occurs, of a kind and a document; empty means any.

    Words are looked for in the name, in what it is, in its figures and in their quotations; those
    whose name has every word come first.
    """
    facts = {fact.fact_id: fact for fact in load_catalogue().facts}
    wanted = folded(words).split()
    rows = []
    for entry in load_library().entries.values():
        own = [facts[fact_id] for fact_id in entry.facts]
        figures = [f"{f.area} {f.measure} {f.value_text} {f.quote}" for f in own]
        told = folded(" ".join([entry.name, entry.what, *figures]))
        is_asked = kind in ("", entry.kind) and (not document or document in entry.documents)
        if is_asked and all(word in told for word in wanted):
            rows.append(_row(entry))
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    named = frame["name"].map(lambda name: all(word in folded(name) for word in wanted))
    return frame.iloc[(~named.astype(bool)).argsort(kind="stable")].reset_index(drop=True)


_COLUMNS = [
    "number",
    "name",
    "kind_label",
    "what",
    "documents",
    "figures",
    "views",
    "slot_label",
]


def _row(entry: LibraryEntry) -> dict[str, object]:
    documents = load_catalogue().documents
    return {
        "number": entry.number,
        "name": entry.name,
        "kind_label": KIND_LABELS[entry.kind],
        "what": entry.what,
        "documents": "、".join(documents[key].short_title for key in entry.documents),
        "figures": len(entry.facts),
        "views": len(entry.see),
        "slot_label": slot_label(entry.slot),
    }


def slot_label(slot: str) -> str:
    """Return in words the form or the measure that fills a place, empty where there is none."""
    catalogue = load_catalogue()
    if slot in catalogue.surveys:
        return f"調査：{catalogue.surveys[slot].label}"
    if slot in catalogue.measures:
        return f"指標の表：{catalogue.measures[slot].label}"
    return ""


def library_sentence(found: pd.DataFrame, *, words: str, total: int) -> str:
    """Say how many entries were found, of which kinds, and how many have figures."""
    if found.empty:
        return f"「{words}」に当たる項目はありません（全{total}件）。"
    kinds = found["kind_label"].value_counts(sort=False)
    told = "、".join(f"{kind}{count}件" for kind, count in kinds.items())
    with_figures = int((found["figures"] > 0).sum())
    lead = f"「{words}」に当たる項目は" if words else "項目は"
    return (
        f"{lead}{len(found)}件（全{total}件）：{told}。うち公表値のある項目は{with_figures}件です。"
    )
