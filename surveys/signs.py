"""Signs that stand for an answer (○ ● 1), and what a legend on the sheet says that they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.wording import fold_answer, fold_header, normal

_SAME = str.maketrans("〇◯✕✖✓✔☑", "○○××レレレ")
_DRAWN = "○●◎△▲×□■◇◆☆★レ"
_MEANT = re.compile(
    rf"(?<![0-9.])([{_DRAWN}]|[0-9](?![0-9]))[」』]?印?"
    rf"(?:\s*(?:[:=は→]|\.{{2,}}|\.(?=\D))\s*|(?<=[0-9])\s+(?=\D))[「『]?"
    rf"([^\s、,;。/|()「」『』{_DRAWN}]+)"
)
_CIRCLED = re.compile(r"([①-⑨])")
_LEGEND_ROWS, _LEGEND_COLUMNS = 1_000, 30
_SHORTEST_HEADER = 4
_LONGEST_ANSWER = 20
_ADVICE = re.compile(r"ください|記入|入力|選択|記載|提出|こと$|場合|現在")


@dataclass
class Legend:
    """What a part of a sheet says that signs mean.

    about are its heading and first words; is_own tells that they name the question at hand.
    """

    sheet: str
    about: str = ""
    meanings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_own: bool = False

    def names(self, headers: Iterable[str]) -> bool:
        """Tell whether the heading speaks of a question that has these headers."""
        about = fold_header(self.about)
        return any(len(header) >= _SHORTEST_HEADER and header in about for header in headers)

    def told(self, sign: str, code: str, answers: Mapping[str, str]) -> str:
        """Return what a sign means where that is not the code it is taken for.

        A number counts only in a legend that names the question, or answers of it.
        """
        words = [word for known in self.meanings.values() for word in known]
        is_own = self.is_own or any(fold_answer(word) in answers for word in words)
        for told in self.meanings.get(sign, ()):
            meant = answers.get(fold_answer(told), "")
            is_answer = not sign.isdigit() or (is_own and not _is_advice(told))
            if meant != code and (meant or is_answer):
                return told
        return ""


def _is_advice(told: str) -> bool:
    """Tell whether the words behind a number are a numbered piece of advice, not an answer."""
    return len(told) > _LONGEST_ANSWER or bool(_ADVICE.search(told))


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


def legends_of(sheet: str, rows: Iterable[Sequence[str]]) -> list[Legend]:
    """Return the legends of a sheet; a row that explains no sign, or one anew, begins another."""
    found = [Legend(sheet)]
    for _, texts in zip(range(_LEGEND_ROWS), rows, strict=False):
        filled = [text for text in texts[:_LEGEND_COLUMNS] if text]
        meanings = legend_of(_with_signs(filled))
        words = "".join(filled)
        if not meanings or set(meanings) & set(found[-1].meanings):
            found.append(Legend(sheet, words))
        elif not found[-1].meanings:
            found[-1].about += words
        found[-1].meanings |= meanings
    return [legend for legend in found if legend.meanings]


def _with_signs(texts: list[str]) -> list[str]:
    """Return the texts of a row, a sign joined with what stands behind it in the next cell."""
    joined = []
    for place, text in enumerate(texts):
        behind = texts[place + 1] if place + 1 < len(texts) else ""
        is_sign = bool(sign_of(text)) and bool(behind) and not sign_of(behind)
        joined.append(f"{text}：{behind}" if is_sign else text)
    return joined


def crowded_signs(texts: Iterable[str], answers: Mapping[str, str]) -> dict[str, list[str]]:
    """Return, by sign, all the signs of a column that fall on one answer where they are several."""
    by_code: dict[str, set[str]] = {}
    for text in texts:
        code, sign = answers.get(fold_answer(text)), sign_of(text)
        if code and sign:
            by_code.setdefault(code, set()).add(sign)
    several = [sorted(signs) for signs in by_code.values() if len(signs) > 1]
    return {sign: signs for signs in several for sign in signs}
