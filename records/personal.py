"""Finds what must not be written down: telephone numbers, mail addresses, names of persons."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from janome.tokenizer import Token, Tokenizer  # type: ignore[import-untyped]

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?81[-\s]?|0)\d{1,4}(?:[-\s(]\d{1,4}[-\s)]\d{3,4}|\d{7,9})(?!\d)|"
    r"\(0\d{1,4}\)\s?\d{1,4}-\d{3,4}"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー～", "-"))
_TITLES = re.compile(
    r"^(さん|様|さま|氏|殿|くん|君|ちゃん|先生|医師|看護師|保健師|課長|係長|部長|院長|会長|"
    r"理事|事務局長|所長|主任|主査|主事|師長|室長|ケアマネ)"
)
_SURNAME = "名詞,固有名詞,人名,姓"
_GIVEN = "名詞,固有名詞,人名,名"


def personal_data(text: str) -> str:
    """Say in Japanese what kind of personal data a text seems to hold; empty when none."""
    folded = unicodedata.normalize("NFKC", text)
    if _MAIL.search(folded):
        return "メールアドレス"
    if _PHONE.search(_between_digits(folded)):
        return "電話番号"
    if _has_name(folded):
        return "個人の名前"
    return ""


def _between_digits(text: str) -> str:
    """Take every kind of dash for a hyphen, so that a number is seen whichever was typed."""
    return text.translate(_DASHES)


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    return Tokenizer()


def _has_name(text: str) -> bool:
    """A surname is a name when a given name or a title follows; alone it is often a place."""
    tokens = [token for token in _tokenizer().tokenize(text) if not token.surface.isspace()]
    rest = [text_from(tokens, place + 1) for place in range(len(tokens))]
    for place, token in enumerate(tokens):
        if not token.part_of_speech.startswith(_SURNAME):
            continue
        following = tokens[place + 1].part_of_speech if place + 1 < len(tokens) else ""
        if following.startswith(_GIVEN) or _TITLES.match(rest[place]):
            return True
    return False


def text_from(tokens: list[Token], place: int) -> str:
    """Return the next few words as one text, since a title may be cut in two."""
    return "".join(token.surface for token in tokens[place : place + 3])
