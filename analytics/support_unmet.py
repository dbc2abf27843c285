"""Which municipality asks for which support, and whether its prefecture gives it."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.support import WANTED, any_support, support_matrix
from analytics.survey_status import EXPECTED
from data.catalogue import load_catalogue
from data.derive.parts import WITHOUT_RESIDENTS

# What a cell says; the other kinds are the statuses of the answer itself.
UNMET, OPEN, MET, NOT_ASKED = "unmet", "open", "met", "not_wanted"

_WANTED = (
    "with"
    + EXPECTED
    + WANTED
    + """
final as (
    select
        expected.area_code,
        area.name as area_name,
        left(expected.area_code, 2) as prefecture_code,
        request.request_key,
        case
            when answer.status is null then 'absent'
            when answer.status <> 'observed' then answer.status
            when list_contains(string_split(answer.value, ';'), request.request_key) then 'wanted'
            else 'not_wanted'
        end as wanted
    from expected
    inner join area using (area_code)
    cross join request
    left join answer on answer.area_code = expected.area_code
    order by
        expected.area_code,
        request.request_order
)
select * from final
"""
)


def given_requests(con: DuckDBPyConnection, *, fiscal_year: int) -> pd.DataFrame:
    """Return by prefecture and request the kind of answer of the supports that answer it."""
    programme = load_catalogue().programme
    matrix = support_matrix(con, fiscal_year=fiscal_year)
    questions = {item.key: item.question_id for item in programme.support_items}
    by_prefecture = matrix.pivot(index="area_code", columns="question_id", values="category")
    rows = []
    for request in programme.request_items:
        wanted = [questions[name] for name in request.answered_by]
        answers = by_prefecture.reindex(columns=wanted).astype("object").fillna("absent")
        for code, row in answers.iterrows():
            rows.append((str(code), request.key, any_support(row)))
    return pd.DataFrame(rows, columns=["prefecture_code", "request_key", "given"])


def request_cells(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return one row per municipality and request, the requests that most want in vain first.

    category is unmet (wanted, not given), open (wanted, the prefecture's answer is not known), met,
    not_wanted, or the kind of no answer of the municipality.
    """
    requests = {item.key: item for item in load_catalogue().programme.request_items}
    values = {
        "area_code": area_code,
        "fiscal_year": fiscal_year,
        "requests": list(requests),
        "without_office": list(WITHOUT_RESIDENTS),
    }
    frame: pd.DataFrame = con.execute(_WANTED, values).df()
    given = given_requests(con, fiscal_year=fiscal_year)
    frame = frame.merge(given, on=["prefecture_code", "request_key"], how="left")
    frame["given"] = frame["given"].fillna("absent")
    told = frame["given"].map({"none": UNMET, "done": MET}).fillna(OPEN)
    frame["category"] = told.where(frame["wanted"] == "wanted", frame["wanted"])
    frame["label"] = [requests[key].label for key in frame["request_key"]]
    frame["short_label"] = [requests[key].short_label for key in frame["request_key"]]
    order = {key: place for place, key in enumerate(_unmet_first(frame, list(requests)))}
    placed = frame.assign(place=frame["request_key"].map(order))
    placed = placed.sort_values(["area_code", "place"], kind="stable", ignore_index=True)
    return placed.drop(columns="place")


def _unmet_first(frame: pd.DataFrame, keys: list[str]) -> list[str]:
    counts = frame.pivot_table(
        index="request_key", columns="category", values="area_code", aggfunc="count", fill_value=0
    ).reindex(index=keys, columns=[UNMET, OPEN, MET], fill_value=0)
    return list(counts.sort_values([UNMET, OPEN, MET], ascending=False, kind="stable").index)


def request_counts(cells: pd.DataFrame) -> pd.DataFrame:
    """Return one row per request: municipalities unmet, open, met, answering, and those unmet."""
    rows = []
    for key, group in cells.groupby("request_key", sort=False):
        kinds = group["category"].value_counts()
        names = group.loc[group["category"] == UNMET, "area_name"]
        rows.append(
            {
                "request_key": key,
                "label": group["label"].iloc[0],
                "unmet": int(kinds.get(UNMET, 0)),
                "open": int(kinds.get(OPEN, 0)),
                "met": int(kinds.get(MET, 0)),
                "answering": int(group["wanted"].isin(["wanted", NOT_ASKED]).sum()),
                "expected": len(group),
                "unmet_names": "、".join(names) or "なし",
            }
        )
    return pd.DataFrame(rows)


def by_prefecture_view(con: DuckDBPyConnection, *, fiscal_year: int) -> pd.DataFrame:
    """Return one row per prefecture and request: how many want it, and what the prefecture gives.

    category is as in request_cells for the prefecture as a whole: unmet where any municipality
    wants it in vain, not_wanted where all who answered do without.
    """
    cells = request_cells(con, area_code="00", fiscal_year=fiscal_year)
    names = dict(con.execute("select area_code, name from area").fetchall())
    keys = ["prefecture_code", "request_key", "label", "short_label", "given"]
    grouped = cells.assign(
        wanting=cells["wanted"] == "wanted",
        answering=cells["wanted"].isin(["wanted", NOT_ASKED]),
        expected=1,
    ).groupby(keys, sort=False)
    frame = grouped[["wanting", "answering", "expected"]].sum().reset_index()
    told = frame["given"].map({"none": UNMET, "done": MET}).fillna(OPEN)
    told = told.where(frame["wanting"] > 0, NOT_ASKED)
    frame["category"] = told.where(frame["answering"] > 0, "unanswered")
    frame["area_code"] = frame["prefecture_code"]
    frame["area_name"] = frame["prefecture_code"].map(names)
    return frame
