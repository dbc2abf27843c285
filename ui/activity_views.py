"""The views of the page of programme items: their names, and what draws each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analytics.survey_results import other_surveys
from ui import (
    activity_areas,
    activity_counts,
    activity_matrix,
    activity_rates,
    activity_reasons,
    activity_stages,
    activity_start,
    activity_undone,
    calendar_view,
    checklist_view,
    coordinators_view,
    councils_view,
    cross_table_view,
    issues_view,
    notes_view,
    response_view,
    scenes_view,
)
from ui.activity_choice import Chosen
from ui.other_survey_view import LABEL, draw_other_surveys


@dataclass(frozen=True)
class View:
    """A view of the page; `framework` is the only one in which its questions are asked.

    Views of what staff write need no answers, and open before any survey is loaded; they cite
    what they show themselves. One with `own_year` lets the viewer choose its year.
    """

    label: str
    draw: Callable[[Chosen], None]
    framework: str | None = None
    needs_answers: bool = True
    cites_survey: bool = True
    own_year: bool = False


# The key stands in the address. A view of one framework is given a year of that framework.
VIEWS: dict[str, View] = {
    "rates": View("項目別の割合とR2・R3の対応", activity_rates.draw),
    "matrix": View("市町村×項目", activity_matrix.draw),
    "undone": View("まだの市町村（オ・キ、目指す姿など）", activity_undone.draw),
    "areas": View("圏域・規模別の割合", activity_areas.draw),
    "counts": View("項目数の地図と順位", activity_counts.draw),
    "start": View("着手年度と項目ごとの推移", activity_start.draw),
    "reasons": View("実施していない理由", activity_reasons.draw, framework="h27r2"),
    "stages": View("段階（①→②→③）", activity_stages.draw),
    "issues": View("課題の比較（二つのグループ）", issues_view.draw),
    "scenes": View("場面×段階・PDCA", scenes_view.draw, framework="r3"),
    "councils": View("協議体と開催圏域", councils_view.draw, framework="r3"),
    "coordinators": View("コーディネーター・拠点・医師会", coordinators_view.draw),
    "response": View("回答状況（未回収の一覧）", response_view.draw),
    "notes": View(
        "覚え書き（数値にできない情報）",
        notes_view.draw,
        needs_answers=False,
        cites_survey=False,
    ),
    "calendar": View(
        "研修・協議体のカレンダー",
        calendar_view.draw,
        needs_answers=False,
        cites_survey=False,
        own_year=True,
    ),
    "checklist": View(
        "基本指針（告示第18号）の確認表",
        checklist_view.draw,
        needs_answers=False,
        cites_survey=False,
    ),
    "cross": View(
        "地域支援事業の横断表（5×5）",
        cross_table_view.draw,
        needs_answers=False,
        cites_survey=False,
    ),
}


def _draw_other_surveys(chosen: Chosen) -> None:
    draw_other_surveys({"municipality": chosen.region})


OTHER_SURVEYS = View(
    LABEL, _draw_other_surveys, needs_answers=False, cites_survey=False, own_year=True
)


def views() -> dict[str, View]:
    """Return the views on offer: that of other surveys only where the catalogue has one."""
    return VIEWS | ({"surveys": OTHER_SURVEYS} if other_surveys("municipality") else {})
