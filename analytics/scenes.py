"""Scenes and aspects by stage (goal, current state, action, indicator), asked from FY2021."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.form_answers import (
    GAP_WORDS,
    extreme_rate,
    form_answers,
    in_words,
    named_most,
    wide_answers,
)

SCENES = {
    "scene_daily": "日常の療養支援",
    "scene_transition": "入退院支援",
    "scene_acute": "急変時の対応",
    "scene_eol": "看取り",
    "aspect_dementia": "認知症の局面",
    "aspect_infection": "感染症の局面",
    "aspect_disaster": "災害の局面",
}
STAGES = {
    "goal": "目指す姿",
    "current": "現状の把握",
    "action": "取組",
    "indicator": "評価指標",
}
ASKED = tuple(
    f"{scene}_{stage}"
    for scene in SCENES
    for stage in STAGES
    if scene.startswith("scene_") or stage == "action"
)
PERIOD, GOAL = "pdca_period", "goal_setting"
_DONE = "1"


def scene_answers(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return the answers on scenes and aspects, on goals and on the improvement cycle."""
    return form_answers(
        con, area_code=area_code, fiscal_year=fiscal_year, question_ids=(*ASKED, GOAL, PERIOD)
    )


def scene_rates(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per scene and stage: done ÷ answering in per cent, and the gaps apart.

    rate is null where nobody answered, and where the form has no such question (asked is False).
    """
    groups = dict(iter(answers.groupby("question_id")))
    rows = []
    for scene, scene_label in SCENES.items():
        for stage, stage_label in STAGES.items():
            question = f"{scene}_{stage}"
            found = groups.get(question, answers.head(0))
            counts = found["status"].value_counts()
            answering = int(counts.get("observed", 0))
            done = int((found["value"] == _DONE).sum())
            rows.append({
                "scene": scene, "stage": stage, "question_id": question,
                "scene_label": scene_label, "stage_label": stage_label,
                "done": done, "answering": answering, "expected": len(found),
                "rate": 100 * done / answering if answering else None,
                "asked": question in ASKED and counts.get("not_asked", 0) < len(found),
                **{gap: int(counts.get(gap, 0)) for gap in GAP_WORDS if gap != "not_asked"},
            })  # fmt: skip
    return pd.DataFrame(rows).astype({"rate": "float64"})


def own_words(answers: pd.DataFrame, *, area_code: str) -> dict[str, str]:
    """Return the answers of one municipality in words, by question."""
    rows = answers[answers["area_code"] == area_code]
    columns = (rows[name].tolist() for name in ("question_id", "value", "status"))
    return {q: in_words(q, value, status) for q, value, status in zip(*columns, strict=True)}


def scene_table(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per municipality: scenes done at each stage, and every answer in words.

    goals, actions, … count the answers あり; they are missing where none of them was answered.
    """
    wide = wide_answers(answers)
    if wide.empty:
        return wide
    for stage in STAGES:
        questions = [question for question in ASKED if question.endswith(f"_{stage}")]
        answered = (wide[[f"{q}_status" for q in questions]] == "observed").any(axis=1)
        count = (wide[questions] == _DONE).sum(axis=1)
        wide[f"{stage}_count"] = count.where(answered).astype("Int64")
    for question in (*ASKED, GOAL, PERIOD):
        pairs = zip(wide[question], wide[f"{question}_status"], strict=True)
        wide[question] = [in_words(question, value, status) for value, status in pairs]
    return wide.drop(columns=[name for name in wide if str(name).endswith("_status")])


def contradictions(answers: pd.DataFrame) -> list[str]:
    """Name the municipalities whose answers contradict each other: a goal by scene in none."""
    wide = wide_answers(answers)
    if wide.empty:
        return []
    goals = [question for question in ASKED if question.endswith("_goal")]
    told = wide[[f"{question}_status" for question in goals]].isin(["observed", "not_asked"])
    none_set = (wide[goals] == "0").any(axis=1) & ~(wide[goals] == "1").any(axis=1)
    none_set &= told.all(axis=1)
    claimed = wide[GOAL].isin(["1", "2", "3"])
    return [str(name) for name in wide.loc[none_set & claimed, "area_name"]]


def scene_sentence(rates: pd.DataFrame, *, area_name: str, year_label: str) -> str:
    """Say at which scene and stage most and fewest municipalities are."""
    known = rates[rates["asked"]].dropna(subset=["rate"])
    if known.empty:
        return f"{area_name}の{year_label}は、場面別の設問に答えた市町村がありません。"
    if known["rate"].nunique() == 1:
        same = known["rate"].iloc[0]
        return f"{area_name}の{year_label}は、どの場面のどの段階も{same:.1f}％で同じです。"
    named = known.assign(label=known["scene_label"] + "の" + known["stage_label"])
    most, fewest = (extreme_rate(named, least=least, unit="市町村") for least in (False, True))
    return f"{area_name}の{year_label}は、最も多いのは{most}、最も少ないのは{fewest}です。"


def cycle_sentence(periods: pd.DataFrame, *, area_name: str, year_label: str) -> str:
    """Say how many have decided when to look back on their plan, and the commonest interval."""
    answering = int(periods["answering"].max())
    if not answering:
        return f"{area_name}の{year_label}は、改善の目安期間を答えた市町村がありません。"
    decided = periods[periods["code"] != "unknown"]
    count = int(decided["municipalities"].sum())
    opening = (
        f"{area_name}の{year_label}は、改善の目安期間を決めている市町村が、"
        f"回答{answering:,}のうち{count:,}（{100 * count / answering:.1f}％）です。"
    )
    if not count:
        return opening
    most = int(decided["municipalities"].max())
    return f"{opening}最も多い期間は{named_most(decided)}（{most:,}市町村）です。"
