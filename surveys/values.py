"""What the cells of a column answer: codes, numbers, years, texts, and the kinds of gap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.catalogue.survey import Question
from surveys.look_readings import read_look
from surveys.numbers import read_fiscal_year, read_number
from surveys.readings import Reading, asked, chosen_reading, gap, taken, wrong
from surveys.signs import Legend, crowded_signs, sign_of
from surveys.wording import answers_of, fold_answer, normal

_GAPS = {
    "": "unanswered",
    "未回答": "unanswered",
    "無回答": "unanswered",
    "該当なし": "not_applicable",
    "非該当": "not_applicable",
    "対象外": "not_applicable",
    "n/a": "not_applicable",
    "...": "missing",
    "不詳": "missing",
}
_AGREED = ("", "-", "－", "***", "…", "...")
_DASH = re.compile(r"[-‐‑‒–—―−ー]+")
_STARS = re.compile(r"\*+")
_UNUSABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
    r"|_x[0-9A-Fa-f]{4}_"
)
_LONGEST = 32_767
SEPARATOR = ";"
_SEPARATORS = re.compile(r"[;,、/|\n]+")
_TICKED, _OPEN = "☑■", "□☐"
_BOX = re.compile(rf"([{_TICKED}{_OPEN}])([^{_TICKED}{_OPEN}]+)")


class ColumnReader:
    """The reading of one column.

    decided holds folded texts with the code that a person chose; legend all that the sheet says of
    each sign; elsewhere the legends of other sheets that may speak of the question.
    """

    def __init__(
        self,
        question: Question,
        texts: list[str],
        *,
        survey_year: int,
        decided: Mapping[str, str] | None = None,
        legend: Mapping[str, Sequence[str]] | None = None,
        elsewhere: Sequence[Legend] = (),
    ) -> None:
        self._question = question
        self._survey_year = survey_year
        self._decided = decided or {}
        self._answers = answers_of(question)
        digits = {text for text in map(normal, set(texts)) if text.isdigit()}
        self._read: dict[str, Reading] = {}
        self._legend = legend or {}
        self._elsewhere = elsewhere
        self._crowded = crowded_signs(set(texts), self._answers)
        self._other_numbers = question.type == "bool" and bool(digits - {"0", "1"})

    def read(self, printed: str) -> Reading:
        """Return what a cell says; never a guess."""
        if printed not in self._read:
            self._read[printed] = self._read_once(printed)
        return self._read[printed]

    def _read_once(self, printed: str) -> Reading:
        if _UNUSABLE.search(printed) or len(printed) > _LONGEST:
            return wrong("使用できない文字です。", "文字を打ち直してください。")
        told, where = self._told(printed) if self._question.allowed else ("", "")
        key = f"{fold_answer(printed)}={fold_answer(told)}" if told else ""
        if (key or fold_answer(printed)) in self._decided:
            return chosen_reading(self._decided[key or fold_answer(printed)], key)
        if told:
            near = self._answers.get(fold_answer(told), "")
            note = f"{where}では「{printed.strip()}」は「{told}」です。"
            return replace(asked(note, (near,) if near else ()), key=key)
        look = read_look(printed, self.read, question=self._question)
        if look:
            return look
        status = gap_of(printed)
        if self._question.type == "text" and not status:
            return Reading("as_printed", "observed", printed.strip())
        if status and fold_answer(printed) not in self._answers:
            return gap(printed, status, plain=printed.strip() in _AGREED)
        return self._observed(printed)

    def _told(self, printed: str) -> tuple[str, str]:
        """Return what a legend says of a sign where that is not what it is taken for, and which."""
        sign, code = sign_of(printed), self._answers.get(fold_answer(printed), "")
        for told in self._legend.get(sign, ()):
            meant = self._answers.get(fold_answer(told), "")
            if meant != code and (meant or not sign.isdigit()):
                return told, "表の注記"
        for legend in self._elsewhere if sign else ():
            told = legend.told(sign, code, self._answers)
            if told:
                return told, f"シート「{legend.sheet}」"
        return "", ""

    def _observed(self, printed: str) -> Reading:
        question = self._question
        if question.type in ("count", "number"):
            return read_number(printed, question)
        if question.type == "year":
            return read_fiscal_year(printed, question, survey_year=self._survey_year)
        if question.type == "multi":
            return self._several(printed)
        return self._choice(printed)

    def _choice(self, printed: str) -> Reading:
        folded = fold_answer(printed)
        if self._other_numbers and folded.isdigit():
            return asked(
                "1 と 2 など、別の番号で答えた列のようです。", tuple(self._question.allowed)
            )
        if folded in self._answers:
            code = self._answers[folded]
            same = self._crowded.get(sign_of(printed), [])
            if same and sign_of(printed) not in self._legend:
                note = f"{''.join(f'「{sign}」' for sign in same)}が同じ回答になります。"
                return asked(note, (code,))
            return taken(printed, code, self._question.allowed[code])
        return self._strange(printed)

    def _several(self, printed: str) -> Reading:
        whole = self._answers.get(fold_answer(printed))
        if whole:
            return taken(printed, whole, self._question.allowed[whole])
        codes = self._listed(printed.split(SEPARATOR))
        codes = codes or self._listed(_SEPARATORS.split(_halved(printed)))
        if not codes:
            return self._strange(printed)
        words = SEPARATOR.join(self._question.allowed[code] for code in codes)
        return taken(printed, SEPARATOR.join(codes), words)

    def _listed(self, pieces: list[str]) -> list[str]:
        """Return the codes of a list, each once; none where a piece is no answer."""
        codes = [self._answers.get(fold_answer(piece), "") for piece in pieces if piece.strip()]
        return list(dict.fromkeys(codes)) if all(codes) else []

    def _strange(self, printed: str) -> Reading:
        text = normal(printed)
        options = "・".join(self._question.allowed.values())
        ticked = self._ticked(text)
        if ticked:
            words = "・".join(self._question.allowed[code] for code in ticked)
            return taken(printed, SEPARATOR.join(ticked), words)
        if text and text[0] in _OPEN and not set(text) & set(_TICKED):
            return wrong("選ばれていない□です。", "選んだものが分かるように書いてください。")
        if re.fullmatch(r"-?[0-9.]+", text):
            return wrong("選択肢にありません。", f"次から選んでください：{options}")
        return asked("選択肢にない言葉です。", tuple(self._question.allowed))

    def _ticked(self, text: str) -> list[str]:
        """Return the codes with a tick in a printed list of boxes, none where that is unsure."""
        boxes = _BOX.findall(text)
        codes = [self._answers.get(fold_answer(label)) for _, label in boxes]
        if "".join(box + label for box, label in boxes) != text or None in codes:
            return []
        ticked = [
            code for (box, _), code in zip(boxes, codes, strict=True) if code and box in _TICKED
        ]
        once = len(set(codes)) == len(codes)
        enough = self._question.type == "multi" or len(ticked) == 1
        filled = all(box == "■" for box, _ in boxes)
        return ticked if once and enough and not (filled and len(boxes) > 1) else []


def gap_of(printed: str) -> str:
    """Return the status that a sign stands for, blank when the text is none."""
    text = normal(printed)
    if text and _DASH.fullmatch(text):
        return "not_applicable"
    if _STARS.fullmatch(text):
        return "suppressed"
    return _GAPS.get(text, "")


def _halved(printed: str) -> str:
    return printed.translate(str.maketrans("；，／｜", ";,/|"))
