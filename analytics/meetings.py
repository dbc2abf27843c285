"""Trainings and councils on the calendar: dates from the survey, and events that staff entered."""

from __future__ import annotations

from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

TRAINING, COUNCIL, AWARENESS = "training", "council", "awareness"
KINDS = {TRAINING: "研修", COUNCIL: "協議体・会議", AWARENESS: "普及啓発"}
SURVEY_WORDS = {
    "training_dates": (TRAINING, "多職種研修"),
    "council_dates": (COUNCIL, "協議体"),
}
BY_SURVEY, BY_STAFF = "実施状況調査", "担当者の記録"
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
COLUMNS = ["date", "kind", "title", "area_code", "area_name", "zone_code", "zone_name", "origin"]

_DATES = """
with final as (
    select distinct
        answer.fiscal_year,
        answer.area_code,
        area.name as area_name,
        answer.question_id,
        answer.value
    from survey_answer as answer
    inner join area
        on area.area_code = answer.area_code
    where
        answer.survey_id = 'municipal_form'
        and answer.question_id in ('training_dates', 'council_dates')
        and answer.status = 'observed'
        and (
            answer.area_code = $area_code
            or answer.area_code in (
                select descendant_code
                from area_descendant
                where
                    ancestor_code = $area_code
                    and level = 'municipality'
            )
        )
    order by
        answer.fiscal_year,
        answer.area_code,
        answer.question_id
)

select * from final
"""


def survey_events(con: DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return one row per date that municipalities of an area wrote in any survey.

    date is missing where what stands there is not a date; written says what does.
    """
    rows = con.execute(_DATES, {"area_code": area_code}).df()
    rows = rows.assign(written=rows["value"].str.split(r"[;；、,]", regex=True))
    rows = rows.explode("written").reset_index(drop=True)
    rows["written"] = rows["written"].str.strip()
    rows = rows[rows["written"].fillna("") != ""]
    dates = pd.to_datetime(rows["written"], errors="coerce", format="%Y-%m-%d")
    words = [SURVEY_WORDS[str(question)] for question in rows["question_id"]]
    return rows.assign(
        date=dates,
        kind=[kind for kind, _ in words],
        title=[title for _, title in words],
        origin=BY_SURVEY,
    ).drop(columns=["value", "question_id"])


def fiscal_year_of(dates: pd.Series[Any]) -> pd.Series[Any]:
    """Return the fiscal year of dates, which begins in April."""
    years: pd.Series[Any] = dates.dt.year - (dates.dt.month < 4)
    return years


def staff_events(entries: pd.DataFrame, *, names: dict[str, str]) -> pd.DataFrame:
    """Return the events that staff entered as rows of the calendar; `names` are of areas."""
    frame = pd.DataFrame({
        "date": pd.to_datetime(entries["date"], errors="coerce"),
        "kind": entries["subject"],
        "title": entries["title"],
        "area_code": entries["area_code"],
        "zone_code": entries["health_center_area"],
    })  # fmt: skip
    is_zone = frame["area_code"].astype("str").str.startswith("hc-")
    frame["zone_code"] = frame["zone_code"].where(~is_zone, frame["area_code"])
    frame["area_name"] = [names.get(str(code), str(code)) for code in frame["area_code"]]
    return frame.assign(origin=BY_STAFF)


def calendar(
    events: pd.DataFrame, zones: pd.DataFrame, *, fiscal_year: int, names: dict[str, str]
) -> pd.DataFrame:
    """Return the events of a fiscal year by date, each with the health-centre area it is in.

    `zones` says which municipality lay in which that year (`responses.zones_of`); the area that
    staff named goes before it. `names` are of the areas that staff named.
    """
    dated = events.dropna(subset=["date"])
    dated = dated[fiscal_year_of(dated["date"]) == fiscal_year]
    home = zones.drop_duplicates("area_code").set_index("area_code")
    lies_in = dated["area_code"].map(home["zone_code"])
    given = dated["zone_code"] if "zone_code" in dated else pd.Series(None, index=dated.index)
    code = given.where(given.notna() & (given != ""), lies_in)
    known = dict(zip(home["zone_code"], home["zone_name"], strict=True)) | names
    found = dated.assign(zone_code=code, zone_name=[known.get(str(c), "") for c in code])
    order = ["date", "zone_code", "area_code", "kind"]
    return found.sort_values(order)[COLUMNS].reset_index(drop=True)


def by_month(events: pd.DataFrame, *, code: str, name: str) -> pd.DataFrame:
    """Return one row per place and month of the fiscal year: events, and how many of each kind.

    `code` and `name` are the columns that tell the places.
    """
    rows = []
    for (place, label), group in events.groupby([code, name], sort=True, dropna=False):
        for month in MONTHS:
            kinds = group.loc[group["date"].dt.month == month, "kind"].value_counts()
            counts = {kind: int(kinds.get(kind, 0)) for kind in KINDS}
            rows.append({"area_code": place, "area_name": label, "month": f"{month}月",
                         "events": sum(counts.values()), **counts})  # fmt: skip
    columns = ["area_code", "area_name", "month", "events", *KINDS]
    return pd.DataFrame(rows, columns=columns)


def calendar_sentence(events: pd.DataFrame, *, area_name: str, year_label: str) -> str:
    """Say how many events of each kind stand on the calendar, and in which month most."""
    if events.empty:
        return f"{area_name}の{year_label}は、日のわかる研修・会議がありません。"
    counts = events["kind"].value_counts()
    told = "、".join(f"{label}{int(counts[kind]):,}件" for kind, label in KINDS.items()
                    if kind in counts)  # fmt: skip
    months = events["date"].dt.month.value_counts()
    most = [month for month in MONTHS if months.get(month, 0) == months.max()]
    names = "・".join(f"{month}月" for month in most)
    return (
        f"{area_name}の{year_label}に日がわかるのは{told}です。"
        f"最も多いのは{names}（{'各' if len(most) > 1 else ''}{int(months.max()):,}件）です。"
    )
