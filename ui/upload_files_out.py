"""Files for offices: empty and filled-in templates, and the clean answers of a year."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import streamlit as st

from access.roles import Actor
from data.era import fiscal_year_label
from exports.workbook import XLSX_TYPE
from surveys.discharge_template import discharge_template
from surveys.target import Target
from surveys.templates import clean_export, template
from ui import blocks
from ui.actor import current_actor
from ui.selection import Area
from ui.store import connection
from ui.upload_target import Scope, respondents


def quick_files(scope: Scope) -> None:
    """Offer at the head of the page the template and the clean answers of what is chosen."""
    actor, target = current_actor(), scope.target
    with st.container(horizontal=True, gap="small"):
        _save(
            f"空の調査票（{fiscal_year_label(target.fiscal_year)}）を保存",
            lambda con: template(con, actor=actor, target=target, kind="prefecture"),
            f"調査票_{_stem(target)}.xlsx",
        )
        _save_clean(actor, target)


def _save_clean(actor: Actor, target: Target) -> None:
    for kind, mime in (("xlsx", XLSX_TYPE), ("csv", "text/csv")):
        _save(
            f"公表中の回答を{kind.upper()}で保存",
            lambda con, kind=kind: clean_export(con, actor=actor, target=target, kind=kind),
            f"回答_{_stem(target)}.{kind}",
            mime=mime,
        )


def files_view(area: Area, scope: Scope) -> None:
    """Offer every template and export of the survey, and say what each holds."""
    actor, target = current_actor(), scope.target
    year = fiscal_year_label(target.fiscal_year)
    st.subheader("ひな型", anchor=False)
    blocks.notes(
        ["選択肢の一覧と説明の付いたブックです。記入して戻すと、列も市町村名も聞かずに読みます。",
         f"年度：{year}。前年度の回答入りは、前年度に公表した回答を記入済みにしたものです。"]
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for filled, word in ((False, "空"), (True, "前年度の回答入り")):
            _save(
                f"{scope.place}・1行に1回答者（{word}）を保存",
                lambda con, filled=filled: template(
                    con, actor=actor, target=target, kind="prefecture", filled=filled
                ),
                f"調査票_{_stem(target)}_{word}.xlsx",
            )
    if target.prefecture and target.definition.respondent == "municipality":
        _one_municipality(area, target, respondents(target), actor)
    _discharge(scope, actor)
    st.subheader("整った回答", anchor=False)
    blocks.notes([f"{scope.place}・{year}の公表中の回答。ひな型と同じ並びなので、直して戻せます。"])
    with st.container(horizontal=True, gap="small"):
        _save_clean(actor, target)


def _discharge(scope: Scope, actor: Actor) -> None:
    target = scope.target
    st.subheader("入退院調査（保健所・月別）", anchor=False)
    blocks.notes(
        ["ケアマネジャーの入退院調査の票です。1行が1保健所・1か月で、公表中の件数が入っています。"
         "記入して「取り込む」に戻すと、書いた月だけを取り込みます。"]
    )  # fmt: skip
    _save(
        f"{scope.place}・{fiscal_year_label(target.fiscal_year)}の入退院調査票を保存",
        lambda con: discharge_template(
            con, actor=actor, fiscal_year=target.fiscal_year, prefecture=target.prefecture
        ),
        f"入退院調査票_{target.fiscal_year}_{target.prefecture or 'all'}.xlsx",
    )


def _one_municipality(area: Area, target: Target, names: dict[str, str], actor: Actor) -> None:
    codes = list(names)
    own = codes.index(area.code) if area.code in names else 0
    chosen = st.selectbox(
        "1市町村だけのひな型", codes, index=own, format_func=lambda code: names[code], width=320
    )
    with st.container(horizontal=True, gap="small"):
        for filled, word in ((False, "空"), (True, "前年度の回答入り")):
            _save(
                f"{names[chosen]}の調査票（{word}）を保存",
                lambda con, filled=filled: template(
                    con,
                    actor=actor,
                    target=target,
                    kind="municipality",
                    area_code=chosen,
                    filled=filled,
                ),
                f"調査票_{chosen}_{target.fiscal_year}_{word}.xlsx",
            )


def _save(
    label: str,
    make: Callable[[duckdb.DuckDBPyConnection], bytes],
    file_name: str,
    *,
    mime: str = XLSX_TYPE,
) -> None:
    shared = connection()

    def content() -> bytes:
        with shared.cursor() as cursor:
            return make(cursor)

    st.download_button(
        blocks.plain(label),
        data=content,
        file_name=file_name,
        mime=mime,
        on_click="ignore",
        key=f"upload_save_{label}_{file_name}",
        icon=":material/download:",
    )


def _stem(target: Target) -> str:
    return f"{target.survey_id}_{target.fiscal_year}_{target.prefecture or 'all'}"
