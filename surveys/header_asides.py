"""Words behind a header, in brackets or beside it, and whether they change what a column holds."""

from __future__ import annotations

import re
import unicodedata

from data.catalogue.survey import Question
from data.era import read_period
from surveys.named_years import dated_years_in, is_date
from surveys.numbers import UNITS
from surveys.signs import legend_of
from surveys.wording import answers_of, fold_answer, normal

_TRAILING = re.compile(r"^(?P<rest>.*\S)\s*\((?P<aside>[^()]*)\)\s*$", re.DOTALL)
_YEAR_TAIL = re.compile(r"(の?実績値?|分|中|末|末現在|末時点)$")
_RELATIVE_NAMED = re.compile(r"^[前昨今本当来次翌一々]+(?:年度|年|回)\((?P<named>[^()]+)\)$")
_NUMBERING = re.compile(r"(設?問|q)?[0-9]{1,3}(-[0-9]{1,2})?")
_PLAIN = frozenset(
    ["", "年度", "年間", "通年", "実績", "実績値", "年度実績", "年間実績", "年度末", "年度末現在",
     "年度末時点", "必須", "任意", "数字", "数値", "半角", "半角数字", "選択", "選択式", "記入"]
)  # fmt: skip
_BY_TYPE = {
    "multi": frozenset(["複数可", "複数回答", "複数回答可", "複数選択", "複数選択可"]),
    "enum": frozenset(["単一回答", "単一選択", "1つ選択", "一つ選択"]),
    "year": frozenset(["西暦", "和暦"]),
    "text": frozenset(["自由記述", "自由記載", "自由記入"]),
}
_SCALE = re.compile(r"^\(?(単位[:は]?)?(十|百|千|万|億|割|%)[件回人名]?\)?$")
_PIECES = re.compile(r"[\s,、・/;]+|または")


def split_aside(text: str) -> tuple[str, str]:
    """Return a header without its last words in brackets, and these words."""
    found = _TRAILING.match(unicodedata.normalize("NFKC", text))
    return (found["rest"], found["aside"]) if found else (text, "")


def is_year(text: str, *, fiscal_year: int | None = None) -> bool:
    """Tell whether words are a year; with fiscal_year, whether they surely mean that one."""
    bare = _YEAR_TAIL.sub("", _RELATIVE_NAMED.sub(r"\g<named>", normal(text))).upper()
    period = read_period(bare)
    if fiscal_year is None or period is None:
        return period is not None
    return period == f"FY{fiscal_year}" or (period == str(fiscal_year) and not bare.endswith("年"))


def is_scaled(text: str) -> bool:
    """Tell whether words give a unit of thousands, per cent and the like."""
    return bool(_SCALE.match(normal(text)))


def is_harmless(aside: str, question: Question, *, fiscal_year: int | None) -> bool:
    """Tell whether words behind a header leave its column the question's own answers."""
    text = re.sub(r"^(単位:?|※)", "", normal(aside).strip("()"))
    if text in _PLAIN or text in _BY_TYPE.get(question.type, ()) or text == question.id:
        return True
    if _NUMBERING.fullmatch(text) or text in _units_of(question):
        return True
    if fiscal_year is not None and is_year(text, fiscal_year=fiscal_year):
        return True
    if is_date(text):
        return dated_years_in(text) == {fiscal_year}
    if is_scaled(text):
        return question.type not in ("count", "number")
    return _lists_answers(aside, question)


def _units_of(question: Question) -> tuple[str, ...]:
    return next((units for word, units in UNITS.items() if word in question.label), ())


def _lists_answers(aside: str, question: Question) -> bool:
    """Tell whether words only repeat the answers of the question in their usual meaning."""
    known = answers_of(question)
    legend = legend_of([aside])
    if legend:
        told = {sign: {known.get(fold_answer(word)) for word in legend[sign]} for sign in legend}
        return all(codes == {known.get(fold_answer(sign), "")} for sign, codes in told.items())
    text = unicodedata.normalize("NFKC", aside).strip()
    pieces = list(text) if len(text) == 2 else [one for one in _PIECES.split(text) if one]
    codes = {known.get(fold_answer(piece)) for piece in pieces}
    return len(codes) > 1 and None not in codes
