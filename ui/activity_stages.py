"""How far the municipalities are in the stages of the framework: badges, and stage by stage."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.activities_members import prefecture_names
from analytics.activities_table import framework_columns
from analytics.stages import (
    NONE_REACHED,
    SILENT,
    STATES,
    badge_labels,
    behind_sentence,
    municipal_stages,
    nothing_done,
    stages_of,
    stages_sentence,
)
from charts import theme
from charts.answer_style import ANSWER_STYLES, AnswerStyle
from charts.status_bars import status_bars
from charts.status_matrix import status_matrix
from data.catalogue import load_catalogue
from ui import blocks
from ui import survey_columns as columns
from ui.activity_choice import Chosen
from ui.activity_parts import Picture, Table, show_picture
from ui.blocks import ColumnLabel
from ui.store import ask, served

# The kinds of answer whose symbol and colour stand for the state of a stage.
_AS_ANSWER = {"all": "done", "some": "partial", "no": "none", "silent": "unanswered"}
_BADGE_COLUMNS = {
    **columns.FRAMEWORK_AND_YEAR,
    "row": ColumnLabel("地域"),
    "badge_label": ColumnLabel("段階"),
    "respondents": ColumnLabel("市町村数", "市町村", 0),
}
_HOW = (
    "段階は国の図の順です：①がすべて済むと②、②まですべて済むと③に進んだとします。"
    "段階の項目をすべて実施していれば「すべて実施」。該当なしの項目は除き、未回答の項目があれば"
    "「すべて実施」とはしません。②と③は並行して行ってもよいので、段階ごとの状況も示します。"
)


def draw(chosen: Chosen) -> None:
    """Draw the badges of the region, and the stages of every municipality or prefecture."""
    made = _badges(served(), chosen)
    show_picture(made, chosen, key="badges")
    if chosen.region.code == "00":
        blocks.notes(["都道府県を選ぶと、市町村ごとの段階を示します。"])
    else:
        show_picture(_matrix(served(), chosen), chosen, key="stages")
    blocks.definition("段階の数え方", f"{_members(chosen.framework)}\n{_HOW}")


def _members(framework: str) -> str:
    programme = load_catalogue().programme
    lines = [
        f"{stage.label}："
        + "、".join(i.short_label for i in programme.items_of(framework) if i.group == stage.key)
        for stage in stages_of(framework)
    ]
    return "\n".join(lines)


def _stages(chosen: Chosen) -> pd.DataFrame:
    found: pd.DataFrame = ask(
        municipal_stages,
        area_code=chosen.region.code,
        framework=chosen.framework,
        fiscal_year=chosen.fiscal_year,
    )
    return found


def _badge_styles(framework: str) -> dict[str, AnswerStyle]:
    """Return a colour and sign for each badge, darkest for the last stage."""
    fills = {3: theme.SEQUENTIAL[4], 2: theme.SEQUENTIAL[3], 1: theme.SEQUENTIAL[1]}
    signs = {3: "●", 2: "▲", 1: "△"}
    styles = {
        f"badge_{at}": AnswerStyle(signs.get(at, "●"), fills.get(at, fills[3]), theme.INK)
        for at in range(1, len(stages_of(framework)) + 1)
    }
    return styles | {"badge_0": ANSWER_STYLES["none"], SILENT: ANSWER_STYLES["unanswered"]}


def _by_badge(chosen: Chosen, frame: pd.DataFrame) -> pd.DataFrame:
    """Return how many carry each badge: of the region, and in the nation of each prefecture."""
    parts = [frame.assign(row=f"{chosen.region.name}（全体）", code="")]
    if chosen.region.code == "00":
        code = frame["area_code"].str[:2]
        named = frame.assign(row=code.map(ask(prefecture_names)), code=code)
        parts.append(named.sort_values("code"))
    counts = pd.concat(parts).groupby(["code", "row", "badge"], sort=False).size()
    table = counts.rename("respondents").reset_index()
    answering = table[table["badge"] != SILENT].groupby("row")["respondents"].sum()
    return table.assign(
        badge_label=table["badge"].map(badge_labels(chosen.framework)),
        category=table["badge"],
        item_label=table["row"],
        item_short=table["row"],
        end_text=[f"回答 {int(answering.get(row, 0)):,}" for row in table["row"]],
        **framework_columns(chosen.framework, chosen.fiscal_year),
    )


@lru_cache(maxsize=128)
def _badges(store_key: str, chosen: Chosen) -> Picture:
    frame = _stages(chosen)
    table = _by_badge(chosen, frame)
    return Picture(
        table=Table(
            title=f"{chosen.region.name}の市町村が進んだ段階（{chosen.year_label}）",
            stem=f"activities_stages_{chosen.region.code}_{chosen.fiscal_year}",
            frame=table,
            columns=_BADGE_COLUMNS,
        ),
        figure=status_bars(
            table,
            labels=badge_labels(chosen.framework),
            axis_title="対象の市町村に占める割合",
            total=None,
            styles=_badge_styles(chosen.framework),
        ),
        sentence=_sentence(frame, chosen),
    )


def _sentence(frame: pd.DataFrame, chosen: Chosen) -> str:
    return stages_sentence(
        frame,
        area_name=chosen.region.name,
        year_label=chosen.year_label,
        framework=chosen.framework,
    )


@lru_cache(maxsize=128)
def _matrix(store_key: str, chosen: Chosen) -> Picture:
    """Return the state of every stage of each municipality, its badge behind the name."""
    frame, framework = _stages(chosen), chosen.framework
    stages = [stage for stage in stages_of(framework) if stage.key in frame]
    badges = frame["badge"].map(badge_labels(framework))
    long = frame.melt(
        id_vars=["area_code", "area_name"],
        value_vars=[stage.key for stage in stages],
        var_name="stage",
        value_name="state",
    )
    labels = {stage.key: stage.label for stage in stages}
    return Picture(
        table=Table(
            title=f"{chosen.region.name}の市町村ごとの段階（{chosen.year_label}）",
            stem=f"activities_stages_by_municipality_{chosen.region.code}_{chosen.fiscal_year}",
            frame=_printed(frame, badges, framework, chosen.fiscal_year),
            columns=_columns(labels),
        ),
        figure=_figure(long, labels, _marks(frame, framework), chosen),
        sentence=behind_sentence(
            frame,
            area_name=chosen.region.name,
            year_label=chosen.year_label,
            framework=framework,
        ),
    )


def _marks(frame: pd.DataFrame, framework: str) -> dict[str, str]:
    """Return by municipality the stages behind it, in as few letters as fit behind a name."""
    short = {key: words.removesuffix("まで実施") for key, words in badge_labels(framework).items()}
    short |= {NONE_REACHED: "途中", SILENT: ""}
    marks = frame["badge"].map(short).mask(nothing_done(frame, framework=framework), "これから")
    return dict(zip(frame["area_code"], marks, strict=True))


def _figure(
    long: pd.DataFrame, labels: dict[str, str], badges: dict[str, str], chosen: Chosen
) -> dict[str, Any]:
    return status_matrix(
        long.assign(
            item_label=long["stage"].map(labels), category=long["state"].map(_AS_ANSWER)
        ).sort_values("area_code", kind="stable"),
        labels={_AS_ANSWER[state]: words for state, words in STATES.items()},
        items=list(labels.values()),
        own_area=chosen.region.own_area,
        notes=badges,
    )


def _printed(
    frame: pd.DataFrame, badges: pd.Series, framework: str, fiscal_year: int
) -> pd.DataFrame:
    states = {
        stage.key: frame[stage.key].map(STATES)
        for stage in stages_of(framework)
        if stage.key in frame
    }
    named = frame.assign(badge_label=badges, **framework_columns(framework, fiscal_year))
    return named.assign(**states)


def _columns(labels: dict[str, str]) -> dict[str, ColumnLabel]:
    stages: dict[str, ColumnLabel] = {}
    for key, label in labels.items():
        stages[key] = ColumnLabel(label)
        stages[f"{key}_items"] = ColumnLabel(f"{label.split()[0]} 実施／項目")
    return {
        **columns.FRAMEWORK_AND_YEAR,
        "area_code": ColumnLabel("団体コード"),
        "area_name": ColumnLabel("市町村"),
        "badge_label": ColumnLabel("進んだ段階"),
        **stages,
    }
