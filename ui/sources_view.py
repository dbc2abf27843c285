"""The parts of the sources page."""

from __future__ import annotations

import unicodedata

import pandas as pd
import streamlit as st

from analytics.sources import (
    build_report,
    coverage,
    editions,
    indicators,
    reference_facts,
    row_issues,
    sources,
)
from data.catalogue import load_catalogue
from ui.blocks import ColumnLabel, downloads, empty, notes, table
from ui.labels import area_type_label, edition_label
from ui.store import ask

OUTCOMES = {"loaded": "読み込み済み", "not_used": "使わない", "not_recognised": "形式が不明",
            "broken": "壊れている"}  # fmt: skip
DIMENSIONS = {"structure": "構造", "process": "過程", "outcome": "結果"}


def _labels(**labels: str) -> dict[str, ColumnLabel]:
    return {name: ColumnLabel(label) for name, label in labels.items()}


def _listing(frame: pd.DataFrame, columns: dict[str, ColumnLabel], stem: str, title: str) -> None:
    table(frame, columns=columns, key=f"table_{stem}", missing="")
    downloads(frame, columns=columns, stem=stem, title=title, source=[title])


def loaded() -> None:
    """List every loaded file, and what is covered for which areas."""
    found = ask(sources)
    st.subheader(f"読み込んだ資料（{len(found)}件）", anchor=False)
    if found.empty:
        empty("資料が読み込まれていません。", "読み込みの方法は利用の手引きにあります。")
        return
    columns = _labels(title="資料名", publisher="公表者", vintage="時点",
                      licence="利用条件・出典の書き方",
                      file_name="ファイル", url="公表ページ", sha256="SHA-256")  # fmt: skip
    _listing(found, columns, "sources", "読み込んだ資料")
    st.subheader("何を、どの地域について読み込んだか", anchor=False)
    notes(["ここにない地域・種類は「データなし」と表示し、0とはみなしません。"])
    columns = _labels(subject_label="対象", areas="地域", title="資料名", vintage="時点")
    _listing(_covered(ask(coverage)), columns, "coverage", "資料の適用範囲")


def _covered(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per subject and source with the names of the areas covered."""
    names = frame.assign(areas=frame["area_name"].fillna(frame["area_code"]))
    keys = ["subject", "title", "vintage"]
    joined = names.groupby(keys, sort=False, dropna=False)["areas"].agg(_shortened).reset_index()
    return joined.assign(subject_label=joined["subject"].map(subject_label))


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
    if subject in catalogue.facility_types:
        return f"施設：{catalogue.facility_types[subject].label}"
    if subject in catalogue.measures:
        return f"数量：{catalogue.measures[subject].label}"
    return subject


def report() -> None:
    """List what became of every file of the raw folder."""
    found = ask(build_report)
    shown = found.assign(outcome_label=found["outcome"].map(OUTCOMES).fillna(found["outcome"]))
    st.subheader(f"ファイルごとの結果（{len(shown)}件）", anchor=False)
    columns = _labels(file_name="ファイル", layout="形式", outcome_label="結果", reason="理由・注",
                      vintage="時点")  # fmt: skip
    columns["rows_read"] = ColumnLabel("読んだ行", "", 0)
    columns["rows_set_aside"] = ColumnLabel("除いた行", "", 0)
    _listing(shown, columns, "build_report", "読み込みの記録")
    issues = ask(row_issues)
    if not issues.empty:
        st.subheader("除いた行・補った行", anchor=False)
        columns = _labels(file_name="ファイル", source_ref="場所", field="項目",
                          found="書かれていた値", reason="理由")  # fmt: skip
        _listing(issues, columns, "row_issues", "除いた行・補った行")


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
    columns = _labels(title="指標", definition="定義", unit="単位", domain="分野", dimension="種別",
                      smallest_level="最小の単位", source_title="出典", cycle="周期", caveat="注意",
                      state="状態")  # fmt: skip
    _listing(shown, columns, "indicators", "指標の定義")


def population_editions() -> None:
    """List the population editions, loaded or not."""
    found = ask(editions).set_index("edition")
    entries = load_catalogue().editions
    rows = found.reindex(list(entries))
    rows = rows.assign(
        label=[entry.label for entry in entries.values()],
        explanation=[entry.explanation for entry in entries.values()],
        years=[
            f"{row.first_year:.0f}～{row.last_year:.0f}年" if row.areas > 0 else "読み込みなし"
            for row in rows.itertuples()
        ],
    )
    st.subheader("人口の版", anchor=False)
    notes(["版のちがう数値を、混ぜたり比べたりすることはしません。"])
    columns = _labels(label="版", years="年", explanation="説明")
    columns["areas"] = ColumnLabel("地域数", "", 0)
    columns["areas_with_ages"] = ColumnLabel("うち75歳以上がある地域", "", 0)
    _listing(rows, columns, "editions", "人口の版")


def facts() -> None:
    """List the published figures; search in all their words."""
    found = ask(reference_facts)
    text = st.text_input("公表値をことばで探す", key="fact_search", max_chars=40,
                         placeholder="例：自宅、訪問看護、84都道府県")  # fmt: skip
    shown = matching(found, text)
    st.subheader(f"公表値（{len(shown)}／{len(found)}件）", anchor=False)
    if shown.empty:
        empty(f"「{text}」を含む公表値はありません。", "別のことばで探してください。")
        return
    columns = _labels(fact_id="番号", area="地域", period="時点", measure="項目", value_text="値",
                      unit="単位", source_title="資料", quote="資料のことば")  # fmt: skip
    _listing(shown, columns, "reference_facts", "資料に書かれた公表値")


def matching(frame: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return the rows in which every word of the text occurs somewhere."""
    words = unicodedata.normalize("NFKC", text).lower().split()
    whole = (
        frame.astype(str)
        .agg(" ".join, axis=1)
        .map(lambda row: unicodedata.normalize("NFKC", row).lower())
    )
    keep = pd.Series(True, index=frame.index)
    for word in words:
        keep &= whole.str.contains(word, regex=False)
    return frame[keep]
