"""Why a workbook is not read at all, each with what its sender can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from data.errors import UserError


@dataclass
class WorkbookRefused(UserError):
    """A workbook that is not opened; code names the reason."""

    code: str = ""


REASONS: Final[dict[str, tuple[str, str]]] = {
    "empty": ("空のファイルです。", "中身のあるブックを選び直してください。"),
    "not_xlsx": (
        "xlsx形式ではありません。",
        "Excel で開き「Excel ブック (*.xlsx)」で保存し直してください。",
    ),
    "old_xls": (
        "旧形式です。xlsxで保存し直してください。",
        "Excel で開き「Excel ブック (*.xlsx)」を選んで保存します。",
    ),
    "encrypted": (
        "パスワードを解除してください。",
        "Excel の「情報」→「ブックの保護」でパスワードを消し、保存し直します。",
    ),
    "broken": ("ファイルが壊れています。", "元のブックを開いて保存し直すか、送り直してください。"),
    "macros": ("マクロは使用できません。", "マクロのない「Excel ブック (*.xlsx)」で保存します。"),
    "structure": (
        "不正な構造です。",
        "Excel で開き「Excel ブック (*.xlsx)」で保存し直してください。",
    ),
    "too_heavy": ("10MB以下にしてください。", "画像や使わないシートを消して保存し直します。"),
    "too_large": (
        "大きすぎます。",
        "1シートを50,000行・500列までにし、使わない行・列とシートを消してください。",
    ),
    "forbidden_markup": (
        "使用できない記述があります。",
        "Excel で開き、新しいブックに値だけを貼り付けて保存してください。",
    ),
    "external": (
        "外部参照を削除してください。",
        "「データ」→「リンクの編集」などで外部とのつながりと埋め込みを消し、値に置き換えます。",
    ),
    "no_sheet": ("読み取れるシートがありません。", "回答の表のあるブックを選び直してください。"),
    "encoding": (
        "文字コードを読み取れません。",
        "UTF-8 か Shift_JIS の CSV、または xlsx で保存し直してください。",
    ),
    "reading_stopped": (
        "読み取りを中止しました。大きすぎるか、通常と異なるブックです。",
        "新しいブックに値だけを貼り付けて保存してください。",
    ),
}


def refused(code: str, *, file: str = "", sheet: str = "", cell: str = "") -> WorkbookRefused:
    """Return the refusal of that code, to be raised."""
    message, action = REASONS[code]
    return WorkbookRefused(message, action, file=file, sheet=sheet, cell=cell, code=code)
