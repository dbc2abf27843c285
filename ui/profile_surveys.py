"""What an area itself answered to the surveys that have no part of their own on its sheet."""

from __future__ import annotations

from analytics.survey_results import GAPS, KINDS, other_surveys, survey_results
from data.era import fiscal_year_label
from exports.columns import ColumnLabel
from exports.sections import Section
from ui.selection import Area
from ui.store import ask
from ui.survey_scope import loaded_years, survey_region

KEY = "survey_"
COLUMNS = {"item_label": ColumnLabel("設問"), "words": ColumnLabel("回答")}


def survey_sections(area: Area) -> list[Section]:
    """Return one section a survey that the area answers, of its newest year with answers."""
    respondent, code = _respondent(area)
    if not code:
        return []
    found = []
    for survey_id, form in other_surveys(respondent).items():
        if years := loaded_years(survey_id):
            found.append(_section(survey_id, form.label, code, max(years)[0]))
    return found


def _respondent(area: Area) -> tuple[str, str | None]:
    """Return what the area is as a respondent; a ward answers as its city."""
    if area.area_type in ("prefecture", "health_center_area"):
        return area.area_type, area.code
    if area.area_type in ("municipality", "designated_city"):
        return "municipality", area.code
    if area.area_type == "ward":
        return "municipality", survey_region(area).own_area
    return "", None


def _section(survey_id: str, label: str, code: str, year: int) -> Section:
    results = ask(survey_results, survey_id=survey_id, area_code=code, fiscal_year=year)
    results = results[results["area_code"] == code].reset_index(drop=True)
    kinds = results["category"].value_counts()
    title = f"{label}　{fiscal_year_label(year)}"
    if results.empty or set(results["category"]) == {"absent"}:
        sentence = f"{fiscal_year_label(year)}の、この地域の回答票はありません。"
        return Section(f"{KEY}{survey_id}", title, sentence, results.iloc[:0], COLUMNS)
    gaps = [f"{KINDS[gap]}{int(kinds[gap])}" for gap in GAPS if kinds.get(gap, 0)]
    answered = len(results) - int(sum(kinds.get(gap, 0) for gap in GAPS))
    sentence = f"{len(results)}問のうち、{'、'.join([f'回答{answered}', *gaps])}。"
    return Section(f"{KEY}{survey_id}", title, sentence, results[list(COLUMNS)], COLUMNS)
