"""What in a free text seems to say who somebody is, where they live or when they were born."""

from __future__ import annotations

import re
import unicodedata

from data.contact_details import contact_details

_ROLES = (
    "家族|親族|遺族|機関|団体|本人|夫人|友人|知人|隣人|住民|市民|町民|村民|皆|各位|主人|"
    "[者師士員医手長職客方親父母兄弟姉妹夫妻孫会社院所局課係室部市町村県区局省団]"
)
_ORGANISATION = "[課係会室部局班所院社員職師士者長市町村県区援携護療険祉健務齢]"
_HONOURED = re.compile(
    r"(?P<name>[一-龥々ァ-ヶー]{1,6}[ ]?[一-龥々ァ-ヶーぁ-ん]{0,4}?)"
    r"(?:氏(?![名子神族])|様(?![々式子態相])|さん|殿)"
)
_PERSON = re.compile(r"[一-龥々]{2,6}|[一-龥々]{1,4} [一-龥々ァ-ヶーぁ-ん]{1,4}|[ァ-ヶー]{3,6}")
_NO_PERSON = re.compile(rf"(?:{_ROLES})$|[多同仕模異一両彼貴神]$|ヘルパー$|ケアマネ")
_LABELLED = re.compile(
    r"(?:担当|氏名|名前|記入者|回答者|作成者|責任者|連絡先|代表)(?:者|職員)?(?:の?氏名|名)?"
    r" ?[::] ?(?:[一-龥々]{1,4} [一-龥々ァ-ヶーぁ-ん]{1,4}|[一-龥々]{2,5})(?![一-龥々ァ-ヶー])"
)
_HOME = re.compile(r"〒 ?[0-9]{3}|[0-9一二三四五六七八九十]+ ?(?:丁目|番地)")
_BORN = re.compile(
    r"生年月日|誕生日|(?:明治|大正|昭和) ?[0-9元]{1,2}年 ?[0-9]{1,2}月 ?[0-9]{1,2}日|"
    r"[0-9]日? ?(?:生まれ|うまれ|生(?![活産徒涯]))"
)
_ENDS_AS_OFFICE = re.compile(rf"{_ORGANISATION}$")


def may_be_personal(printed: str) -> bool:
    """Tell whether a text seems to hold a number, an address, a name or a day of birth."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", printed))
    return bool(
        contact_details(text) or _HOME.search(text) or _BORN.search(text) or _names_somebody(text)
    )


def _names_somebody(text: str) -> bool:
    honoured = (found["name"].strip() for found in _HONOURED.finditer(text))
    if any(_PERSON.fullmatch(name) and not _NO_PERSON.search(name) for name in honoured):
        return True
    return any(not _ENDS_AS_OFFICE.search(found[0]) for found in _LABELLED.finditer(text))
