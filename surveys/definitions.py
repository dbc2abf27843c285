"""What every field of a form means, and the version of the form."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final

import pandas as pd

from data.catalogue import load_catalogue
from data.catalogue.survey import Framework

WARNED = "注意する組合せ"
_TYPES: Final[dict[str, str]] = {
    "year": "年度（2017 のような西暦）",
    "bool": "あり・なし",
    "enum": "一つ選ぶ",
    "multi": "いくつでも選ぶ",
    "count": "0以上の整数",
    "number": "数（小数も可）",
    "text": "文章",
}


def type_label(kind: str) -> str:
    """Return how a question is to be answered."""
    return _TYPES[kind]


@lru_cache(maxsize=64)
def definition_table(survey_id: str, *, framework: Framework | None = None) -> pd.DataFrame:
    """Return every question of a form (of one framework) in words, in the order of the form.

    Made once; nobody may change the frame.
    """
    catalogue = load_catalogue()
    frameworks, rules = catalogue.programme.frameworks, catalogue.surveys[survey_id].rules
    rows = [
        (
            question.id,
            question.label,
            _TYPES[question.type],
            "、".join(f"{code}＝{label}" for code, label in question.allowed.items()),
            "・".join(frameworks[key].short_label for key in question.frameworks),
            "".join(dict.fromkeys(r.message for r in rules if question.id in (r.when, *r.then))),
            "個人情報を含みうるため取り込まない" if question.personal else "",
            "本システムの区分（調査票の原文にはない）" if question.proposed else "",
            version_of(survey_id),
        )
        for question in catalogue.surveys[survey_id].questions
        if framework is None or framework in question.frameworks
    ]
    return pd.DataFrame(
        rows,
        columns=["記号", "設問", "答え方", "選択肢", "枠組", WARNED, "個人情報", "注", "版"],
    )


@lru_cache(maxsize=64)
def version_of(survey_id: str) -> str:
    """Return a mark that changes with the definition of a form."""
    text = load_catalogue().surveys[survey_id].model_dump_json(exclude={"rules"})
    return hashlib.sha256(text.encode()).hexdigest()[:8]
