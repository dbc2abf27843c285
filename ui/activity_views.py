"""The views of the page of programme items: their names, and what draws each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui import (
    activity_matrix,
    activity_rates,
    coordinators_view,
    councils_view,
    issues_view,
    response_view,
    scenes_view,
)
from ui.activity_choice import Chosen


@dataclass(frozen=True)
class View:
    """A view of the page; `framework` is the only one in which its questions are asked."""

    label: str
    draw: Callable[[Chosen], None]
    framework: str | None = None


# The key stands in the address. A view of one framework is given a year of that framework.
VIEWS: dict[str, View] = {
    "rates": View("項目別の割合とR2・R3の対応", activity_rates.draw),
    "matrix": View("市町村×項目", activity_matrix.draw),
    "issues": View("課題の比較（二つのグループ）", issues_view.draw),
    "scenes": View("場面×段階・PDCA", scenes_view.draw, framework="r3"),
    "councils": View("協議体と開催圏域", councils_view.draw, framework="r3"),
    "coordinators": View("コーディネーター・拠点・医師会", coordinators_view.draw),
    "response": View("回答状況（未回収の一覧）", response_view.draw),
}
