"""What municipalities like a given one carry out that it does not."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.groups import known_codes
from analytics.survey_status import ANSWERING_KEYS
from data.catalogue import load_catalogue

_DONE = """
with item as (
    select
        unnest($item_keys::varchar[]) as item_key,
        unnest($question_ids::varchar[]) as question_id,
        unnest($implemented_values::varchar[][]) as implemented_values,
        unnest(range(len($item_keys::varchar[]))) as item_order
),

area_in_view as (
    select
        unnest($area_codes::varchar[]) as area_code
),

answer as (
    select
        survey_answer.area_code,
        survey_answer.question_id,
        survey_answer.value,
        survey_answer.status
    from survey_answer
    inner join area_in_view
        on area_in_view.area_code = survey_answer.area_code
    where
        survey_answer.survey_id = 'municipal_form'
        and survey_answer.framework = $framework
        and survey_answer.fiscal_year = $fiscal_year
),

asked as (
    select distinct item.*
    from item
    inner join survey_answer
        on
            survey_answer.question_id = item.question_id
            and survey_answer.survey_id = 'municipal_form'
            and survey_answer.framework = $framework
            and survey_answer.fiscal_year = $fiscal_year
),

final as (
    select
        area_in_view.area_code,
        asked.item_key,
        asked.item_order,
        case
            when answer.status is null then 'absent'
            when answer.status <> 'observed' then answer.status
            when list_has_any(string_split(answer.value, ';'), asked.implemented_values) then 'done'
            when answer.value in ('partial', 'planned', 'unknown') then answer.value
            else 'none'
        end as category
    from area_in_view
    cross join asked
    left join answer
        on
            answer.area_code = area_in_view.area_code
            and answer.question_id = asked.question_id
    order by
        asked.item_order,
        area_in_view.area_code
)

select * from final
"""


def done_by_similar(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    codes: Sequence[str],
    fiscal_year: int,
    framework: str,
) -> pd.DataFrame:
    """Return per programme item what the area answered, and how many like it carry it out.

    Columns: item_key, own (kind of its answer), doing, answering, asked, share (per cent of those
    answering, null where none did), names of those doing, and is_gap: the area answered and does
    not, while at least one like it does. No answer is never counted as not doing. Items most
    widely done come first among the gaps.
    """
    items = load_catalogue().programme.items_of(framework)
    others = [code for code in dict.fromkeys(codes) if code != area_code]
    bound = {
        "area_codes": [area_code, *others],
        "framework": framework,
        "fiscal_year": fiscal_year,
        "item_keys": [item.key for item in items],
        "question_ids": [item.question_id for item in items],
        "implemented_values": [list(item.implemented_values) for item in items],
    }
    answers = con.execute(_DONE, bound).df()
    names = known_codes(con, codes=tuple(others))
    rows = [
        _item(str(key), group, area_code, names)
        for key, group in answers.groupby("item_key", sort=False)
    ]
    frame = pd.DataFrame(rows, columns=list(_ITEM_COLUMNS))
    return frame.sort_values(["is_gap", "share"], ascending=False, kind="stable", ignore_index=True)


_ITEM_COLUMNS = ("item_key", "own", "doing", "answering", "asked", "share", "names", "is_gap")


def _item(
    key: str, answers: pd.DataFrame, area_code: str, names: dict[str, str]
) -> tuple[object, ...]:
    is_own = answers["area_code"] == area_code
    own = str(answers.loc[is_own, "category"].iloc[0])
    others = answers[~is_own]
    doing = others.loc[others["category"] == "done", "area_code"]
    answering = int(others["category"].isin(ANSWERING_KEYS).sum())
    share = 100 * len(doing) / answering if answering else float("nan")
    named = "、".join(names.get(code, code) for code in doing)
    is_gap = own in ANSWERING_KEYS and own != "done" and len(doing) > 0
    return key, own, len(doing), answering, len(others), share, named or "なし", is_gap
