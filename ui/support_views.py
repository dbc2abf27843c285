"""The views of the page of prefectural support: their names, and what draws each."""

from __future__ import annotations

from collections.abc import Callable

from analytics.survey_results import other_surveys
from ui import (
    support_change,
    support_discharge,
    support_headings,
    support_health_centres,
    support_shares,
    support_unmet,
    support_years,
)
from ui.other_survey_view import LABEL, draw_other_surveys
from ui.selection import NATION, Area, area_of
from ui.support_choice import Chosen
from ui.survey_scope import Region

# The key stands in the address.
VIEWS: dict[str, tuple[str, Callable[[Chosen], None]]] = {
    "shares": ("支援の割合と公表値", support_shares.draw),
    "unmet": ("希望と支援の突き合わせ", support_unmet.draw),
    "headings": ("支援の区分", support_headings.draw),
    "years": ("年度ごとの支援と課題", support_years.draw),
    "change": ("支援と実施の変化", support_change.draw),
    "centres": ("保健所と入退院ルール", support_health_centres.draw),
    "discharge": ("入退院時の情報提供", support_discharge.draw),
}

# Of these the viewer chooses survey and year in the view itself.
OTHER_SURVEYS = "surveys"
ANSWERING = ("prefecture", "health_center_area")


def labels() -> dict[str, str]:
    """Return the views on offer: that of other surveys only where the catalogue has one."""
    own = {key: label for key, (label, _) in VIEWS.items()}
    return own | ({OTHER_SURVEYS: LABEL} if any(map(other_surveys, ANSWERING)) else {})


def draw_others(area: Area) -> None:
    """Draw the surveys of all prefectures, or of health centres, without a view of their own."""
    nation = area_of(NATION)
    name = nation.name if nation else "全国"
    prefectures = Region(NATION, name, area.prefecture_code)
    centres = Region(NATION, name, None)
    if area.prefecture_code:
        own = area.code if area.area_type == "health_center_area" else None
        whole = area.prefecture_name or area.name
        centres = Region(area.prefecture_code, whole, own)
    draw_other_surveys(dict(zip(ANSWERING, (prefectures, centres), strict=True)))
