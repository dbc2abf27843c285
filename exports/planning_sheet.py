"""The planning sheet: six steps on one page, what the data say and what people write."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from exports.columns import ColumnLabel
from exports.sections import Bars

STANDING_COLUMNS = {
    "title": ColumnLabel("目立つ指標"),
    "stage": ColumnLabel("段階"),
    "with_unit": ColumnLabel("値"),
    "benchmark": ColumnLabel("基準"),
    "side": ColumnLabel("差"),
}
INDICATOR_COLUMNS = {
    "title": ColumnLabel("指標"),
    "stage": ColumnLabel("段階"),
    "now": ColumnLabel("いまの値"),
    "period": ColumnLabel("時点"),
    "target": ColumnLabel("目標"),
    "definition": ColumnLabel("定義"),
    "source": ColumnLabel("出典・更新"),
}


@dataclass(frozen=True)
class Step:
    """One of the six steps: its question, what the data say, and what was written."""

    key: str
    title: str
    prompt: str
    facts: tuple[str, ...] = ()
    written: str = ""


@dataclass(frozen=True, eq=False)
class PlanningSheet:
    """One area's plan in six steps; without an area it is the blank form."""

    area_code: str
    area_name: str
    title: str
    bars: tuple[Bars, ...]
    standing: pd.DataFrame
    steps: tuple[Step, ...]
    indicators: pd.DataFrame
    source: tuple[str, ...]

    def step(self, key: str) -> Step:
        """Return the step of that key, or raise KeyError."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)


STEPS = (
    Step("quantity", "① 定量的な現状", "数字から気づくこと"),
    Step("quality", "② 定性的な現状", "現場の声"),
    Step("problem", "③ 課題", "だれが、なぜ困るか"),
    Step("ideal", "④ 目指す理想像", "どんな地域に"),
    Step("activity", "⑤ 取組", "だれが、いつ、何を"),
    Step("target", "⑥ 指標", "いつ、どうなればよいか"),
)


def blank_planning_sheet() -> PlanningSheet:
    """Return the form for paper: questions, frames and empty rows."""
    rows = pd.DataFrame("", index=range(6), columns=list(INDICATOR_COLUMNS))
    return PlanningSheet(
        area_code="",
        area_name="",
        title="在宅医療・介護連携推進事業　検討シート　市区町村名（　　　　　　　　）",
        bars=(),
        standing=pd.DataFrame("", index=range(6), columns=list(STANDING_COLUMNS)),
        steps=STEPS,
        indicators=rows,
        source=(),
    )
