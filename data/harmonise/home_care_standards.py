"""Which notified standards make a clinic or hospital one of home care support."""

from __future__ import annotations

import json
import re
import unicodedata

import pandas as pd

from data.extract import RowIssue

_TITLE = re.compile(r"\((\d)\)に規定する在宅療養支援(診療所|病院)$")
_SYMBOL = re.compile(r"^支援(診|病)(\d)$")
_MENTION = re.compile(r"在宅療養支援(診療所|病院)")
_TYPES = {
    "診": "home_care_support_clinic",
    "診療所": "home_care_support_clinic",
    "病": "home_care_support_hospital",
    "病院": "home_care_support_hospital",
}
_KINDS = tuple(dict.fromkeys(_TYPES.values()))
_UNREAD = (
    "在宅療養支援の届出のようですが、届出の名称も記号も知らない形です。"
    "この県のこの種類の数は「データなし」とします（0か所とはしません）。"
)
_NONE = (
    "医科の届出はありますが、在宅療養支援診療所・病院の届出が1件もありません。"
    "名称が変わったのかもしれないため、この県の数は「データなし」とします（0か所とはしません）。"
)


def home_care_notices(medical: pd.DataFrame) -> pd.DataFrame:
    """Return the notifications of home care support with facility_type, and grade where read.

    The title as printed says it, or the short symbol beside it; spaces and widths do not matter.
    """
    titles, symbols = _folded(medical["受理届出名称"]), _folded(medical["受理記号"])
    by_title = titles.str.extract(_TITLE).set_axis(["grade", "kind"], axis=1)
    by_symbol = symbols.str.extract(_SYMBOL).set_axis(["kind", "grade"], axis=1)
    mentioned = titles.str.extract(_MENTION, expand=False)
    kind = by_title["kind"].fillna(by_symbol["kind"]).fillna(mentioned)
    return medical.assign(
        grade=by_title["grade"].fillna(by_symbol["grade"]),
        facility_type=kind.map(_TYPES),
        prefecture=medical["都道府県コード"].str.zfill(2),
        number=medical["医療機関番号"].map(_institution_number),
    ).dropna(subset=["facility_type"])


def first_of_each(notices: pd.DataFrame) -> pd.DataFrame:
    """Return the first row of each institution and type, with all its grades as JSON."""
    rows = notices.dropna(subset=["grade"])
    keys = ["prefecture", "number", "facility_type"]
    grades = {
        key: json.dumps({"grades": sorted(set(values))})
        for key, values in rows.groupby(keys)["grade"]
    }
    first = rows.drop_duplicates(keys)
    return first.assign(
        grades=[grades[key] for key in first[keys].itertuples(index=False, name=None)]
    )


def covered_kinds(
    notices: pd.DataFrame, medical: pd.DataFrame, *, prefectures: set[str]
) -> tuple[list[tuple[str, str]], list[RowIssue]]:
    """Return kind and prefecture of which the list tells all, and why it does not for others."""
    wanted = notices[notices["prefecture"].isin(list(prefectures))]
    unread = wanted[wanted["grade"].isna()]
    issues = [
        RowIssue(ref, "受理届出名称", str(title)[:100], _UNREAD)
        for ref, title in unread[["source_ref", "受理届出名称"]].itertuples(index=False)
    ]
    silent = prefectures - set(wanted["prefecture"])
    codes = medical["都道府県コード"].str.zfill(2)
    for code in sorted(silent):
        ref = str(medical.loc[codes == code, "source_ref"].iloc[0])
        issues.append(RowIssue(ref, "受理届出名称", code, _NONE, set_aside=False))
    lost = set(unread[["facility_type", "prefecture"]].itertuples(index=False, name=None))
    told = [(kind, code) for kind in _KINDS for code in sorted(prefectures - silent)]
    return [pair for pair in told if pair not in lost], issues


def _folded(printed: pd.Series) -> pd.Series:
    return printed.str.normalize("NFKC").str.replace(r"\s", "", regex=True)


def _institution_number(printed: str) -> str:
    """Return the seven digits of an institution; ten begin with prefecture and fee table."""
    text = unicodedata.normalize("NFKC", printed).strip()
    if re.fullmatch(r"\d{10}", text):
        return text[3:]
    return text.zfill(7) if re.fullmatch(r"\d{6}", text) else text
