"""The planning sheet of an area, filled with what its data say and what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.profile_extremes import away_from_aim, beyond_chance, extremes
from analytics.profile_issues import named_issues
from analytics.profile_population import GROUPS
from analytics.profile_programme import newest_years
from data.catalogue import load_catalogue
from data.catalogue.indicator import DIMENSION_LABELS, POLARITY_LABELS, IndicatorEntry
from data.era import fiscal_year_label
from exports.planning_sheet import INDICATOR_COLUMNS, STANDING_COLUMNS, STEPS, PlanningSheet, Step
from exports.sections import AreaSheet, Bars, Section
from ui.profile_sections import PER, with_unit
from ui.profile_sheet import MUNICIPAL
from ui.selection import Area
from ui.store import ask

MOST_INDICATORS = 6
LECTURE = "001"
SIGNS = "▲は基準より高い、▼は低い（良し悪しではない）。1万人対は75歳以上人口1万人あたり。"
FUTURE_GROUPS = (GROUPS["age_75_plus"], GROUPS["age_85_plus"])
_STAGES = {"structure": "S", "process": "P", "outcome": "O"}
_ORDER = list(_STAGES)
_LISTED = 3


def stage_label(entry: IndicatorEntry) -> str:
    """Return the stage of an indicator, such as S：ストラクチャー."""
    return f"{_STAGES[entry.dimension]}：{DIMENSION_LABELS[entry.dimension]}"


@lru_cache(maxsize=256)
def suggested(sheet: AreaSheet) -> tuple[str, ...]:
    """Return the indicators to begin with: on the undesired side, then those that stand out."""
    high, low = extremes(beyond_chance(sheet.rows))
    notable = pd.concat([high, low])
    order = notable["distance"].abs().sort_values(ascending=False, kind="stable").index
    keys = [*away_from_aim(sheet.rows)["indicator_id"], *notable.loc[order, "indicator_id"]]
    return tuple(dict.fromkeys(str(key) for key in keys))[:_LISTED]


def planning_sheet(
    area: Area,
    sheet: AreaSheet,
    *,
    benchmark: tuple[str, str],
    period: str,
    written: Mapping[str, str],
    picked: tuple[str, ...],
    targets: Mapping[str, str],
) -> PlanningSheet:
    """Return the sheet of an area; `written` by step, `targets` by indicator."""
    made = _unwritten(area, sheet, benchmark[1], period, picked)
    titles = {entry.title: key for key, entry in load_catalogue().indicators.items()}
    targets_in_order = [targets.get(titles[title], "") for title in made.indicators["title"]]
    return replace(
        made,
        steps=tuple(replace(step, written=written.get(step.key, "")) for step in made.steps),
        indicators=made.indicators.assign(target=targets_in_order),
    )


@lru_cache(maxsize=256)
def _unwritten(
    area: Area, sheet: AreaSheet, benchmark_name: str, period: str, picked: tuple[str, ...]
) -> PlanningSheet:
    """Return what the data say, made once for all viewers."""
    return PlanningSheet(
        area_code=area.code,
        area_name=area.name,
        title=f"{area.name}　検討シート　{period}　基準：{benchmark_name}",
        bars=_bars(sheet),
        standing=_standing(sheet.rows),
        steps=_steps(area, sheet, benchmark_name),
        indicators=indicator_rows(sheet.rows, picked),
        source=sheet.source,
    )


def _bars(sheet: AreaSheet) -> tuple[Bars, ...]:
    """Return the older groups only, beside which the whole population would dwarf them."""
    if not sheet.bars or len(sheet.bars[0].series) < 2:
        return ()
    whole = sheet.bars[0]
    kept = [n for n, label in enumerate(whole.categories) if label in FUTURE_GROUPS]
    series = tuple((name, tuple(values[n] for n in kept)) for name, values in whole.series)
    return (replace(whole, categories=tuple(whole.categories[n] for n in kept), series=series),)


def _standing(rows: pd.DataFrame) -> pd.DataFrame:
    high, low = extremes(beyond_chance(rows), count=_LISTED)
    entries = load_catalogue().indicators
    found = pd.concat([high, low])
    frame = pd.DataFrame(
        {
            "title": found["title"],
            "stage": [_STAGES[entries[key].dimension] for key in found["indicator_id"]],
            "with_unit": [
                with_unit(printed, unit.replace(*PER))
                for printed, unit in zip(found["printed"], found["unit"], strict=True)
            ],
            "benchmark": found["benchmark_printed"],
            "side": ["▲" if distance > 0 else "▼" for distance in found["distance"]],
        },
        columns=list(STANDING_COLUMNS),
    )
    return frame.reset_index(drop=True)


def indicator_rows(rows: pd.DataFrame, picked: tuple[str, ...]) -> pd.DataFrame:
    """Return the picked indicators by stage: value, definition and source; no target yet."""
    entries = load_catalogue().indicators
    values = rows.set_index("indicator_id").to_dict("index")
    keys = sorted(
        (key for key in picked if key in entries),
        key=lambda key: _ORDER.index(entries[key].dimension),
    )
    found = [_indicator_row(entries[key], values.get(key)) for key in keys]
    return pd.DataFrame(found, columns=list(INDICATOR_COLUMNS))


def _indicator_row(entry: IndicatorEntry, row: Mapping[str, Any] | None) -> dict[str, str]:
    known = row is not None and pd.notna(row["value"])
    now = with_unit(str(row["printed"]), entry.unit.replace(*PER)) if row else "データなし"
    return {
        "title": entry.title,
        "stage": stage_label(entry),
        "now": now,
        "period": str(row["period_label"]) if row and known else "",
        "target": "",
        "definition": f"{entry.definition}（{POLARITY_LABELS[entry.polarity]}）",
        "source": f"{entry.source_title}・{entry.cycle}",
    }


def _steps(area: Area, sheet: AreaSheet, benchmark_name: str) -> tuple[Step, ...]:
    parts = {section.key: section for section in sheet.sections}
    facts = {
        "quantity": _quantity(sheet, parts),
        "quality": _quality(parts),
        "problem": _problems(area, sheet, parts, benchmark_name),
        "ideal": [_ideal()],
        "activity": _activities(parts),
    }
    return tuple(replace(step, facts=tuple(facts.get(step.key, ()))) for step in STEPS)


def _quantity(sheet: AreaSheet, parts: Mapping[str, Section]) -> list[str]:
    facts = [parts["resources"].sentence, SIGNS]
    for bars in _bars(sheet):
        (now, before), (later, after) = bars.series
        told = [
            f"{label} {before[n]:,.0f}人→{after[n]:,.0f}人（{after[n] / before[n]:.2f}倍）"
            for n, label in enumerate(bars.categories)
            if before[n]
        ]
        facts.insert(0, f"{now}→{later}：{'、'.join(told)}")
    return facts


def _ideal() -> str:
    title = load_catalogue().documents[LECTURE].title.partition("（")[0]
    return f"例「長生きするなら●●区が一番」「在宅看取りを地域の文化に」（講演資料「{title}」）"


def _quality(parts: Mapping[str, Section]) -> list[str]:
    issues = parts["issues"]
    open_ones = issues.frame[issues.frame["state"] != "解決"]
    lines = [f"{row.scene}：{row.text}" for row in open_ones.head(_LISTED).itertuples()]
    return ["課題の記録から　" + "　".join(lines)] if lines else []


def _problems(
    area: Area, sheet: AreaSheet, parts: Mapping[str, Section], benchmark_name: str
) -> list[str]:
    away = away_from_aim(sheet.rows)
    facts = [
        f"{row.title} {with_unit(str(row.printed), str(row.unit))}"
        f"（{benchmark_name} {row.benchmark_printed}）"
        for row in away.itertuples()
    ]
    years: dict[str, int] = ask(newest_years)
    if area.area_type in MUNICIPAL and years:
        fiscal_year = max(years.values())
        named = ask(named_issues, area_code=area.code, fiscal_year=fiscal_year)
        if named is not None:
            told = "、".join(named) or "課題なし"
            facts.append(f"{fiscal_year_label(fiscal_year)}の調査で挙げた課題：{told}")
    if "shared" in parts and not parts["shared"].frame.empty:
        facts.append(parts["shared"].sentence)
    return facts


def _activities(parts: Mapping[str, Section]) -> list[str]:
    facts = []
    gaps = parts.get("gaps")
    if gaps is not None:
        names = "、".join(gaps.frame["label"].head(_LISTED)) if len(gaps.frame) else ""
        facts.append(gaps.sentence + (f"（{names}）" if names else ""))
    wanted = parts.get("support")
    if wanted is not None and len(wanted.frame):
        facts.append(f"希望する支援：{'、'.join(wanted.frame['label'].head(_LISTED))}")
    return facts
