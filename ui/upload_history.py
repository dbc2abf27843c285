"""What was accepted by whom and when, undone or done again, and how one answer came about."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import streamlit as st

from access.roles import Action, Actor, may
from data.accepted.reading import history, imports
from data.accepted.table_reading import table_imports
from data.catalogue import load_catalogue
from data.era import fiscal_year_label
from data.extract.discharge_workbook import SURVEY_ID
from data.generations import Store
from surveys.acceptance import originals, redo, undo
from surveys.comparison import answer_label
from surveys.table_kinds import table_labels
from surveys.target import surveys_offered
from ui import blocks
from ui.actor import current_actor
from ui.blocks import ColumnLabel
from ui.failures import explain
from ui.selection import Area, choose
from ui.store import ask, served, store
from ui.upload_target import Scope, respondents
from ui.upload_zip import zipped

STATES = {
    "in_force": "公表中",
    "partly": "一部が公表中",
    "superseded": "置き換え済み",
    "undone": "取り消し済み",
}
IMPORTS = {
    "survey": ColumnLabel("調査"),
    "fiscal_year": ColumnLabel("年度"),
    "file_name": ColumnLabel("ファイル"),
    "respondents": ColumnLabel("回答者", "", 0),
    "answers": ColumnLabel("回答", "", 0),
    "accepted_name": ColumnLabel("取り込んだ人"),
    "accepted_at": ColumnLabel("日時（日本）"),
    "state_label": ColumnLabel("状態"),
    "import_id": ColumnLabel("取込番号"),
}
ANSWERS = {
    "fiscal_year": ColumnLabel("年度"),
    "question": ColumnLabel("設問"),
    "answer": ColumnLabel("回答"),
    "file_name": ColumnLabel("ファイル"),
    "cell": ColumnLabel("セル"),
    "accepted_name": ColumnLabel("取り込んだ人"),
    "accepted_at": ColumnLabel("日時（日本）"),
    "in_force_label": ColumnLabel("公表"),
    "import_id": ColumnLabel("取込番号"),
}
BUILD = "build"
PER_PAGE = 5
JAPAN = pd.Timedelta(hours=9)
HEIGHT = 380


def history_view(area: Area, scope: Scope) -> None:
    """List the imports of the survey and of tables, then the answers of one respondent."""
    shown = _listed(served(), scope.target.survey_id)
    if shown.empty:
        blocks.empty("取り込みはまだありません。", "「取り込む」で公表すると、ここに残ります。")
        return
    st.subheader("取り込みの履歴", anchor=False)
    blocks.notes(["取り消せるのは、自分が取り込んだものです。管理者は、どれでも取り消せます。"])
    _draw_uploads(shown[shown["accepted_by"] != BUILD], current_actor())
    blocks.table(shown, columns=IMPORTS, key="upload_imports",
                 height=HEIGHT if len(shown) > 10 else None)  # fmt: skip
    blocks.downloads(
        shown, columns=IMPORTS, stem="imports", title="取り込みの履歴", source=["取り込みの履歴"]
    )
    _answers(area, scope)


@lru_cache(maxsize=8)
def _listed(_served: str, survey_id: str) -> pd.DataFrame:
    """Return the imports of a survey and of tables, newest first, as they are printed."""
    own = [ask(imports, survey_id=key) for key in (survey_id, SURVEY_ID)]
    own.append(ask(table_imports))
    found = pd.concat([frame for frame in own if len(frame)] or own[:1])
    found = printed_times(found.sort_values("accepted_at", ascending=False, kind="stable"))
    return found.assign(
        survey=found["survey_id"].map(surveys_offered() | table_labels()).fillna("調査"),
        state_label=found["state"].map(STATES),
        accepted_name=found["accepted_name"].where(found["accepted_by"] != BUILD, "データの作成"),
    )


def _draw_uploads(uploads: pd.DataFrame, actor: Actor) -> None:
    """Print a page of imports with what can be done to each; the newest stand on the first."""
    count = len(uploads)
    first = 0
    if count > PER_PAGE:
        first = st.selectbox(
            "取り消し・原本の保存",
            range(0, count, PER_PAGE),
            format_func=lambda start: (
                f"{start + 1}～{min(start + PER_PAGE, count)}件目（新しい順）"
            ),
            key="upload_page",
            width=280,
        )
    for row in uploads.iloc[first : first + PER_PAGE].to_dict("records"):
        _import_row(row, actor)


def printed_times(frame: pd.DataFrame) -> pd.DataFrame:
    """Return imports with their year in words and their time, kept in UTC, as clocks in Japan."""
    when = pd.to_datetime(frame["accepted_at"]) + JAPAN
    return frame.assign(
        accepted_at=when.dt.strftime("%Y-%m-%d %H:%M"),
        fiscal_year=[fiscal_year_label(int(year)) for year in frame["fiscal_year"]],
    )


def import_told(import_id: str) -> str:
    """Return the words, safe in Markdown, by which people know an import."""
    found = printed_times(pd.concat([ask(imports), ask(table_imports)]))
    own = found[found["import_id"] == import_id]
    if own.empty:
        return "取り込み"
    row = own.iloc[0]
    labels = surveys_offered() | table_labels()
    what = f"「{labels.get(str(row['survey_id']), '調査')}」{row['fiscal_year']}"
    return blocks.plain(f"{what}の取り込み（{row['accepted_name']}、{row['accepted_at']}）")


def may_change(actor: Actor, accepted_by: str) -> bool:
    """Tell whether an import is the actor's own to undo, or any is."""
    own = may(actor, Action.UNDO_OWN) and actor.subject == accepted_by and bool(actor.subject)
    return own or may(actor, Action.UNDO_ANY)


def _import_row(row: Mapping[Hashable, Any], actor: Actor) -> None:
    told = blocks.plain(
        f"「{row['survey']}」{row['fiscal_year']}（{row['accepted_name']}、{row['accepted_at']}）"
    )  # one name for many buttons
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.text(
            f"{row['survey']}　{row['fiscal_year']}　{row['file_name']}　"
            f"回答者{row['respondents']:,}　{row['accepted_name']}　{row['accepted_at']}　"
            f"{STATES.get(str(row['state']), '')}",
            width="stretch",
        )
        st.download_button(
            "原本を保存",
            data=partial(_originals, store(), actor, str(row["import_id"])),
            file_name=f"原本_{row['import_id']}.zip",
            mime="application/zip",
            on_click="ignore",
            key=f"upload_original_{row['import_id']}",
            help=told,
        )
        if not may_change(actor, str(row["accepted_by"])):
            return
        undone = row["state"] == "undone"
        if row["state"] == "superseded":
            return
        label, change = ("やり直す", redo) if undone else ("取り消す", undo)
        st.button(
            label,
            key=f"upload_{'redo' if undone else 'undo'}_{row['import_id']}",
            on_click=_change,
            args=(change, str(row["import_id"])),
            icon=":material/redo:" if undone else ":material/undo:",
            help=told,
        )


def _originals(kept: Store, actor: Actor, import_id: str) -> bytes:
    files = originals(kept, actor=actor, import_id=import_id)
    return zipped({f"{place:03d}_{file.name}": file.content for place, file in enumerate(files, 1)})


def _change(change: Callable[..., str], import_id: str) -> None:
    try:
        generation = change(store(), actor=current_actor(), import_id=import_id)
    except Exception as error:
        explain(error)
        return
    word = "やり直しました" if change is redo else "取り消しました"
    told = import_told(import_id)
    st.session_state["upload_changed"] = f"{told}を{word}。世代{generation}になりました。"


def say_changed() -> None:
    """Say once what the last press in the history did."""
    if said := st.session_state.pop("upload_changed", ""):
        st.success(said, icon=":material/check_circle:")


def _answers(area: Area, scope: Scope) -> None:
    st.subheader("一つの回答の履歴", anchor=False)
    target = scope.target
    wide = target.definition.respondent == "municipality" and not target.prefecture
    places = {} if wide else respondents(target)
    if not places:
        blocks.notes(["画面上で都道府県を選ぶと、回答者ごとの履歴を見られます。"])
        return
    questions = {q.id: q for q in scope.target.definition.questions if not q.personal}
    labels = {"": "すべての設問"} | {key: q.label for key, q in questions.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        own = area.code if area.code in places else next(iter(places))
        who = choose("回答者", places, param="who", default=own)
        question = st.selectbox(
            "設問", list(labels), format_func=lambda code: labels[code], key="upload_question"
        )
    shown = _answers_of(served(), scope.target.survey_id, who, question)
    if shown is None:
        blocks.empty(f"{places[who]}の回答はまだありません。", "取り込むとここに残ります。")
        return
    title = f"{places[who]}の回答の履歴"
    blocks.table(shown, columns=ANSWERS, key="upload_answers", height=HEIGHT, missing="")
    blocks.downloads(
        shown, columns=ANSWERS, stem=f"answers_{who}", title=title, source=["取り込みの履歴"]
    )


@lru_cache(maxsize=32)
def _answers_of(_served: str, survey_id: str, who: str, question: str) -> pd.DataFrame | None:
    """Return all answers that one ever gave to a question, or to every one, as they are printed."""
    found = ask(history, survey_id=survey_id, area_code=who, question_id=question)
    if found.empty:
        return None
    questions = {q.id: q for q in load_catalogue().surveys[survey_id].questions if not q.personal}
    found = printed_times(found[found["question_id"].isin(list(questions))])
    return found.assign(
        question=found["question_id"].map({key: q.label for key, q in questions.items()}),
        answer=[
            answer_label(value if isinstance(value, str) else None, status, questions[key])
            for key, value, status in found[["question_id", "value", "status"]].itertuples(
                index=False
            )
        ],
        in_force_label=found["in_force"].astype(bool).map({True: "公表中", False: ""}),
    )
