"""The area and fiscal year that the survey pages are about."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.areas import parents_of
from analytics.survey_status import survey_years
from data.era import fiscal_year_label
from ui.address import read
from ui.blocks import empty
from ui.selection import Area, choose
from ui.store import ask

HOW_TO_LOAD = """\
担当者が「調査の取り込み」で入れると表示されます。
サーバーを管理する人がまとめて入れるときは、次の形の Excel ブック（1様式・1年度で1冊）を、
　原資料のフォルダに置いてください。
・シート名は「回答」。A1「様式」B1 {survey_id}、A2「枠組」B2 h27r2 か r3、
　A3「年度」B3 2023 のような西暦の年度
・5行目に見出し、6行目に設問の記号（左の2列は area_code と area_name）、
　7行目から回答（コードのまま。複数回答は ; でつなぐ）
・空欄は未回答、「－」は該当なし、「***」は秘匿、「…」は欠測として読みます。0 にはしません
置いたあとに次を実行すると、このページに表示されます。
　python -m data build official --raw フォルダ名"""

HOW_COUNTED = (
    "割合＝実施÷回答（市町村数）。一部実施・実施予定・未実施・不明は回答に含み、実施には含めません。"
    "未回答・該当なし・秘匿・欠測・未公表・回答票なしは回答に含めず、それぞれ別に数えます。\n"
    "未回収＝調査票に回答（秘匿・欠測を含む）が一つもない市町村。"
    "回答票なし＝取り込んだ回答に行がない市町村。\n"
    "対象は各年度の10月1日に存在した市町村で、その後に合併した市町村も当時の年度には含みます。"
)


@dataclass(frozen=True)
class Region:
    """The area whose municipalities are counted, and the one to mark among them."""

    code: str
    name: str
    own_area: str | None


def survey_region(area: Area) -> Region:
    """Return the area itself where it has municipalities, else its prefecture."""
    if area.is_nation or "municipality" in area.level_choices or not area.prefecture_code:
        return Region(area.code, area.name, None)
    own = area.code
    if area.area_type == "ward":
        parents = ask(parents_of, area_code=area.code)
        cities = parents.loc[parents["area_type"] == "designated_city", "area_code"]
        own = next(iter(cities), own)
    return Region(area.prefecture_code, area.prefecture_name or area.prefecture_code, own)


def choose_fiscal_year(survey_id: str) -> tuple[int, str]:
    """Let the user choose among the loaded fiscal years; return the year and its framework."""
    years = ask(survey_years, survey_id=survey_id)
    frameworks = {str(y): str(f) for y, f in zip(years.fiscal_year, years.framework, strict=True)}
    options = {year: fiscal_year_label(int(year)) for year in sorted(frameworks, reverse=True)}
    chosen = choose("年度", options, param="fy", default=next(iter(options)))
    return int(chosen), frameworks[chosen]


def kept_fiscal_year(survey_id: str) -> tuple[int, str]:
    """Return the fiscal year in the address, else the last one loaded, and its framework."""
    frameworks = {str(year): framework for year, framework in loaded_years(survey_id)}
    kept = read("fy")
    year = kept if kept in frameworks else max(frameworks)
    return int(year), frameworks[year]


def loaded_years(survey_id: str) -> tuple[tuple[int, str], ...]:
    """Return the fiscal years with answers and their frameworks, in order."""
    years = ask(survey_years, survey_id=survey_id)
    return tuple((int(y), str(f)) for y, f in zip(years.fiscal_year, years.framework, strict=True))


def say_how_to_load(survey_id: str, what: str) -> None:
    """Say that no answers to a form are loaded and how to bring them in."""
    empty(what, HOW_TO_LOAD.format(survey_id=survey_id))


def has_answers(survey_id: str) -> bool:
    """Tell whether answers to a form are loaded."""
    return not ask(survey_years, survey_id=survey_id).empty
