"""The record of a workshop's room as XLSX: counts only, nobody's name."""

from __future__ import annotations

from io import BytesIO

import pandas as pd
import xlsxwriter

from exports.columns import ColumnLabel
from exports.workbook import write_sources, write_table

SCENES = {
    "number": ColumnLabel("順番", decimals=0),
    "shown_at": ColumnLabel("映した時刻", "日本時間"),
    "scene": ColumnLabel("シーン"),
    "page": ColumnLabel("ページ"),
}
ANSWERS = {
    "scene": ColumnLabel("シーン"),
    "round": ColumnLabel("何回目", decimals=0),
    "asked_at": ColumnLabel("問いを出した時刻", "日本時間"),
    "ended_at": ColumnLabel("締め切った時刻", "日本時間"),
    "question": ColumnLabel("問い"),
    "choice": ColumnLabel("選択肢"),
    "is_right": ColumnLabel("正解"),
    "votes": ColumnLabel("選んだ人", "人", 0),
    "share": ColumnLabel("答えた人に占める割合", "％", 1),
    "answered": ColumnLabel("答えた人", "人", 0),
    "silent": ColumnLabel("答えなかった人", "人", 0),
}
SOURCES = {
    "scene": ColumnLabel("シーン"),
    "kind": ColumnLabel("種類"),
    "text": ColumnLabel("内容"),
}
NOTES = (
    "参加者の名前や端末の印は含みません。",
    "一人の答えは、問いごとに最後の一つだけを数えています。締め切りのあとの答えは数えていません。",
    "答えなかった人：締め切ったときにルームに接続していて、答えていなかった人。"
    "空欄は、まだ締め切っていない問いです。",
    "割合が空欄の問いには、だれも答えていません。",
    "時間で締め切った問いの「答えなかった人」は、そのあと進行役が次の操作をしたとき、"
    "または、この記録を作ったときに数えています。",
)


def to_record(
    *, title: str, scenes: pd.DataFrame, answers: pd.DataFrame, sources: pd.DataFrame
) -> bytes:
    """Return scenes, questions with their counts, and what the scenes rest on as a workbook."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        write_table(book, scenes, SCENES, name="シーン")
        write_table(book, answers, ANSWERS, name="問いと答え")
        write_table(book, sources, SOURCES, name="シーンの定義と出典")
        write_sources(book, f"研修の記録：{title}", NOTES)
    return stream.getvalue()
