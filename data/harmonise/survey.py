"""Collected survey answers with the status that each cell shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime

import pandas as pd

from data.catalogue import load_catalogue
from data.catalogue.survey import Question, SurveyDefinition
from data.extract import Extract, RowIssue
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from data.harmonise.codes import from_code6
from data.harmonise.facility_areas import covered_areas
from data.harmonise.printed_numbers import COMMON_SIGNS
from data.harmonise.survey_repeats import issues_of, one_form_each

UNANSWERED_FORM = "未回収"
ACCEPTED_BY = "build"

_SIGNS = COMMON_SIGNS | {"": "unanswered"}
_ANSWER_COLUMNS = ["area_code", "question_id", "value", "status", "note", "source_ref"]


def harmonise_survey(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Turn a collected workbook into one answer row for each respondent and question asked."""
    form = extract.frames["form"].iloc[0]
    definition = load_catalogue().surveys[form["survey_id"]]
    framework, year = str(form["framework"]), int(form["fiscal_year"])
    questions = {
        question.id: question
        for question in definition.questions
        if framework in question.frameworks and not question.personal
    }
    raw, issues = _respondents(extract.frames["answers"], definition, areas)
    raw, strange = _asked(raw, set(questions))
    answers = _answers(raw, questions)
    issues += [*strange, *_misread(answers, raw)]
    import_id = f"import-{form['sha256'][:12]}"
    table = answers.assign(
        survey_id=definition.key, framework=framework, fiscal_year=year, import_id=import_id
    )
    row = table["source_ref"].str.extract(r"(\d+)$", expand=False)
    table, repeated = one_form_each(table, form=row)
    issues += issues_of(repeated)
    accepted = _import_row(form, import_id, respondents=raw["area_code"].nunique())
    subject = f"survey:{definition.key}:{year}"
    coverage = [(subject, area) for area in covered_areas(raw["area_code"].str[:2])]
    return Harmonised({"survey_answer": table, "survey_import": accepted}, coverage, issues)


def _import_row(form: pd.Series, import_id: str, *, respondents: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "import_id": [import_id],
            "survey_id": [form["survey_id"]],
            "fiscal_year": [int(form["fiscal_year"])],
            "file_name": [form["file_name"]],
            "sha256": [form["sha256"]],
            "accepted_by": [ACCEPTED_BY],
            "accepted_at": [datetime.now(UTC).replace(tzinfo=None, microsecond=0)],
            "row_count": [respondents],
            "superseded_by": pd.Series([None], dtype="object"),
        }
    )


def _respondents(
    raw: pd.DataFrame, definition: SurveyDefinition, areas: AreaIndex
) -> tuple[pd.DataFrame, list[RowIssue]]:
    """Replace printed codes by area codes of that year; unknown respondents are set aside."""
    codes: dict[str, str] = {}
    issues: list[RowIssue] = []
    firsts = raw.drop_duplicates("area_code")
    for printed, name, ref in firsts[["area_code", "area_name", "source_ref"]].itertuples(
        index=False
    ):
        code = _respondent_code(printed, definition, areas)
        if code is None:
            found = f"{printed} {name}"
            issues.append(
                RowIssue(ref, "area_code", found, "団体コードが正しくないため除きました。")
            )
        elif code[:2] in areas.prefectures:
            codes[printed] = code
            issues += _name_issues(code, name, ref, areas)
    kept = raw[raw["area_code"].isin(list(codes))]
    return kept.assign(area_code=kept["area_code"].map(codes)), issues


def _respondent_code(printed: str, definition: SurveyDefinition, areas: AreaIndex) -> str | None:
    text = unicodedata.normalize("NFKC", printed).strip()
    if definition.respondent == "prefecture" and re.fullmatch(r"\d{1,2}", text):
        return text.zfill(2)
    try:
        code = from_code6(text.zfill(6))
    except ValueError:
        return None
    if definition.respondent == "prefecture":
        return code[:2] if code.endswith("000") else None
    known = areas.resolve(code) is not None or code[:2] not in areas.prefectures
    return code if known else None


def _name_issues(code: str, name: str, ref: str, areas: AreaIndex) -> list[RowIssue]:
    """Warn where the printed name is that of another municipality."""
    named = areas.by_name(code[:2], name) if len(code) == 5 and name else None
    if named is None or named in (code, areas.resolve(code)):
        return []
    reason = "団体コードと市区町村名が合いません。コードを使いました。"
    return [RowIssue(ref, "area_name", f"{code} {name}", reason, set_aside=False)]


def _asked(raw: pd.DataFrame, known: set[str]) -> tuple[pd.DataFrame, list[RowIssue]]:
    strange = raw[~raw["question_id"].isin(list(known))].drop_duplicates("question_id")
    issues = [
        RowIssue(
            ref,
            question,
            question,
            "この様式と枠組にない設問の列なので使いません。",
            set_aside=False,
        )
        for question, ref in strange[["question_id", "source_ref"]].itertuples(index=False)
    ]
    return raw[raw["question_id"].isin(list(known))], issues


def _answers(raw: pd.DataFrame, questions: Mapping[str, Question]) -> pd.DataFrame:
    """Read every cell; of the many that say the same to the same question, each once."""
    columns = (raw[name].to_numpy(dtype=object) for name in ("response", "question_id", "value"))
    cells = list(zip(*columns, strict=True))
    read = {one: _answer(one[0], one[2], questions[one[1]]) for one in set(cells)}
    found = [read[one] for one in cells]
    answers = raw[["area_code", "question_id", "source_ref"]].reset_index(drop=True)
    answers["value"] = pd.Series([value for value, _ in found], dtype="str")
    answers["status"] = pd.Series([status for _, status in found], dtype="str")
    return answers.assign(note=None)[_ANSWER_COLUMNS]


def _answer(response: str, printed: str, question: Question) -> tuple[str | None, str]:
    """Return the value of a cell and its status."""
    text = unicodedata.normalize("NFKC", printed).strip()
    status = "unanswered" if response == UNANSWERED_FORM else _SIGNS.get(text)
    value = None if status else _read_value(text, question)
    return value, status or ("missing" if value is None else "observed")


def _read_value(text: str, question: Question) -> str | None:
    """Return the answer's code or number, None when it is not one that the question allows."""
    if question.allowed:
        parts = [part.strip() for part in text.split(";")] if question.type == "multi" else [text]
        codes = [_code_of(part, question) for part in parts if part]
        return ";".join(str(code) for code in codes) if codes and all(codes) else None
    if question.type in ("count", "number", "year"):
        number = text.replace(",", "")
        pattern = r"\d+(\.\d+)?" if question.type == "number" else r"\d+"
        if not re.fullmatch(pattern, number) or float(number) < (question.minimum or 0):
            return None
        return number
    return text


def _code_of(text: str, question: Question) -> str | None:
    if text in question.allowed:
        return text
    labels = {
        unicodedata.normalize("NFKC", label): code for code, label in question.allowed.items()
    }
    return labels.get(text)


def _misread(answers: pd.DataFrame, raw: pd.DataFrame) -> list[RowIssue]:
    """Name the cells whose text was neither an answer nor a sign; they are kept as missing."""
    texts = raw["value"].map(lambda text: unicodedata.normalize("NFKC", text).strip())
    wrong = (answers["status"] == "missing").to_numpy() & ~texts.isin(list(_SIGNS)).to_numpy()
    rows = raw[wrong]
    reason = "選択肢にない回答のため、欠測としました。"
    return [
        RowIssue(ref, question, value[:100], reason, set_aside=False)
        for ref, question, value in rows[["source_ref", "question_id", "value"]].itertuples(
            index=False
        )
    ]
