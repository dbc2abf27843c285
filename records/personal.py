"""Finds what must not be written down: telephone numbers, mail addresses, names of persons."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from janome.tokenizer import Token, Tokenizer  # type: ignore[import-untyped]

from data.contact_details import contact_details

_TITLES = re.compile(
    r"^(さん|様|さま|氏|殿|くん|君|ちゃん|先生|医師|看護師|保健師|課長|係長|部長|院長|会長|"
    r"理事|事務局長|所長|主任|主査|主事|師長|室長|ケアマネ)"
)
_SURNAME = "名詞,固有名詞,人名,姓"
_GIVEN = "名詞,固有名詞,人名,名"


def personal_data(text: str) -> str:
    """Say in Japanese what kind of personal data a text seems to hold; empty when none."""
    found = contact_details(text)
    if not found and _has_name(unicodedata.normalize("NFKC", text)):
        return "個人の名前"
    return found


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
