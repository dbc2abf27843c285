"""Questions made from the values of a drawn picture: which is the highest, which the lowest."""

from __future__ import annotations

from collections.abc import Mapping

from workshop.drawn_values import DrawnValues, drawn_values
from workshop.rendered import RenderedScene
from workshop.scenes import Choice, Question

OTHERS = 3
_ASKED = {"area": "どこでしょう", "item": "どれでしょう", "year": "何年でしょう"}


def proposed_choices(
    rendered: RenderedScene, *, names: Mapping[str, str]
) -> tuple[Question, ...]:  # fmt: skip
    """Return questions on the figures of a scene; the right answer follows from their values.

    `names` are those of area codes, for maps, which find their names with the polygons.
    """
    figures = [part.spec for part in rendered.parts if part.kind == "figure" and part.spec]
    measures = [each for spec in figures for each in drawn_values(spec, names=names)]
    asked = [_extreme(each, is_highest=high) for each in measures for high in (True, False)]
    by_text = {question.text: question for question in asked if question}
    return tuple(by_text.values())


def _extreme(drawn: DrawnValues, *, is_highest: bool) -> Question | None:
    """Ask for the highest or the lowest, beside the values that come nearest to it.

    Of those that tie for it one is among the choices, and the question says so. The order of the
    choices tells nothing: it is that of the names.
    """
    ordered = sorted(drawn.values, key=lambda pair: (pair[1], pair[0]), reverse=is_highest)
    right, best = ordered[0]
    others = [name for name, value in ordered if value != best][:OTHERS]
    if not others:
        return None
    labels = sorted([right, *others])
    choices = tuple(Choice(str(place), label) for place, label in enumerate(labels, start=1))
    answer = next(choice.key for choice in choices if choice.label == right)
    ties = sum(value == best for _, value in ordered)
    extreme = "大きい" if is_highest else "小さい"
    said = f"（同じ値が{ties}つあり、そのうちの一つが選択肢にあります）" if ties > 1 else ""
    text = f"これから見る図で、「{drawn.title}」が最も{extreme}のは{_ASKED[drawn.kind]}。{said}"
    return Question(text=text, choices=choices, answer=answer)
