"""Which question a column answers: surely by code, label or synonym; else a proposal to confirm."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz, process

from data.catalogue.survey import Framework, Question, SurveyDefinition
from surveys.header_asides import is_harmless, is_year, split_aside
from surveys.named_years import names_a_year, relative_year, split_year
from surveys.tables import TableColumn
from surveys.wording import bare_headers_of, fold_header, fold_whole, headers_of, normal
from surveys.year_choice import YearChoice, choose_year, is_year_heading

How = Literal["code", "label", "decision", "ignored", "proposed", "year", "other_framework", "none"]

IGNORED = ""
_NO_QUESTION = frozenset(
    fold_header(text)
    for text in ("no", "番号", "通番", "備考", "圏域", "圏域名", "二次医療圏", "保健所", "保健所名",
                 "担当課", "部署名", "都道府県", "都道府県名", "ふりがな", "回答日", "response")
)  # fmt: skip
_PROPOSED_FROM = 55.0
# Below what the page takes over many at a time.
_WITH_ASIDE = 0.8
_NEAREST = 0.95
_DENIED = re.compile(r"ない|なし|無し|未|以外|除く")


@dataclass(frozen=True)
class ColumnMatch:
    """What a column is taken for; question_id is blank until someone is sure of it.

    note holds words behind its header that may give it another unit, time or extent; years the
    choice between it and the columns of other years.
    """

    column: TableColumn
    how: How
    confidence: float
    question_id: str = ""
    candidates: tuple[str, ...] = ()
    note: str = ""
    years: YearChoice | None = None

    @property
    def sure(self) -> bool:
        """Tell whether nobody needs to be asked."""
        return self.how in ("code", "label", "decision", "ignored")


class QuestionMatcher:
    """The questions of one form and framework, by every header that means them.

    decisions holds folded headers with the question that a person chose (blank: not used);
    those remembered of earlier imports say nothing of a header that names a year.
    fiscal_year is the year that a header may name without being asked about.
    """

    def __init__(
        self,
        definition: SurveyDefinition,
        *,
        framework: Framework,
        decisions: Mapping[str, str] | None = None,
        remembered: Collection[str] = (),
        fiscal_year: int | None = None,
    ) -> None:
        self._year = fiscal_year
        self._remembered = remembered
        asked = [q for q in definition.questions if framework in q.frameworks]
        self._others = {q.id: q for q in definition.questions if framework not in q.frameworks}
        self._questions = {q.id: q for q in asked}
        self._headers = _by_header(asked, bare_headers_of)
        self._whole_headers = _by_header(asked, headers_of)
        self._other_headers = _by_header(list(self._others.values()), bare_headers_of)
        self._decisions = decisions or {}

    def match(self, columns: list[TableColumn]) -> list[ColumnMatch]:
        """Return a match for each column that has a header; doubles are never both sure."""
        found = self._of_years([self._match(column) for column in columns if column.levels])
        taken = [match.question_id for match in found if match.question_id]
        return [_beside_others(match, taken) for match in found]

    def choose_year(self, headings: Sequence[str], *, cell: str) -> YearChoice:
        """Return which of several headings is the import's year."""
        return choose_year(headings, fiscal_year=self._year, decisions=self._decisions, cell=cell)

    def _of_years(self, found: list[ColumnMatch]) -> list[ColumnMatch]:
        """Return matches in which columns of this and last year wait for one choice."""
        sure = {match.question_id for match in found if match.question_id}
        notes: dict[str, set[str]] = {}
        for match in found:
            if match.how == "proposed" and relative_year(match.note):
                notes.setdefault(match.candidates[0], set()).add(match.note)
        open_ones = {key for key, own in notes.items() if len(own) > 1} - sure
        of_year = [
            match
            for match in found
            if relative_year(match.note) and open_ones.intersection(match.candidates)
        ]
        if not of_year:
            return found
        headings = [match.note for match in of_year]
        choice = self.choose_year(headings, cell=of_year[0].column.cell)
        return [_in_year(one, choice) if one in of_year else one for one in found]

    def is_header(self, text: str) -> bool:
        """Tell whether a text is the whole header of a question, of whichever framework."""
        rest, _ = split_aside(text)
        return (
            normal(text) in self._questions
            or fold_whole(text) in self._whole_headers
            or any(fold_whole(rest) in known for known in (self._headers, self._other_headers))
        )

    def is_known(self, column: TableColumn) -> bool:
        """Tell whether a header is a question's, or was decided about."""
        return key_of(column) in self._decisions or self.is_asked(column.levels)

    def is_asked(self, texts: Iterable[str]) -> bool:
        """Tell whether one of several labels, or all of them but years, are a question's header."""
        labels = [text for text in dict.fromkeys(texts) if not is_year_heading(text)]
        undated = [split_year(text)[0] for text in labels]
        return any(map(self.is_header, ("".join(labels), *labels, *undated)))

    def _match(self, column: TableColumn) -> ColumnMatch:
        key = key_of(column)
        folded = fold_header("".join(column.levels))
        is_old = key in self._remembered and names_a_year((*column.levels, *column.remarks))
        if key in self._decisions and not is_old:
            chosen = self._decisions[key]
            return ColumnMatch(column, "decision" if chosen else "ignored", 1.0, chosen)
        for level in column.levels:
            if normal(level) in self._questions:
                return self._coded(column, normal(level))
            if normal(level) in self._others:
                return ColumnMatch(column, "other_framework", 1.0, "", (normal(level),))
        ids, asides = self._meant(column)
        if len(ids) == 1:
            return self._with_asides(column, next(iter(ids)), asides)
        if folded in _NO_QUESTION:
            return ColumnMatch(column, "ignored", 1.0)
        if not ids and folded in self._other_headers:
            others = tuple(sorted(self._other_headers[folded]))
            return ColumnMatch(column, "other_framework", 1.0, "", others)
        return self._proposed(column, folded, ids)

    def _coded(self, column: TableColumn, question: str) -> ColumnMatch:
        """Return the question of an identifier; asked where the label beside it is another's."""
        named = [self._whole_headers.get(fold_whole(level), set()) for level in column.levels]
        others = sorted({key for ids in named if question not in ids for key in ids})
        if others:
            return ColumnMatch(column, "proposed", _WITH_ASIDE, "", (question, *others))
        return ColumnMatch(column, "code", 1.0, question)

    def _meant(self, column: TableColumn) -> tuple[set[str], list[str]]:
        """Return the questions of a header, and the words behind it that are no part of them."""
        named = [level for level in column.levels if not is_year_heading(level)]
        named = named or list(column.levels)
        asides = [*column.remarks, *(level for level in column.levels if level not in named)]
        ids, behind = self._named("".join(named))
        rest, year = split_year("".join(named))
        if year and len(ids) != 1:
            ids, behind = self._named(rest)
            behind.append(year)
        return ids, [*asides, *behind]

    def _named(self, rest: str) -> tuple[set[str], list[str]]:
        """Return the questions of a text, and the words in brackets behind it that are none."""
        asides: list[str] = []
        ids = self._whole_headers.get(fold_whole(rest), set())
        while len(ids) != 1:
            ids = self._headers.get(fold_whole(rest), set())
            shorter, aside = split_aside(rest)
            if ids or shorter == rest:
                break
            rest = shorter
            asides.append(aside)
            ids = self._whole_headers.get(fold_whole(rest), set())
        return ids, asides

    def _with_asides(self, column: TableColumn, question: str, asides: list[str]) -> ColumnMatch:
        asked = self._questions[question]
        note = "・".join(
            aside for aside in asides if not is_harmless(aside, asked, fiscal_year=self._year)
        )
        if note:
            return ColumnMatch(column, "proposed", _WITH_ASIDE, "", (question,), note)
        return ColumnMatch(column, "label", 1.0, question)

    def _proposed(self, column: TableColumn, folded: str, ids: set[str]) -> ColumnMatch:
        near = process.extract(
            folded, list(self._headers), scorer=fuzz.ratio, limit=6, score_cutoff=_PROPOSED_FROM
        )
        close = [question for header, *_ in near for question in sorted(self._headers[header])]
        candidates = tuple(dict.fromkeys([*sorted(ids), *close]))[:3]
        best = near[0][1] / 100 if near else 0.0
        turned = bool(near) and bool(_DENIED.search(folded)) != bool(_DENIED.search(near[0][0]))
        how: How = "proposed" if candidates else "none"
        highest = _WITH_ASIDE if turned else _NEAREST
        return ColumnMatch(column, how, min(best, highest), "", candidates)


def _beside_others(match: ColumnMatch, taken: list[str]) -> ColumnMatch:
    """Return a match as it stands among those of its table; taken are their questions."""
    if match.question_id and taken.count(match.question_id) > 1:
        return ColumnMatch(match.column, "proposed", match.confidence, "", (match.question_id,))
    is_other = is_year(match.note) or relative_year(match.note) == "other"
    other_year = is_other and taken.count(next(iter(match.candidates), "")) == 1
    if other_year and match.how == "proposed":
        return ColumnMatch(match.column, "ignored", 1.0, note=match.note)
    return match


def _in_year(match: ColumnMatch, choice: YearChoice) -> ColumnMatch:
    """Return a match as the choice between the years leaves it."""
    if not choice.chosen:
        return replace(match, how="year", years=choice)
    if match.note != choice.chosen:
        return ColumnMatch(match.column, "ignored", 1.0, note=match.note, years=choice)
    return ColumnMatch(match.column, "label", 1.0, match.candidates[0], years=choice)


def key_of(column: TableColumn) -> str:
    """Return the folded header of a column, under which a decision about it is kept."""
    return fold_whole("".join((*column.levels, *column.remarks)))


def _by_header(
    questions: list[Question], headers: Callable[[Question], set[str]]
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for question in questions:
        for header in headers(question):
            found.setdefault(header, set()).add(question.id)
    return found
