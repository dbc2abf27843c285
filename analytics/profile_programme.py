"""What an area does in the programme, each framework by itself, and what it asks support for."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.activities import item_rates, municipal_answers
from analytics.activities_table import item_labels
from analytics.support import support_requests
from analytics.survey_status import category_labels, survey_years
from data.catalogue import load_catalogue

_WANTED = """
with member as (
    select distinct unnest($area_codes::varchar[]) as area_code
),

request as (
    select
        unnest($request_keys::varchar[]) as request_key,
        unnest(range(len($request_keys::varchar[]))) as request_order
),

answer as (
    select
        survey_answer.area_code,
        area.name as area_name,
        string_split(survey_answer.value, ';') as wanted
    from survey_answer
    inner join member
        on member.area_code = survey_answer.area_code
    inner join area
        on area.area_code = survey_answer.area_code
    where
        survey_answer.survey_id = 'municipal_form'
        and survey_answer.fiscal_year = $fiscal_year
        and survey_answer.question_id = 'want_support'
        and survey_answer.status = 'observed'
),

final as (
    select
        request.request_key,
        count(answer.area_code) filter (
            where list_contains(answer.wanted, request.request_key)
        ) as asking,
        count(answer.area_code) as answering,
        (select count(*) from member) as members,
        coalesce(
            list(answer.area_code order by answer.area_code) filter (
                where list_contains(answer.wanted, request.request_key)
            ),
            []
        ) as area_codes,
        string_agg(answer.area_name, '、' order by answer.area_code) filter (
            where list_contains(answer.wanted, request.request_key)
        ) as names
    from request
    left join answer
        on true
    group by
        request.request_key,
        request.request_order
    order by request.request_order
)

select * from final
"""


def newest_years(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the newest fiscal year loaded of each framework, the older framework first."""
    years = survey_years(con, survey_id="municipal_form").sort_values("fiscal_year")
    return {
        str(framework): int(group["fiscal_year"].max())
        for framework, group in years.groupby("framework", sort=False)
    }


def programme_items(
    con: duckdb.DuckDBPyConnection,
    *,
    region_code: str,
    own_code: str | None,
    framework: str,
    fiscal_year: int,
) -> pd.DataFrame:
    """Return one row per item asked in a year: item_key, label, short_label, answer.

    For a municipality the answer is its own in words; for a larger area the municipalities doing
    it and those answering. No rows where the municipality has no answers loaded.
    """
    labels, short = item_labels(framework), item_labels(framework, short=True)
    if own_code is None:
        rates = item_rates(con, area_code=region_code, framework=framework)
        rows = rates[rates["fiscal_year"] == fiscal_year]
        answers = [
            f"{done:,}／{answering:,}" if answering else "回答なし"
            for done, answering in zip(rows["done"], rows["answering"], strict=True)
        ]
    else:
        found = municipal_answers(
            con, area_code=region_code, framework=framework, fiscal_year=fiscal_year
        )
        rows = found[found["area_code"] == own_code]
        answers = rows["category"].map(category_labels(framework)).tolist()
    keys = rows["item_key"].tolist()
    return pd.DataFrame(
        {
            "item_key": keys,
            "label": [labels[key] for key in keys],
            "short_label": [short[key] for key in keys],
            "answer": answers,
        }
    )


def started_and_stopped(
    con: duckdb.DuckDBPyConnection, *, region_code: str, own_code: str, framework: str, year: int
) -> tuple[list[str], list[str]]:
    """Return the items done in a year and not the year before, and those no longer done.

    Both years must be of one framework and the item answered in both.
    """
    filters = {"region_code": region_code, "own_code": own_code, "framework": framework}
    done = category_labels(framework)["done"]
    not_done = [category_labels(framework)[key] for key in ("none", "planned", "partial")]
    now = programme_items(con, **filters, fiscal_year=year)
    before = programme_items(con, **filters, fiscal_year=year - 1)
    both = now.merge(before[["item_key", "answer"]], on="item_key", suffixes=("", "_before"))
    is_new = (both["answer"] == done) & both["answer_before"].isin(not_done)
    is_over = (both["answer_before"] == done) & both["answer"].isin(not_done)
    return both.loc[is_new, "label"].tolist(), both.loc[is_over, "label"].tolist()


def wanted_support(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    prefecture_code: str | None,
    fiscal_year: int,
) -> pd.DataFrame:
    """Return one row per request: how many of the municipalities ask, and whether it is given.

    Columns: request_key, label, asking, answering, members, area_codes, names, given (done, none,
    or the kind of the prefecture's open answer; absent without a prefecture).
    """
    requests = {item.key: item.label for item in load_catalogue().programme.request_items}
    bound = {
        "area_codes": list(area_codes),
        "request_keys": list(requests),
        "fiscal_year": fiscal_year,
    }
    frame: pd.DataFrame = con.execute(_WANTED, bound).df()
    given: dict[str, str] = {}
    if prefecture_code is not None:
        answered = support_requests(con, prefecture_code=prefecture_code, fiscal_year=fiscal_year)
        given = dict(zip(answered["request_key"], answered["given"], strict=True))
    return frame.assign(
        label=frame["request_key"].map(requests),
        names=frame["names"].fillna("なし"),
        given=[given.get(key, "absent") for key in frame["request_key"]],
    )
