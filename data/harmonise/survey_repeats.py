"""One form for each respondent and fiscal year, however many rows or workbooks hold one."""

from __future__ import annotations

import pandas as pd

from data.extract import RowIssue

REASON = "同じ年度に同じ団体の回答がほかにもあるため、後に読んだ回答を使いました。"
EMPTY_REASON = "同じ年度に同じ団体の回答がほかにもあり、こちらは空のため使いません。"
_KEY = ["survey_id", "fiscal_year", "area_code"]
_SAYING = ("observed", "suppressed", "missing")


def one_form_each(answers: pd.DataFrame, *, form: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the answers of one whole form a respondent and year, and the forms left out.

    `form` tells the forms apart, in the order in which they were read. The last that says
    anything is kept, and never a mixture of two. The frame of those left out has the key, form,
    source_ref and reason.
    """
    if answers.empty or not form.groupby([answers[k] for k in _KEY]).nunique().gt(1).any():
        return answers, pd.DataFrame(columns=[*_KEY, "form", "source_ref", "reason"])
    told = answers.assign(form=form, says=answers["status"].isin(_SAYING))
    forms = (
        told.groupby([*_KEY, "form"], sort=False)
        .agg(says=("says", "any"), source_ref=("source_ref", "first"))
        .reset_index()
    )
    ordered = forms.sort_values("says", kind="stable")
    kept = ordered.drop_duplicates(_KEY, keep="last")
    out = forms.drop(kept.index)
    replaced = out["says"].map({True: REASON, False: EMPTY_REASON})
    is_kept = pd.MultiIndex.from_frame(told[[*_KEY, "form"]]).isin(
        pd.MultiIndex.from_frame(kept[[*_KEY, "form"]])
    )
    left = out.assign(reason=replaced)[[*_KEY, "form", "source_ref", "reason"]]
    return answers[is_kept].reset_index(drop=True), left.reset_index(drop=True)


def issues_of(left_out: pd.DataFrame) -> list[RowIssue]:
    """Name the forms that were left out."""
    columns = ["source_ref", "area_code", "reason"]
    return [
        RowIssue(ref, "area_code", code, reason)
        for ref, code, reason in left_out[columns].itertuples(index=False)
    ]


def settle_workbooks(tables: dict[str, list[pd.DataFrame]]) -> dict[str, list[RowIssue]]:
    """Leave in the tables one form each over all workbooks; return what was left out by file.

    A workbook that lies in the folder twice counts once; one of which nothing is left names the
    import that replaced it.
    """
    if "survey_answer" not in tables:
        return {}
    imports = pd.concat(tables["survey_import"], ignore_index=True)
    imports = imports.drop_duplicates("import_id", keep="last").reset_index(drop=True)
    answers = pd.concat(tables["survey_answer"], ignore_index=True)
    answers = answers.drop_duplicates(ignore_index=True)
    kept, left = one_form_each(answers, form=answers["import_id"])
    gone = set(answers["import_id"]) - set(kept["import_id"])
    imports["superseded_by"] = imports["superseded_by"].astype("object")
    for import_id in gone:
        imports.loc[imports["import_id"] == import_id, "superseded_by"] = _heir(
            import_id, left, kept
        )
    tables["survey_answer"], tables["survey_import"] = [kept], [imports]
    files = imports.set_index("import_id")["file_name"]
    return {str(files[import_id]): issues_of(rows) for import_id, rows in left.groupby("form")}


def _heir(import_id: str, left: pd.DataFrame, kept: pd.DataFrame) -> str:
    first = left[left["form"] == import_id].iloc[0]
    same = (kept[_KEY] == first[_KEY]).all(axis=1)
    return str(kept.loc[same, "import_id"].iloc[0])
