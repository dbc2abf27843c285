"""What is said of a code that no area has today."""

from __future__ import annotations

import pandas as pd


def gone_sentence(code: str, was: pd.DataFrame) -> str:
    """Say that a code of the address is unknown, or when its area ended."""
    if was.empty:
        return f"指定された地域コード「{code[:20]}」はありません。全国を表示します。"
    ended = pd.Timestamp(was.at[0, "valid_to"])
    day = f"{was.at[0, 'name']}は、{ended.year}年{ended.month}月{ended.day}日で終わった"
    if code.isdecimal():
        return f"{day}市区町村です。全国を表示します。"
    where = "構成していた市区町村は「出典と定義」の「時点のちがい」にあります。"
    return f"{day}区域です。{where}全国を表示します。"
