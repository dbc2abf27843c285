"""Signs that stand for an answer (○ ● 1), and what a legend on the sheet says that they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from surveys.wording import fold_answer, normal

_SAME = str.maketrans("〇◯✕✖✓✔☑", "○○××レレレ")
_DRAWN = "○●◎△▲×□■◇◆☆★レ"
_MEANT = re.compile(
    rf"(?<![0-9.])([{_DRAWN}]|[0-9](?![0-9]))[」』]?印?"
    rf"(?:\s*(?:[:=は→]|\.{{2,}}|\.(?=\D))\s*|(?<=[0-9])\s+(?=\D))[「『]?"
    rf"([^\s、,;。/|()「」『』{_DRAWN}]+)"
)
_CIRCLED = re.compile(r"([①-⑨])")


def sign_of(text: str) -> str:
    """Return the sign that a cell consists of, signs that look alike as one; blank for words."""
    bare = normal(text).translate(_SAME)
    is_sign = len(bare) == 1 and (bare in _DRAWN or unicodedata.category(bare)[0] in "SN")
    return bare if is_sign else ""


def legend_of(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return all that notes and headers say of each sign ("●：実施済　○：予定")."""
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        plain = unicodedata.normalize("NFKC", _CIRCLED.sub(r" \1.", text)).translate(_SAME)
        for sign, meant in _MEANT.findall(plain):
            found[sign] = (*found.get(sign, ()), meant)
    return found


def crowded_signs(texts: Iterable[str], answers: Mapping[str, str]) -> dict[str, list[str]]:
    """Return, by sign, all the signs of a column that fall on one answer where they are several."""
    by_code: dict[str, set[str]] = {}
    for text in texts:
        code, sign = answers.get(fold_answer(text)), sign_of(text)
        if code and sign:
            by_code.setdefault(code, set()).add(sign)
    several = [sorted(signs) for signs in by_code.values() if len(signs) > 1]
    return {sign: signs for signs in several for sign in signs}
