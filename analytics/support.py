"""Support that prefectures give, the shares that give it, and what municipalities ask for."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.survey_status import EXPECTED
from data.catalogue import load_catalogue
from data.derive.parts import WITHOUT_RESIDENTS

ANY_SUPPORT = "any_support"
ANY_SUPPORT_FACT = "F091"

_PROVISION = """
with item as (
    select
        unnest($question_ids::varchar[]) as question_id,
        unnest(range(len($question_ids::varchar[]))) as item_order
),
answer as (
    select
        area_code,
        question_id,
        value,
        status
    from survey_answer
    where
        survey_id = 'prefectural_form'
        and fiscal_year = $fiscal_year
        and question_id in (select question_id from item)
),
asked as (
    select
        question_id,
        item_order
    from item
    where question_id in (select question_id from answer)
),
final as (
    select
        area.area_code,
        area.name as area_name,
        asked.question_id,
        case
            when answer.status is null then 'absent'
            when answer.status <> 'observed' then answer.status
            when answer.value = '1' then 'done'
            else 'none'
        end as category
    from area
    cross join asked
    left join answer
        on answer.area_code = area.area_code
        and answer.question_id = asked.question_id
    where area.area_type = 'prefecture'
    order by
        area.area_code,
        asked.item_order
)
select * from final
"""

_ISSUE = """
with final as (
    select
        area_code,
        case
            when status <> 'observed' then status
            when list_contains(string_split(value, ';'), $issue) then 'done'
            else 'none'
        end as category
    from survey_answer
    where
        survey_id = 'prefectural_form'
        and fiscal_year = $fiscal_year
        and question_id = 'p_issue'
)
select * from final
"""

# After EXPECTED, for queries that bind fiscal_year and requests: what is wanted, and by whom.
WANTED = """
answer as (
    select
        survey_answer.area_code,
        survey_answer.value,
        survey_answer.status
    from survey_answer
    inner join expected using (area_code)
    where
        survey_id = 'municipal_form'
        and fiscal_year = $fiscal_year
        and question_id = 'want_support'
),
request as (
    select
        unnest($requests::varchar[]) as request_key,
        generate_subscripts($requests::varchar[], 1) as request_order
),
"""

_REQUESTS = (
    "with"  # noqa: S608
    + EXPECTED
    + WANTED
    + """
final as (
    select
        request.request_key,
        count(answer.area_code) filter (
            where answer.status = 'observed'
            and list_contains(string_split(answer.value, ';'), request.request_key)
        ) as municipalities,
        count(answer.area_code) filter (where answer.status = 'observed') as answering,
        (select count(*) from expected) as expected,
        string_agg(area.name, '、' order by area.area_code) filter (
            where answer.status = 'observed'
            and list_contains(string_split(answer.value, ';'), request.request_key)
        ) as names
    from request
    left join answer on true
    left join area on area.area_code = answer.area_code
    group by
        request.request_key,
        request.request_order
    order by request.request_order
)
select * from final
"""
)

_STATUSES = ("unanswered", "not_applicable", "suppressed", "missing", "not_published", "absent")


def support_matrix(con: DuckDBPyConnection, *, fiscal_year: int) -> pd.DataFrame:
    """Return one row per prefecture and support item with the kind of its answer."""
    items = [item.question_id for item in load_catalogue().programme.support_items]
    values = {"question_ids": items, "fiscal_year": fiscal_year}
    matrix: pd.DataFrame = con.execute(_PROVISION, values).df()
    return matrix


def share_row(
    key: str, label: str, fact_id: str | None, categories: pd.Series[str]
) -> dict[str, object]:
    """Return the counts by kind of answer and the share done ÷ answering in per cent."""
    counts = {name: int((categories == name).sum()) for name in ("done", "none", *_STATUSES)}
    answering = counts["done"] + counts["none"]
    return {
        "item_key": key,
        "label": label,
        "fact_id": fact_id,
        **counts,
        "answering": answering,
        "expected": len(categories),
        "rate": 100 * counts["done"] / answering if answering else None,
    }


def any_support(group: pd.Series[str]) -> str:
    """Fold a prefecture's answers: given if any is, not given only if every one was answered."""
    if (group == "done").any():
        return "done"
    others = group[group != "none"]
    return "none" if others.empty else str(others.iloc[0])


def support_shares(con: DuckDBPyConnection, *, fiscal_year: int) -> pd.DataFrame:
    """Return the share of prefectures giving any support, each support, and naming each issue.

    The share is done ÷ answering in per cent, null where none answered; fact_id names the
    published national figure to set beside it. kind is support or issue.
    """
    programme = load_catalogue().programme
    matrix = support_matrix(con, fiscal_year=fiscal_year)
    if matrix.empty:
        return pd.DataFrame()
    folded = matrix.groupby("area_code", sort=False)["category"].agg(any_support)
    rows = [share_row(ANY_SUPPORT, "いずれかの支援", ANY_SUPPORT_FACT, folded)]
    for item in programme.support_items:
        answers = matrix.loc[matrix["question_id"] == item.question_id, "category"]
        if not answers.empty:
            rows.append(share_row(item.key, item.label, item.published_fact, answers))
    frame = pd.DataFrame(rows).assign(kind="support")
    issues = pd.DataFrame(_issue_shares(con, fiscal_year, folded.index)).assign(kind="issue")
    return pd.concat([frame, issues], ignore_index=True) if len(issues) else frame


def _issue_shares(
    con: DuckDBPyConnection, fiscal_year: int, prefectures: pd.Index[str]
) -> list[dict[str, object]]:
    rows = []
    for key, issue in load_catalogue().programme.issues.items():
        if "prefecture" not in issue.respondents:
            continue
        answers = con.execute(_ISSUE, {"fiscal_year": fiscal_year, "issue": key}).df()
        if answers.empty:
            return []
        named = answers.set_index("area_code")["category"].reindex(prefectures).fillna("absent")
        rows.append(share_row(key, f"課題：{issue.label}", issue.published_fact, named))
    return rows


def support_requests(
    con: DuckDBPyConnection, *, prefecture_code: str, fiscal_year: int
) -> pd.DataFrame:
    """Return what the municipalities of a prefecture ask for and whether it is given, unmet first.

    given is done when a support that answers the request is given, none when the prefecture
    answered all of them with no, else the kind of the answer that is open.
    """
    programme = load_catalogue().programme
    requests = {item.key: item for item in programme.request_items}
    values = {
        "area_code": prefecture_code,
        "fiscal_year": fiscal_year,
        "requests": list(requests),
        "without_office": list(WITHOUT_RESIDENTS),
    }
    frame: pd.DataFrame = con.execute(_REQUESTS, values).df()
    matrix = support_matrix(con, fiscal_year=fiscal_year)
    own = matrix[matrix["area_code"] == prefecture_code].set_index("question_id")["category"]
    questions = {item.key: item.question_id for item in programme.support_items}
    frame["given"] = [
        any_support(
            own.reindex([questions[name] for name in requests[key].answered_by]).fillna("absent")
        )
        for key in frame["request_key"]
    ]
    frame["names"] = frame["names"].fillna("なし")
    frame["label"] = [requests[key].label for key in frame["request_key"]]
    order = frame["given"].map({"none": 0, "done": 2}).fillna(1)
    order = order.where(frame["municipalities"] > 0, 3)
    frame = frame.assign(order=order).sort_values(
        ["order", "municipalities"], ascending=[True, False], kind="stable"
    )
    return frame.drop(columns="order").reset_index(drop=True)
