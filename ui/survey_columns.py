"""Printed columns of the survey tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from exports.columns import ColumnLabel

_KINDS = {
    "unanswered": "未回答",
    "not_applicable": "該当なし",
    "suppressed": "秘匿",
    "missing": "欠測",
    "not_published": "未公表",
    "absent": "回答票なし",
}

_RARE = {*_KINDS, "partial", "planned", "none", "unknown"}


def rate_columns(*, unit: str = "市町村", done: str = "実施") -> dict[str, ColumnLabel]:
    """Return the columns of a rate: it, its numerator and denominator, every kind of no answer."""
    columns = {
        "rate": ColumnLabel("割合", "%", 1),
        "done": ColumnLabel(done, unit, 0),
        "answering": ColumnLabel("回答", unit, 0),
        "expected": ColumnLabel("対象", unit, 0),
    }
    return columns | {kind: ColumnLabel(label, unit, 0) for kind, label in _KINDS.items()}


# What every row of a file says of itself.
YEAR = {"fiscal_year_label": ColumnLabel("年度")}
FRAMEWORK_AND_YEAR = {"framework_label": ColumnLabel("枠組み"), **YEAR}


def occurring(frame: pd.DataFrame, columns: Mapping[str, ColumnLabel]) -> dict[str, ColumnLabel]:
    """Return the columns without the kinds of answer that nobody gave; files keep all."""
    return {
        name: label
        for name, label in columns.items()
        if name not in _RARE or (frame[name] > 0).any()
    }


RATES_BY_YEAR = {
    **FRAMEWORK_AND_YEAR,
    "item_label": ColumnLabel("項目"),
    **rate_columns(done="実施・あり"),
    "partial": ColumnLabel("一部実施", "市町村", 0),
    "planned": ColumnLabel("実施予定", "市町村", 0),
    "none": ColumnLabel("未実施・なし", "市町村", 0),
    "unknown": ColumnLabel("不明と回答", "市町村", 0),
}
RATES_BY_PREFECTURE = {
    **FRAMEWORK_AND_YEAR,
    "area_code": ColumnLabel("都道府県コード"),
    "area_name": ColumnLabel("都道府県"),
    "item_label": ColumnLabel("項目"),
    **rate_columns(done="実施・あり"),
}
CROSSWALK = {
    "old": ColumnLabel("R2まで（ア〜ク）"),
    "ordinance": ColumnLabel("省令"),
    "ordinance_text": ColumnLabel("省令の項目の内容（要約）"),
    "new": ColumnLabel("R3から"),
    "explanation": ColumnLabel("比べられるか"),
}
SUPPORT_SHARES = {
    **YEAR,
    "label": ColumnLabel("項目"),
    **rate_columns(unit="都道府県", done="行う"),
    "published": ColumnLabel("公表値（H28・全国）", "%", 1),
}
REQUESTS = {
    **YEAR,
    "label": ColumnLabel("希望する支援"),
    "municipalities": ColumnLabel("希望する市町村", "市町村", 0),
    "answering": ColumnLabel("回答", "市町村", 0),
    "expected": ColumnLabel("対象", "市町村", 0),
    "given_label": ColumnLabel("都道府県の支援"),
    "names": ColumnLabel("希望する市町村名"),
}
FACTS = {
    "area": ColumnLabel("地域"),
    "period": ColumnLabel("時点"),
    "measure": ColumnLabel("内容"),
    "value_text": ColumnLabel("値"),
    "unit": ColumnLabel("単位"),
    "source_title": ColumnLabel("出典の文書"),
    "quote": ColumnLabel("文書の言葉"),
}
_MEASURE_FIRST = ("measure", "value_text", "unit", "period", "area", "source_title", "quote")
FACTS_BY_MEASURE = {key: FACTS[key] for key in _MEASURE_FIRST}


def answer_columns(items: dict[str, str]) -> dict[str, ColumnLabel]:
    """Return the columns of the table municipality × item."""
    fixed = {
        **FRAMEWORK_AND_YEAR,
        "area_code": ColumnLabel("団体コード"),
        "area_name": ColumnLabel("市町村"),
        "done_items": ColumnLabel("実施・ありの項目数", "項目", 0),
        "answered_items": ColumnLabel("回答した項目数", "項目", 0),
    }
    return fixed | {key: ColumnLabel(label) for key, label in items.items()}


def provision_columns(items: dict[str, str]) -> dict[str, ColumnLabel]:
    """Return the columns of the table prefecture × support."""
    fixed = {"area_code": ColumnLabel("都道府県コード"), "area_name": ColumnLabel("都道府県")}
    return YEAR | fixed | {key: ColumnLabel(label) for key, label in items.items()}


PROVISION_WORDS = {
    "done": "行っている",
    "none": "行っていない",
    "unanswered": "未回答",
    "not_applicable": "該当なし",
    "suppressed": "秘匿",
    "missing": "欠測",
    "not_published": "未公表",
    "absent": "回答票なし",
}
