"""Searching names as people type them: width, kana, case, spaces and old forms made alike."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

_OLD_FORMS = (
    "龍竜齋斎斉斎齊斎﨑崎嵜崎澤沢濱浜濵浜嶋島嶌島曾曽髙高德徳邊辺邉辺惠恵廣広國国與与條条瀨瀬"
    "黑黒靜静榮栄渕淵渊淵莊荘舘館峯峰眞真圓円會会學学醫医櫻桜壽寿實実"
)
_ALIKE = str.maketrans(
    {
        **{chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)},
        **dict(zip(_OLD_FORMS[::2], _OLD_FORMS[1::2], strict=True)),
        **dict.fromkeys("ヶゖ", "ケ"),
        **dict.fromkeys("ヵゕ", "カ"),
    }
)
_SPACES = r"[\s\p{Z}]*"
_MARKS = "ﾞﾟ\u3099\u309a"  # voicing marks that follow their letter
_LAST = 0xFFF0
_LONGEST = 8  # letters in one character, such as ㌖


def fold(text: str) -> str:
    """Return a name in the one spelling to which all its spellings lead."""
    folded = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    return "".join(folded.lower().split())


def search_pattern(text: str) -> str:
    """Return a regular expression (RE2) that finds a part of a name in any of its spellings.

    Blank for a text that consists of spaces. Characters that stand for several letters are tried
    from the left; the text as typed is found however they fall (FⅡ, though fi is a letter too).
    """
    folded, spellings = fold(text), _spellings()
    if not folded:
        return ""
    pieces = []
    while folded:
        length = next((n for n in range(_LONGEST, 1, -1) if folded[:n] in spellings), 1)
        apart = _SPACES.join(_one_of(spellings[character]) for character in folded[:length])
        together = map(re.escape, spellings[folded[:length]] if length > 1 else ())
        pieces.append(f"(?:{'|'.join([apart, *together])})")
        folded = folded[length:]
    return f"(?:{_SPACES.join(pieces)}|{re.escape(text.strip())})"


def _one_of(spellings: tuple[str, ...]) -> str:
    single = "".join(re.escape(spelling) for spelling in spellings if len(spelling) == 1)
    return f"(?:{'|'.join([f'[{single}]', *(s for s in spellings if len(s) > 1)])})"


class _Spellings(dict[str, tuple[str, ...]]):
    """Every spelling by its folded form; a character that none leads to stands for itself."""

    def __missing__(self, folded: str) -> tuple[str, ...]:
        return (folded,)


@lru_cache(maxsize=1)
def _spellings() -> _Spellings:
    found = defaultdict(list)
    for character in map(chr, range(0x21, _LAST)):
        folded = fold(character)
        if folded:
            found[folded].append(character)
    for letter in map(chr, (*range(0x3041, 0x30FB), *range(0xFF66, 0xFF9E))):
        for mark in _MARKS:
            folded = fold(letter + mark)
            if len(folded) == 1:
                found[folded].append(letter + mark)
    return _Spellings({folded: tuple(spellings) for folded, spellings in found.items()})
