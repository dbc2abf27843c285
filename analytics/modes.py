"""How municipalities carry out the items: themselves, under contract, or with others."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.form_answers import answers_to
from data.catalogue import load_catalogue

RUNNING = ("done", "partial")
MODES = ("direct", "full_contract", "part_contract", "joint")


def mode_labels() -> dict[str, str]:
    """Return the words of each way of carrying out an item."""
    form = load_catalogue().surveys["municipal_form"]
    return dict(form.question("item_a_mode").allowed)


def municipal_modes(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return area_code, area_name, item_key and category: the mode, or why there is none.

    Where the form also asks whether an item is carried out, the mode of one that is not counts
    as not applicable.
    """
    items = load_catalogue().programme.items_of("h27r2")
    modes = {f"item_{item.key}_mode": item.key for item in items}
    answers = answers_to(
        con, area_code=area_code, fiscal_year=fiscal_year, question_ids=tuple(modes)
    )
    category = answers["value"].where(answers["status"] == "observed", answers["status"])
    frame = answers[["area_code", "area_name"]].assign(
        item_key=answers["question_id"].map(modes), category=category
    )
    if framework != "h27r2":
        return frame
    return _only_of_running(con, frame, area_code=area_code, fiscal_year=fiscal_year)


def _only_of_running(
    con: DuckDBPyConnection, modes: pd.DataFrame, *, area_code: str, fiscal_year: int
) -> pd.DataFrame:
    items = load_catalogue().programme.items_of("h27r2")
    status_of = {item.question_id: item.key for item in items}
    answers = answers_to(
        con, area_code=area_code, fiscal_year=fiscal_year, question_ids=tuple(status_of)
    )
    resting = answers[(answers["status"] == "observed") & ~answers["value"].isin(RUNNING)]
    keys = pd.MultiIndex.from_arrays([resting["area_code"], resting["question_id"].map(status_of)])
    told = pd.MultiIndex.from_frame(modes[["area_code", "item_key"]]).isin(keys)
    answered = modes["category"].isin(MODES)
    return modes.assign(category=modes["category"].mask(told & answered, "not_applicable"))
