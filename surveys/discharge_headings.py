"""Words that head the columns of a care managers' form, and texts that head nothing."""

from __future__ import annotations

import re
from typing import Literal

from surveys.tables import NUMBERING
from surveys.wording import normal

Role = Literal["zone", "code", "month", "year", "skip", "words"]

_NUMBER = re.compile(
    r"(約|およそ)?[+\-△▲]?[0-9][0-9,]*(\.[0-9]+)?(件|人|名|例)?(程度|以上|以下|未満)?"
)
_FIELD = re.compile(
    r"^(担当|記入|回答|作成|報告)(者|課|部署|日|年月日|担当)|^(電話|tel|fax|e-?mail|メール|氏名|所属)"
)
ASIDE = re.compile(r"^[((]?単位|^※|^[((]?注|現在[))]?$|時点[))]?$")
HEADERS: dict[str, Role] = {
    **dict.fromkeys(("保健所コード", "圏域コード", "区域コード", "area_code"), "code"),
    **dict.fromkeys(
        ("保健所", "保健所名", "管轄保健所", "保健所圏域", "圏域", "圏域名", "区域名", "地域",
         "保健福祉事務所", "保健福祉事務所名", "事務所名", "機関名", "area_name"),
        "zone",
    ),
    **dict.fromkeys(("月", "調査月", "対象月", "年月", "月別", "month"), "month"),
    **dict.fromkeys(("年度", "年"), "year"),
    **dict.fromkeys(("no", "no.", "番号", "通番", "項番", "№"), "skip"),
}  # fmt: skip


def is_field(text: str) -> bool:
    """Tell whether a text asks for who filled in a form, and when."""
    return bool(_FIELD.search(normal(text)))


def is_number(text: str) -> bool:
    """Tell whether a cell prints a count, however rough."""
    return bool(_NUMBER.fullmatch(normal(text)))


def says_nothing(text: str) -> bool:
    """Tell whether a header text only numbers a column or names its unit."""
    plain = normal(text)
    return bool(NUMBERING.fullmatch(plain)) or bool(ASIDE.search(plain)) or not plain
