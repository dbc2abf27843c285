"""The parts of the sources page."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.reference_facts import printed_facts
from analytics.sources import (
    build_report,
    coverage,
    editions,
    indicators,
    issue_reasons,
    reference_facts,
    row_issues,
    source_titles,
    sources,
)
from data.catalogue import load_catalogue
from ui.blocks import ColumnLabel, downloads, empty, notes, table
from ui.few_rows import few_rows
from ui.labels import area_type_label, edition_label
from ui.population_sums_view import sums
from ui.store import ask, served

OUTCOMES = {"loaded": "読み込み済み", "older": "前の時点（比べるためだけ）", "not_used": "使わない",
            "not_recognised": "形式が不明", "broken": "壊れている",
            "failed": "取り込めない"}  # fmt: skip
KINDS = {"population": "人口", "facility": "施設", "measure": "数量", "survey": "調査"}
DIMENSIONS = {"structure": "構造", "process": "過程", "outcome": "結果"}


def _labels(**labels: str) -> dict[str, ColumnLabel]:
    return {name: ColumnLabel(label) for name, label in labels.items()}


def _listing(frame: pd.DataFrame, columns: dict[str, ColumnLabel], stem: str, title: str) -> None:
    table(frame, columns=columns, key=f"table_{stem}", missing="")
    downloads(frame, columns=columns, stem=stem, title=title, source=[title])


def _opened(words: str, key: str) -> Any:  # noqa: ANN401 - a container, or nothing
    """Return an expander once it is open; what lies in it is sent only then."""
    part = st.expander(words, key=f"open_{key}", on_change="rerun")
    return part if part.open else None


def loaded() -> None:
    """List what is loaded, and what is covered for which areas."""
    titles, files = ask(source_titles), ask(sources)
    st.subheader(f"読み込んだ資料（{len(files)}件）", anchor=False)
    if files.empty:
        empty("資料が読み込まれていません。", "読み込みの方法は利用の手引きにあります。")
        return
    columns = _labels(title="資料名", vintages="時点", publisher="公表者",
                      licence="利用条件・出典の書き方", url="公表ページ")  # fmt: skip
    columns["files"] = ColumnLabel("ファイル", "件", 0)
    few_rows(titles, columns=columns, alt="読み込んだ資料", key="titles", missing="")
    if part := _opened(f"ファイルごとの一覧（{len(files)}件）", "files"):
        columns = _labels(file_name="ファイル", title="資料名", vintage="時点", publisher="公表者",
                          licence="利用条件・出典の書き方", url="公表ページ",
                          sha256="SHA-256")  # fmt: skip
        with part:
            _listing(files, columns, "sources", "読み込んだ資料")
    covered = _covered(served())
    st.subheader("何を、どの地域について読み込んだか", anchor=False)
    counts = covered["kind"].value_counts()
    spoken = "、".join(f"{kind} {counts[kind]}種類" for kind in KINDS.values() if kind in counts)
    notes([f"{spoken}。ここにない地域・種類は「データなし」と表示し、0とはみなしません。"])
    columns = _labels(subject_label="対象", areas="地域", title="資料名", vintage="時点")
    _listing(covered, columns, "coverage", "資料の適用範囲")


@lru_cache(maxsize=8)
def _covered(store_key: str) -> pd.DataFrame:
    """Return one row per subject and source with the names of the areas covered, in words."""
    frame = ask(coverage)
    names = frame.assign(areas=frame["area_name"].fillna(frame["area_code"]))
    keys = ["subject", "title", "vintage"]
    joined = names.groupby(keys, sort=False, dropna=False)["areas"].agg(_shortened).reset_index()
    order = {subject: place for place, subject in enumerate(_catalogue_order())}
    kinds = joined["subject"].map(kind_of)
    place = kinds.map({kind: rank for rank, kind in enumerate(KINDS.values())})
    within = joined["subject"].map(order).fillna(len(order))
    labelled = joined.assign(
        kind=kinds, subject_label=joined["subject"].map(subject_label), place=place, within=within
    )
    ordered = labelled.sort_values(["place", "within", "subject", "title"], ignore_index=True)
    return ordered.drop(columns=["place", "within"])


def _catalogue_order() -> list[str]:
    catalogue = load_catalogue()
    return [*catalogue.facility_types, *catalogue.measures]


def kind_of(subject: str) -> str:
    """Return the kind of thing that a coverage entry is about."""
    kind, mark, _ = subject.partition(":")
    if mark and kind in KINDS:
        return KINDS[kind]
    return KINDS["facility" if subject in load_catalogue().facility_types else "measure"]


def _shortened(areas: pd.Series) -> str:
    names = list(areas)
    return (
        "、".join(names) if len(names) <= 12 else f"{'、'.join(names[:10])} ほか計{len(names)}地域"
    )


def subject_label(subject: str) -> str:
    """Return what a coverage entry is about, in words."""
    catalogue = load_catalogue()
    kind, _, rest = subject.partition(":")
    if kind == "population":
        return f"人口：{edition_label(rest)}"
    if kind == "survey":
        form, _, year = rest.partition(":")
        entry = catalogue.surveys.get(form)
        return f"調査：{entry.label if entry else form}（{year}年度）"
    entry = catalogue.facility_types.get(subject) or catalogue.measures.get(subject)
    return f"{kind_of(subject)}：{entry.label}" if entry else subject


def report() -> None:
    """List what became of every file of the raw folder, and why rows were left out."""
    found = ask(build_report)
    shown = found.assign(outcome_label=found["outcome"].map(OUTCOMES).fillna(found["outcome"]))
    st.subheader(f"ファイルごとの結果（{len(shown)}件）", anchor=False)
    counts = found["outcome"].value_counts()
    notes(["、".join(f"{word} {counts.get(key, 0)}件" for key, word in OUTCOMES.items())])
    columns = _labels(file_name="ファイル", outcome_label="結果", layout="形式", vintage="時点")
    columns["rows_read"] = ColumnLabel("読んだ行", "", 0)
    columns["rows_set_aside"] = ColumnLabel("除いた行", "", 0)
    columns["reason"] = ColumnLabel("理由・注")
    _listing(shown, columns, "build_report", "読み込みの記録")
    reasons = ask(issue_reasons)
    if reasons.empty:
        return
    st.subheader("除いた行・補った値", anchor=False)
    columns = _labels(reason="理由", field="項目", example="場所の例")
    columns["places"] = ColumnLabel("か所", "", 0)
    columns["files"] = ColumnLabel("ファイル", "件", 0)
    few_rows(reasons, columns=columns, alt="除いた行・補った値の理由", key="reasons", missing="")
    if part := _opened(f"1か所ずつの一覧（{int(reasons['places'].sum()):,}件）", "issues"):
        columns = _labels(file_name="ファイル", source_ref="場所", field="項目",
                          found="書かれていた値", reason="理由")  # fmt: skip
        with part:
            _listing(ask(row_issues), columns, "row_issues", "除いた行・補った値")


def definitions() -> None:
    """List every indicator with its definition, and what the unfilled ones wait for."""
    found = ask(indicators)
    domains = load_catalogue().domains
    shown = found.assign(
        state=found["waiting_for"].map(
            lambda need: f"未表示：{need}" if pd.notna(need) else "表示中"
        ),
        dimension=found["dimension"].map(DIMENSIONS).fillna(found["dimension"]),
        domain=found["domain"].map(lambda key: domains[key].label if key in domains else key),
        smallest_level=found["smallest_level"].map(area_type_label),
    )
    waiting = int(found["waiting_for"].notna().sum())
    st.subheader(f"指標（{len(found)}件、うち資料待ち {waiting}件）", anchor=False)
    columns = _labels(title="指標", state="状態", definition="定義", unit="単位", domain="分野",
                      dimension="種別", smallest_level="最小の単位", source_title="出典",
                      cycle="周期", caveat="注意")  # fmt: skip
    ready_first = shown.sort_values("waiting_for", na_position="first", key=pd.Series.notna,
                                    kind="stable", ignore_index=True)  # fmt: skip
    _listing(ready_first, columns, "indicators", "指標の定義")


def population_editions() -> None:
    """List the population editions, loaded or not, and whether their sums agree."""
    found = ask(editions).set_index("edition")
    entries = load_catalogue().editions
    rows = found.reindex(list(entries))
    rows = rows.assign(
        label=[entry.label for entry in entries.values()],
        explanation=[entry.explanation for entry in entries.values()],
        years=[_years(row) for row in rows.itertuples()],
    )
    st.subheader("人口の版", anchor=False)
    notes(["版のちがう数値を、混ぜたり比べたりすることはしません。"])
    columns = _labels(label="版", years="年")
    columns["areas"] = ColumnLabel("地域数", "", 0)
    columns["areas_with_ages"] = ColumnLabel("うち75歳以上がある地域", "", 0)
    columns["explanation"] = ColumnLabel("説明")
    _listing(rows, columns, "editions", "人口の版")
    notes([f"{entry.label}：{entry.explanation}" for entry in entries.values()])
    sums()


def _years(row: Any) -> str:  # noqa: ANN401 - a named tuple
    if not row.areas > 0:
        return "読み込みなし"
    first, last = f"{row.first_year:.0f}", f"{row.last_year:.0f}"
    return f"{first}年" if first == last else f"{first}～{last}年"


def facts() -> None:
    """List the published figures; search in all their words."""
    found = ask(reference_facts)
    text = st.text_input("公表値をことばで探す", key="fact_search", max_chars=40,
                         placeholder="例：自宅、訪問看護、89.4")  # fmt: skip
    shown = matching(served(), text)
    st.subheader(f"公表値（{len(shown)}／{len(found)}件）", anchor=False)
    if shown.empty:
        empty(f"「{text}」を含む公表値はありません。", "別のことばで探してください。")
        return
    columns = _labels(measure="項目", value_text="値", unit="単位", area="地域", period="時点",
                      quote="資料のことば", source_title="資料", fact_id="番号")  # fmt: skip
    _listing(printed_facts(shown), columns, "reference_facts", "資料に書かれた公表値")


@lru_cache(maxsize=256)
def matching(store_key: str, text: str) -> pd.DataFrame:
    """Return the published figures in which every word of the text occurs somewhere."""
    found = ask(reference_facts)
    words = _folded(text).split()
    rows = [_folded(" ".join(map(str, row))) for row in found.itertuples(index=False)]
    return found[[all(word in row for word in words) for row in rows]]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
