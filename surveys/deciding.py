"""Whom a row is about when it leaves that open and a person has said so, now or before."""

from __future__ import annotations

from surveys.checked import Decisions
from surveys.named_years import names_a_year
from surveys.places import Places, Respondent
from surveys.tables import TableRow


def decided_code(row: TableRow, found: Respondent, *, places: Places, decisions: Decisions) -> str:
    """Return the code that a person chose, blank where the row is sure or nobody has chosen.

    What is said now may overrule the row's code; what is remembered may not, and says nothing of a
    name with a year behind it.
    """
    if found.kind != "asked":
        return ""
    printed = row.name.text or row.code.text
    said = decisions.respondents.get(printed, "")
    if said in places.names:
        return said
    remembered = decisions.remembered.get(printed, "")
    by_code = places.find(row.code.text, "") if row.code.text else found
    contradicts = by_code.kind == "respondent" and by_code.code != remembered
    if contradicts or names_a_year([printed]):
        return ""
    return remembered if remembered in places.names else ""
