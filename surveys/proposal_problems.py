"""What is to be said of several files together, and beside what is published."""

from __future__ import annotations

import pandas as pd

from surveys.comparison import Comparison
from surveys.definitions import version_of
from surveys.places import Places
from surveys.problems import Problem
from surveys.target import Target
from surveys.uploads import ReadFile

_NAMED = 10


def problems_between(
    read: list[ReadFile],
    files: pd.DataFrame,
    answers: pd.DataFrame,
    comparison: Comparison,
    target: Target,
    places: Places,
) -> list[Problem]:
    """Return refused and repeated files, what is there twice, withdrawn or far off, and gaps."""
    return [
        *problems_of_files(files),
        *_old_forms(read, target),
        *_twice(answers, places),
        *_withdrawn(comparison),
        *_jumps(comparison),
        *_missing(comparison, target),
        *_only(answers, target, places),
    ]


def problems_of_files(files: pd.DataFrame) -> list[Problem]:
    """Return the files that were refused, taken before, or given twice."""
    found = []
    for row in files.itertuples():
        if row.outcome == "読めません":
            action = "直すか、このファイルを外してください。"
            found.append(Problem("error", "ファイル", str(row.message), action, str(row.name)))
        elif row.known_import:
            message = "取込済みです（同じ内容のファイルが使われています）。"
            action = "新しいファイルを選ぶか、このファイルを外してください。"
            found.append(Problem("error", "ファイル", message, action, str(row.name)))
    for _, same in files.groupby("sha256"):
        for name in same["name"].iloc[1:]:
            message = f"「{same['name'].iloc[0]}」と同じ内容です。"
            action = "どちらかを外してください。"
            found.append(Problem("error", "ファイル", message, action, str(name)))
    return found


def _old_forms(read: list[ReadFile], target: Target) -> list[Problem]:
    """Return a warning for each of our templates that is of another form, year or version."""
    found = []
    for file in read:
        if file.mark is None:
            continue
        said = file.mark.target
        if (said.survey_id, said.fiscal_year) != (target.survey_id, target.fiscal_year):
            message = f"別の様式か年度（{said.survey_id}・{said.fiscal_year}年度）のひな形です。"
            action = "様式と年度を確かめてください。"
            found.append(Problem("warning", "ひな形", message, action, file.name))
        elif file.mark.version not in ("", version_of(target.survey_id)):
            message = "版の古いひな形です。設問や選択肢が変わっています。"
            action = "空欄や読み替えがないかを確かめてください。"
            found.append(Problem("warning", "ひな形", message, action, file.name))
    return found


def _twice(answers: pd.DataFrame, places: Places) -> list[Problem]:
    key = ["area_code", "question_id"]
    twice = answers[answers.duplicated(key, keep=False)]
    first = twice.drop_duplicates(["area_code", "file", "source_ref"])
    by_area = first.groupby("area_code")
    found = []
    for area, rows in by_area:
        if rows["file"].nunique() < 2:
            continue
        names = "・".join(dict.fromkeys(rows["file"]))
        message = (
            f"{places.names.get(str(area), area)}の回答が複数のファイルにあります（{names}）。"
        )
        action = "一つのファイルだけにしてください。"
        found.append(Problem("error", "重複", message, action, str(rows["file"].iloc[0])))
    return found


def _withdrawn(comparison: Comparison) -> list[Problem]:
    changes = comparison.changes
    if changes.empty:
        return []
    gone = changes.loc[changes["kind"] == "withdrawn", "area_name"].value_counts(sort=False)
    if gone.empty:
        return []
    first = "・".join(f"{name}{count}" for name, count in gone.head(_NAMED).items())
    more = f" ほか{len(gone) - _NAMED}団体" if len(gone) > _NAMED else ""
    message = f"いまある回答{gone.sum()}件が、空欄や該当なしなどに変わります（{first}{more}）。"
    return [Problem("warning", "取り下げ", message, "消してよいかを確かめてください。")]


def _jumps(comparison: Comparison) -> list[Problem]:
    found = []
    for row in comparison.jumps.itertuples():
        sheet, _, cell = str(row.source_ref).rpartition("!")
        message = (
            f"{row.area_name}の「{row.question}」が前年度の {row.last_year:g} から"
            f" {row.this_year:g} に変わりました（{row.change_percent:+.0f}%）。"
        )
        action = "桁や単位を確かめてください。"
        problem = Problem(
            "warning", "前年比", message, action, str(row.file), sheet, cell, f"{row.this_year:g}"
        )
        found.append(problem)
    return found


def _missing(comparison: Comparison, target: Target) -> list[Problem]:
    missing = comparison.missing
    if missing.empty or target.only:
        return []
    first = "・".join(missing["area_name"].head(_NAMED))
    more = f" ほか{len(missing) - _NAMED}" if len(missing) > _NAMED else ""
    message = f"回答のない団体が{len(missing)}あります：{first}{more}"
    return [Problem("warning", "回答者", message, "未回収かを確かめてください。")]


def _only(answers: pd.DataFrame, target: Target, places: Places) -> list[Problem]:
    if not target.only or len(answers):
        return []
    name = places.names.get(target.only, target.only)
    message = f"{name}の回答がファイルにありません。"
    return [Problem("error", "回答者", message, "ファイルか市町村を選び直してください。")]
