"""What the basic guideline asks of municipalities: what staff noted, beside what was answered."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analytics.form_answers import in_words

GUIDELINE = (
    "介護保険事業に係る保険給付の円滑な実施を確保するための基本的な指針"
    "（令和6年厚生労働省告示第18号）第二の三の1（一）"
)
SHORT = {
    "share_vision": "姿の共有",
    "timetable": "実施時期",
    "indicators": "評価指標",
    "pdca": "PDCA",
    "medical_association": "医師会",
    "medical_functions": "医療計画",
    "end_of_life": "看取り",
    "dementia": "認知症",
    "infection": "感染症",
    "disaster": "災害",
}
# The question of the survey that comes nearest to what is asked; none for the others.
NEAREST = {
    "share_vision": "goal_setting",
    "timetable": "pdca_period",
    "indicators": "indicator_set",
    "pdca": "pdca_period",
    "medical_association": "council",
    "end_of_life": "scene_eol_action",
    "dementia": "aspect_dementia_action",
    "infection": "aspect_infection_action",
    "disaster": "aspect_disaster_action",
}
QUESTIONS = tuple(dict.fromkeys(NEAREST.values()))
STATES = {"yes": "done", "partly": "partial", "no": "none", "unknown": "unknown"}
WORDS = {
    "done": "している",
    "partial": "一部している",
    "none": "していない",
    "unknown": "確認中",
    "absent": "未記入",
}
_NO_QUESTION = "近い設問なし"


def checklist_states(
    entries: pd.DataFrame, places: pd.DataFrame, *, asked: Mapping[str, str]
) -> pd.DataFrame:
    """Return one row per municipality and thing asked: the state that staff noted, else absent.

    `places` has area_code and area_name; `asked` names what is asked, in order.
    """
    noted = {
        (str(code), str(subject)): STATES.get(str(state), "unknown")
        for code, subject, state in entries[["area_code", "subject", "state"]].to_numpy().tolist()
    }
    pairs = places[["area_code", "area_name"]].to_numpy().tolist()
    rows = [
        (code, name, key, SHORT.get(key, label), noted.get((code, key), "absent"))
        for code, name in pairs
        for key, label in asked.items()
    ]
    columns = ["area_code", "area_name", "item_key", "item_label", "category"]
    return pd.DataFrame(rows, columns=columns)


def counted_states(states: pd.DataFrame, *, asked: Mapping[str, str]) -> pd.DataFrame:
    """Return one row per thing asked and state: how many municipalities, for stacked bars."""
    sizes = states.groupby(["item_key", "category"]).size()
    rows = []
    for key, label in asked.items():
        counts = {state: int(sizes.get((key, state), 0)) for state in WORDS}
        filled = sum(counts.values()) - counts["absent"]
        end = f"している {counts['done']:,}\n記入 {filled:,}"
        rows += [
            {"item_key": key, "item_label": label, "item_short": SHORT.get(key, label),
             "end_text": end, "category": state, "respondents": number}
            for state, number in counts.items()
        ]  # fmt: skip
    return pd.DataFrame(rows)


def own_checklist(
    entries: pd.DataFrame, answers: pd.DataFrame, *, area_code: str, asked: Mapping[str, str]
) -> pd.DataFrame:
    """Return one row per thing asked of a municipality: the note of staff, the nearest answer."""
    mine = entries[entries["area_code"] == area_code].set_index("subject")
    told = {
        str(row["question_id"]): in_words(str(row["question_id"]), row["value"], row["status"])
        for row in answers[answers["area_code"] == area_code].to_dict("records")
    }
    rows = []
    for key, label in asked.items():
        noted = mine.loc[key].to_dict() if key in mine.index else {}
        state = STATES.get(str(noted.get("state")), "absent")
        question = NEAREST.get(key)
        rows.append({
            "item_key": key,
            "label": label,
            "state": WORDS[state],
            "note": noted.get("note") or "",
            "changed_by": noted.get("changed_by", ""),
            "changed_at": str(noted.get("changed_at", ""))[:10],
            "answer": told.get(question, "データなし") if question else _NO_QUESTION,
        })  # fmt: skip
    return pd.DataFrame(rows)


def checklist_sentence(states: pd.DataFrame, *, area_name: str) -> str:
    """Say how many municipalities have noted anything, and what fewest of them do."""
    filled = states[states["category"] != "absent"]
    places, noted = states["area_code"].nunique(), filled["area_code"].nunique()
    opening = f"{area_name}の{places:,}市町村のうち、確認表に記入があるのは{noted:,}です。"
    missing = filled.loc[filled["category"] == "none", "item_label"].value_counts()
    if missing.empty:
        return opening
    most = "".join(f"「{label}」" for label in missing[missing == missing.max()].index)
    return f"{opening}「していない」が最も多いのは{most}（{int(missing.max()):,}市町村）です。"


def own_checklist_sentence(rows: pd.DataFrame, *, area_name: str) -> str:
    """Say how many of the things asked are noted, and which are not done."""
    filled = rows[rows["state"] != WORDS["absent"]]
    if filled.empty:
        return f"{area_name}の確認表は、まだ記入がありません（{len(rows)}項目）。"
    done = int((filled["state"] == WORDS["done"]).sum())
    undone = "、".join(f"「{label}」" for label in
                       rows.loc[rows["state"] == WORDS["none"], "label"])  # fmt: skip
    opening = f"{area_name}は、{len(rows)}項目のうち{len(filled)}を記入、「している」は{done}です。"
    return f"{opening}「していない」は{undone}です。" if undone else opening
