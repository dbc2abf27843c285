"""Words of headers and answers in one form, and the other words that mean the same."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from itertools import product
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from data.catalogue.survey import Question

_SYNONYMS = Path(__file__).with_name("synonyms.toml")
_ALIKE = str.maketrans("工力一二口夕卜才", "エカーニロタトオ")
_NUMBER = re.compile(r"^(設?問|q)?\(?[0-9]{1,3}(-[0-9]{1,2})?[).:、]*(?=\D)")
_LAST_ASIDE = re.compile(r"(?<=.)\([^()]*\)$")
_FILLING = re.compile(r"[\s:・、。,.()「」『』\[\]【】/_\-‐―—〜~]")


class Synonyms(BaseModel):
    """The content of synonyms.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parts: dict[str, list[str]]
    questions: dict[str, list[str]]
    answers: dict[str, list[str]]
    yes_no: dict[str, list[str]]


@lru_cache(maxsize=1)
def synonyms() -> Synonyms:
    """Return the shipped synonyms."""
    return Synonyms.model_validate(tomllib.loads(_SYNONYMS.read_text(encoding="utf-8")))


def normal(text: str) -> str:
    """Return a text in NFKC without any white space, small letters."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()


def fold_header(text: str) -> str:
    """Return a header for comparison: no numbering, aside, filling or look-alike letters."""
    bare = _LAST_ASIDE.sub("", _NUMBER.sub("", normal(text)))
    return _FILLING.sub("", bare).translate(_ALIKE)


def fold_whole(text: str) -> str:
    """Return a header for comparison with its aside kept, which may tell two questions apart."""
    bare = _NUMBER.sub("", normal(text))
    return _FILLING.sub("", bare).translate(_ALIKE)


def fold_answer(text: str) -> str:
    """Return an answer for comparison; numbers in it stay."""
    return re.sub(r"[\s・、。「」]", "", normal(text)).translate(_ALIKE)


def headers_of(question: Question) -> set[str]:
    """Return every folded header, asides kept, that surely means a question."""
    return {fold_whole(text) for text in _texts_of(question)}


def bare_headers_of(question: Question) -> set[str]:
    """Return the same without asides; two questions may share one of these."""
    return {fold_header(text) for text in _texts_of(question)}


def _texts_of(question: Question) -> list[str]:
    known = synonyms()
    parts = [[part, *known.parts.get(part, [])] for part in question.label.split("：")]
    labels = {"".join(choice) for order in (parts, parts[::-1]) for choice in product(*order)}
    return [*sorted(labels), *known.questions.get(question.id, [])]


def answers_of(question: Question) -> dict[str, str]:
    """Return the codes of a question by every folded answer that surely means one of them."""
    return _answers_of(tuple(question.allowed.items()), is_bool=question.type == "bool")


@lru_cache(maxsize=1_000)
def _answers_of(allowed: tuple[tuple[str, str], ...], *, is_bool: bool) -> dict[str, str]:
    known = synonyms()
    found: dict[str, set[str]] = {}
    for code, label in allowed:
        words = [code, label, *known.answers.get(label, [])]
        if is_bool:
            words += known.yes_no["yes" if code == "1" else "no"]
        for word in words:
            found.setdefault(fold_answer(word), set()).add(code)
    return {word: codes.pop() for word, codes in found.items() if len(codes) == 1}
