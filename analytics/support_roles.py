"""The part of health centres, and how far discharge rules reach and are monitored."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.form_answers import named_most
from data.catalogue import load_catalogue

FORM = "prefectural_form"
ROLE, SCOPE, MONITORING = "hokenjo_role", "discharge_rule_scope", "rule_monitoring"
NO_PART = "none"
_SCOPES = {"all_pref": "done", "some": "partial", "none": "none"}

_ANSWERS = """
with final as (
    select
        area.area_code,
        area.name as area_name,
        answer.question_id,
        answer.value,
        coalesce(answer.status, 'absent') as status
    from area
    left join survey_answer as answer
        on answer.area_code = area.area_code
        and answer.survey_id = 'prefectural_form'
        and answer.fiscal_year = $fiscal_year
        and answer.question_id = $question_id
    where area.area_type = 'prefecture'
    order by area.area_code
)
select * from final
"""


def role_labels() -> dict[str, str]:
    """Return what health centres may do, by its code, without the answer that they do nothing."""
    allowed = load_catalogue().surveys[FORM].question(ROLE).allowed
    return {code: label for code, label in allowed.items() if code != NO_PART}


def part_labels() -> dict[str, str]:
    """Return the columns of the matrix: the roles, the reach of the rule, its monitoring."""
    return {
        **{f"role_{code}": label for code, label in role_labels().items()},
        SCOPE: "入退院ルール",
        MONITORING: "ルールの定期的な把握",
    }


def centre_parts(con: DuckDBPyConnection, *, fiscal_year: int) -> pd.DataFrame:
    """Return one row per prefecture and part with the kind of answer.

    done and none are as answered; a rule for some areas only is partial; the monitoring of a rule
    that does not exist is not_applicable.
    """
    roles = _answers(con, fiscal_year, ROLE)
    parts = []
    for code in role_labels():
        named = roles["value"].fillna("").str.split(";").map(lambda codes, c=code: c in codes)
        told = named.map({True: "done", False: "none"})
        parts.append(_part(roles, f"role_{code}", told))
    scope = _answers(con, fiscal_year, SCOPE)
    parts.append(_part(scope, SCOPE, scope["value"].map(_SCOPES)))
    watched = _answers(con, fiscal_year, MONITORING)
    parts.append(_part(watched, MONITORING, watched["value"].map({"1": "done", "0": "none"})))
    frame = pd.concat(parts, ignore_index=True)
    labels = part_labels()
    return frame.assign(item_label=frame["part"].map(labels))


def _answers(con: DuckDBPyConnection, fiscal_year: int, question_id: str) -> pd.DataFrame:
    values = {"fiscal_year": fiscal_year, "question_id": question_id}
    answers: pd.DataFrame = con.execute(_ANSWERS, values).df()
    return answers.drop_duplicates("area_code", keep="last")


def _part(answers: pd.DataFrame, part: str, told: pd.Series) -> pd.DataFrame:
    observed = answers["status"] == "observed"
    category = told.where(observed, answers["status"]).fillna("missing")
    return answers[["area_code", "area_name"]].assign(part=part, category=category)


def centre_sentence(parts: pd.DataFrame, *, place: str, year: str) -> str:
    """Say how many prefectures have a rule, how far, how many watch it, and what centres do."""
    scope = parts.loc[parts["part"] == SCOPE, "category"]
    answered = int(scope.isin(["done", "partial", "none"]).sum())
    if not answered:
        return f"{place}の{year}は、入退院ルールへの回答がありません。"
    whole, some = int((scope == "done").sum()), int((scope == "partial").sum())
    watched = int((parts.loc[parts["part"] == MONITORING, "category"] == "done").sum())
    roles = parts[parts["part"].str.startswith("role_") & (parts["category"] == "done")]
    counts = roles["item_label"].value_counts().rename_axis("label").reset_index(name="number")
    most = (
        f"保健所の関わりで最も多いのは{named_most(counts, value='number')}"
        f"（{counts['number'].max()}）です。"
        if len(counts)
        else "保健所の関わりを挙げた都道府県はありません。"
    )
    return (
        f"{place}の{year}は、回答した{answered}のうち、入退院ルールが全域にあるのは{whole}、"
        f"一部の圏域にあるのは{some}、定期的に把握しているのは{watched}です。{most}"
    )
