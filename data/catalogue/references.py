"""The questions that checks of the catalogue ask again and again."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from data.catalogue.contents import Catalogue
from data.catalogue.reading import fault
from data.catalogue.survey import Question


def require(
    names: Iterable[str], allowed: Collection[str], *, what: str, file: str, entry: str, field: str
) -> None:
    """Raise CatalogueError for the first name that is not allowed."""
    for name in names:
        if name not in allowed:
            raise fault(
                f"「{name}」という{what}はありません。",
                action=f"使える値：{'、'.join(allowed)}",
                file=file,
                entry=entry,
                field=field,
            )


def refuse_repeats(names: Iterable[str], *, file: str) -> None:
    """Raise CatalogueError for the first name that comes twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise fault(
                "同じ見出しが2回あります。",
                action="どちらかを消してください。",
                file=file,
                entry=name,
            )
        seen.add(name)


def questions_by_id(catalogue: Catalogue) -> dict[str, Question]:
    """Return the questions of all forms by identifier."""
    return {
        question.id: question
        for survey in catalogue.surveys.values()
        for question in survey.questions
    }
