"""How far each municipality is in the stages of a framework, in their order."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.activities import municipal_answers
from analytics.survey_status import ANSWERING_KEYS
from data.catalogue import load_catalogue
from data.catalogue.programme import ProgrammeGroup

# The state of a stage, by how many of its items are carried out.
STATES = {"all": "すべて実施", "some": "一部を実施", "no": "まだ", "silent": "回答なし"}
NONE_REACHED = "badge_0"
SILENT = "badge_silent"


def stages_of(framework: str) -> list[ProgrammeGroup]:
    """Return the stages of a framework in their order."""
    groups = load_catalogue().programme.groups.values()
    return sorted((g for g in groups if g.framework == framework), key=lambda g: g.order)


def municipal_stages(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return area_code, area_name, badge and, for each stage, its state and items done.

    A stage is passed when all its items are carried out but those that do not apply; an item
    without answer does not pass. A stage with no answer is silent. The badge is the last stage up
    to which all are passed, badge_0 where the first is not, badge_silent where nothing was
    answered.
    """
    answers = municipal_answers(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year
    )
    groups = {item.key: item.group for item in load_catalogue().programme.items_of(framework)}
    told = answers.assign(
        stage=answers["item_key"].map(groups),
        done=answers["category"] == "done",
        answered=answers["category"].isin(ANSWERING_KEYS),
        needed=answers["category"] != "not_applicable",
    )
    keys = ["area_code", "area_name", "stage"]
    sums = told.groupby(keys, sort=False)[["done", "answered", "needed"]].sum()
    state = pd.Series("some", index=sums.index, dtype="str")
    state = state.mask(sums["done"] == sums["needed"], "all").mask(sums["done"] == 0, "no")
    state = state.mask(sums["answered"] == 0, "silent")
    names = [stage.key for stage in stages_of(framework) if stage.key in set(told["stage"])]
    wide = state.unstack("stage").reindex(columns=names)
    wide["badge"] = [_badge(row) for row in wide[names].to_numpy().tolist()]
    printed = (sums["done"].astype(str) + "/" + sums["needed"].astype(str)).unstack("stage")
    counts = printed.reindex(columns=names).add_suffix("_items")
    return wide.join(counts).reset_index().rename_axis(columns=None)


def _badge(states: list[str]) -> str:
    if all(state == "silent" for state in states):
        return SILENT
    reached = next((at for at, state in enumerate(states) if state != "all"), len(states))
    return f"badge_{reached}"


def nothing_done(frame: pd.DataFrame, *, framework: str) -> pd.Series:
    """Tell of each municipality that answered whether no item of any stage is carried out."""
    states = frame[[stage.key for stage in stages_of(framework) if stage.key in frame]]
    return (frame["badge"] == NONE_REACHED) & ~states.isin(["all", "some"]).any(axis=1)


def badge_labels(framework: str) -> dict[str, str]:
    """Return the words of each badge, from the last to the first."""
    stages = stages_of(framework)
    marks = [stage.label.split()[0] for stage in stages]
    labels = {f"badge_{at}": f"{''.join(marks[:at])}まで実施" for at in range(len(stages), 0, -1)}
    return labels | {NONE_REACHED: f"{marks[0]}の途中・これから", SILENT: "回答なし"}


def stages_sentence(frame: pd.DataFrame, *, area_name: str, year_label: str, framework: str) -> str:
    """Say how many municipalities have passed which stages, and how many have none behind them."""
    counts = frame["badge"].value_counts()
    silent = int(counts.get(SILENT, 0))
    answering = len(frame) - silent
    opening = f"{area_name}の{year_label}は、"
    if not answering:
        return f"{opening}回答した市町村がないため、段階を示せません。"
    parts = [
        f"{label}が{int(counts[key]):,}"
        for key, label in badge_labels(framework).items()
        if key != SILENT and counts.get(key, 0)
    ]
    tail = f"回答のない{silent:,}市町村は数えていません。" if silent else ""
    return f"{opening}回答した{answering:,}市町村のうち、{'、'.join(parts)}です。{tail}"


def behind_sentence(frame: pd.DataFrame, *, area_name: str, year_label: str, framework: str) -> str:
    """Name the municipalities that answered and have not passed the first stage."""
    first = stages_of(framework)[0].label
    behind = frame[frame["badge"] == NONE_REACHED]
    opening = f"{area_name}の{year_label}に「{first}」の項目をすべては行っていないのは"
    if (frame["badge"] == SILENT).all():
        return f"{area_name}の{year_label}は、回答した市町村がないため、段階を示せません。"
    if behind.empty:
        return f"{opening}、回答した市町村の中にありません。"
    names = "、".join(behind["area_name"].head(5)) + ("など" if len(behind) > 5 else "")
    return f"{opening}、{names}の{len(behind):,}市町村です。"
