"""The rows of a form that ask nothing: the head over its questions, and who filled it in."""

from __future__ import annotations

import re

from data.extract.delimited import plain
from surveys.choice_cells import QUESTION_HEADS
from surveys.grid import SheetGrid
from surveys.header_asides import split_aside
from surveys.tables import PrintedCell, Said, TableColumn
from surveys.wording import normal

_NUMBERS = frozenset(["番号", "no", "no.", "№", "問", "設問番号", "質問番号", "項番", "通番", "q"])
_QUESTIONS = frozenset(["設問内容", "質問内容", "内容", "設問文", "質問文", "調査内容"])
_ANSWERS = frozenset(
    ["回答", "回答欄", "ご回答", "回答内容", "回答記入欄", "記入欄", "入力欄", "貴市町村の回答"]
)
_TICKED = frozenset(["あり", "なし", "有", "無", "有り", "無し", "はい", "いいえ"])
_BESIDE = frozenset(["単位", "備考", "補足", "説明", "記入要領", "回答方法", "選択肢", "記入方法"])
_ADDRESS = r"(電話|tel|fax|ファックス|ファクス|e-?mail|eメール|メール|内線|連絡先)(番号|アドレス)?"
_WHOM = r"(氏名|職氏名|職名|職|名前|名|所属|部署|部署名)"
_CONTACT = re.compile(
    rf"ご?(担当|記入|回答|作成|報告)(者|課|係|部署|部局|部)の?({_WHOM}|{_ADDRESS})?|"
    rf"(担当|記入|回答|作成|報告)(日|年月日)|ご?{_ADDRESS}|{_WHOM}|(e|電子)-?メール(アドレス)?"
)


def head_rows(grid: SheetGrid) -> set[int]:
    """Return the rows that only say which column holds numbers, questions and answers."""
    return {row for row, texts in enumerate(grid.filled) if _is_head(texts)}


def _is_head(texts: list[str]) -> bool:
    words = {plain(text).lower() for text in texts if text}
    asked = QUESTION_HEADS | _QUESTIONS | _NUMBERS
    ticked = words & _TICKED
    answered = _ANSWERS | ticked if len(ticked) > 1 else _ANSWERS
    return bool(words & asked) and bool(words & answered) and words <= asked | answered | _BESIDE


def is_contact(column: TableColumn) -> bool:
    """Tell whether the labels of a row ask who filled in the form, and nothing else."""
    labels = [normal(split_aside(level)[0]).rstrip(":").lower() for level in column.levels]
    return bool(labels) and all(map(_CONTACT.fullmatch, labels))


def contact_note(column: TableColumn) -> Said:
    """Return what is said of a row that asks who filled in the form; never what it was answered."""
    label = PrintedCell(" ".join(column.levels), column.cell)
    message = "記入者・連絡先の行なので取り込みません。"
    return Said("mended", "記入者", message, "", label)
