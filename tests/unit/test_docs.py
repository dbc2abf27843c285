"""What the documents say is true of the code: commands, paths, tables, names, examples, links."""

from __future__ import annotations

import re
import shlex
import shutil
from functools import cache
from pathlib import Path
from typing import get_args

import duckdb
import pytest
import xlsxwriter

import data.catalogue as catalogue_package
from data.catalogue import Catalogue, load_catalogue
from data.catalogue.indicator import Recipe
from data.cli import _parser
from data.extract import RawFile, area_membership, layouts, recognise, survey_workbook
from data.harmonise.codes import from_code6
from data.harmonise.memberships import from_table

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SOURCES = ROOT / "docs" / "data-sources.md"
OPERATIONS = ROOT / "docs" / "operations.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
CODE_FOLDERS = ("access", "analytics", "charts", "data", "exports", "geo", "pages", "scripts", "ui")
MADE_AT_RUN = {"wheelhouse", ".venv", "store", "generations", "quarantine", "imports"}

doc = pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(path: Path, heading: str) -> str:
    """Return the text below a heading, down to the next one of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    kept: list[str] = []
    inside = fenced = False
    for line in text_of(path).splitlines():
        fenced ^= line.startswith("```")
        if not fenced and re.match(rf"#{{1,{level}}} ", line):
            inside = line == heading
        elif inside:
            kept.append(line)
    assert kept, f"{path.name} has nothing below {heading!r}"
    return "\n".join(kept)


def table_rows(text: str) -> list[list[str]]:
    """Return the cells of every table row, without header and rule."""
    rows = []
    for table in re.findall(r"(?:^\|.*\|\n?)+", text, flags=re.MULTILINE):
        lines = table.strip().splitlines()[2:]
        rows += [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return rows


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


@cache
def source_text() -> str:
    """Return the code with adjacent literals joined, as messages are printed."""
    files = [ROOT / "app.py", ROOT / "frame.py"]
    for folder in CODE_FOLDERS:
        for ending in ("*.py", "*.toml", "*.sql"):
            files += sorted((ROOT / folder).rglob(ending))
    return re.sub(r'"\s*\n\s*f?"', "", "\n".join(map(text_of, files)))


def commands_of(text: str) -> list[str]:
    inline = [code for code in quoted(text) if code.startswith("python -m data ")]
    fences = re.findall(r"```\w*\n(.*?)```", text, flags=re.DOTALL)
    lines = [line.split("#")[0].strip() for fence in fences for line in fence.splitlines()]
    found = inline + [line for line in lines if line.startswith("python -m data ")]
    return [one for one in found if "…" not in one and "{" not in one and "--help" not in one]


@doc
def test_commands_parse(path: Path) -> None:
    for command in commands_of(text_of(path)):
        options = _parser().parse_args(shlex.split(command)[3:])
        assert callable(options.run), command


def test_operations_shows_every_command() -> None:
    shown = {shlex.split(command)[3] for command in commands_of(text_of(OPERATIONS))}
    assert shown == {"build", "fetch", "info", "verify", "rollback", "export"}


def repository_paths(text: str) -> list[str]:
    """Return what stands in backticks and looks like a path of this repository."""
    top = {entry.name for entry in ROOT.iterdir()} - MADE_AT_RUN
    found = []
    for name in quoted(text):
        first, slash, _ = name.partition("/")
        is_file = re.fullmatch(r"[\w.-]+\.(py|toml|md|cmd|sql)", name) and not slash
        if re.fullmatch(r"[\w./-]+", name) and ((slash and first in top) or is_file):
            found.append(name)
    return found


@doc
def test_paths_exist(path: Path) -> None:
    near = (ROOT, path.parent)
    missing = [
        name
        for name in repository_paths(text_of(path))
        if not any((folder / name).exists() for folder in near)
    ]
    assert missing == []


def heading_anchor(heading: str) -> str:
    kept = re.sub(r"[^\w\s-]", "", heading.strip().lower())
    return re.sub(r"\s", "-", kept)


@doc
def test_links_resolve(path: Path) -> None:
    text = re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", target):
            continue
        name, _, anchor = target.partition("#")
        goal = path.parent / name if name else path
        assert goal.exists(), f"{target} leads nowhere"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", text_of(goal), flags=re.MULTILINE)
            assert anchor in map(heading_anchor, headings), f"{target} has no such heading"


def test_no_document_names_a_folder_of_one_machine() -> None:
    for path in DOCS:
        assert not re.search(r"(?<![\w.])/(work|tmp|root|home)/", text_of(path)), path.name


def test_dictionary_names_every_table_and_column() -> None:
    rows = table_rows(section(SOURCES, "## 表と列"))
    told = {quoted(name)[0]: quoted(columns) for name, _, columns in rows}
    with duckdb.connect() as con:
        con.execute(text_of(ROOT / "data" / "schema.sql"))
        found = con.execute(
            "select table_name, list(column_name order by column_index)"
            " from duckdb_columns() where not internal group by table_name"
        ).fetchall()
    assert told == dict(found)


def test_every_layout_is_listed_with_its_module() -> None:
    rows = table_rows(section(SOURCES, "## 様式").partition("### ")[0])
    told = {row[0]: Path(quoted(row[3])[0]).stem for row in rows}
    found = {layout.NAME: layout.__name__.rpartition(".")[2] for layout in layouts()}  # type: ignore[attr-defined]
    assert told == found


def test_tables_of_the_layouts_exist() -> None:
    schema = text_of(ROOT / "data" / "schema.sql")
    for row in table_rows(section(SOURCES, "## 様式").partition("### ")[0]):
        for name in quoted(row[5]):
            is_edition = name in load_catalogue().editions
            assert is_edition or re.search(rf"create (table|view) {name}\b", schema), name


def test_every_source_is_listed_with_its_page() -> None:
    rows = table_rows(section(SOURCES, "## 公表元と利用条件"))
    told = {quoted(key)[0]: page.strip("<>").replace("なし", "") for key, _, page in rows}
    assert told == {key: entry.url for key, entry in load_catalogue().sources.items()}


def test_every_recipe_is_listed() -> None:
    models = get_args(get_args(Recipe)[0])
    kinds = {get_args(model.model_fields["kind"].annotation)[0] for model in models}
    rows = table_rows(section(SOURCES, "## 指標を足す（Pythonは要りません）"))
    assert {quoted(row[0])[0] for row in rows} >= kinds


def toml_examples() -> dict[str, str]:
    """Return the TOML examples by the file that their first line names."""
    fences = re.findall(r"```toml\n# (\S+)\n(.*?)```", text_of(SOURCES), flags=re.DOTALL)
    return dict(fences)


@pytest.fixture
def extended(tmp_path: Path) -> Catalogue:
    """Return the catalogue with the examples of the document appended to their files."""
    original = Path(catalogue_package.__file__).parent
    root = tmp_path / "catalogue"
    shutil.copytree(original, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for name, example in toml_examples().items():
        target = root / Path(name).relative_to("data/catalogue")
        before = text_of(target) if target.exists() else ""
        target.write_text(f"{before}\n{example}", encoding="utf-8")
    return load_catalogue(root)


def test_examples_are_accepted_by_the_catalogue(extended: Catalogue) -> None:
    known = load_catalogue()
    own = {"group_home_capacity", "home_rehabilitation"}
    assert set(extended.indicators) - set(known.indicators) == own
    assert set(extended.measures) - set(known.measures) == {"home_rehabilitation_year"}
    assert set(extended.facility_types) - set(known.facility_types) == {"combined_home_day_office"}
    assert set(extended.sources) - set(known.sources) == {"basic_resident_register"}
    assert set(extended.surveys) - set(known.surveys) == {"day_care_form"}


def test_example_of_a_facility_type_takes_its_service(extended: Catalogue) -> None:
    assert extended.facility_type_of("訪問通所複合型サービス") == "combined_home_day_office"


def test_example_of_memberships_is_read(tmp_path: Path) -> None:
    example = re.search(r"```csv\n(.*?)```", text_of(OPERATIONS), flags=re.DOTALL)
    assert example
    path = tmp_path / "圏域.csv"
    path.write_text(example[1], encoding="utf-8")
    file = RawFile(path, path.name)
    assert recognise(file) is area_membership
    extract = area_membership.read(file)
    issues: list = []
    areas, members = from_table(extract, known={"19201", "19202"}, issues=issues)
    assert issues == []
    assert set(areas["area_code"]) == {"m2-1901", "m2-1904", "ew-1901"}
    assert len(members) == 3


def test_columns_of_memberships_are_described() -> None:
    rows = table_rows(section(OPERATIONS, "## 圏域の対応を入れる"))
    assert tuple(row[0] for row in rows) == area_membership.COLUMNS


def test_example_of_answers_is_read(tmp_path: Path) -> None:
    text = section(OPERATIONS, "## 調査の回答を入れる").partition("例（5行目から）：")[2]
    header = re.search(r"^\|.*\|$", text, flags=re.MULTILINE)
    assert header
    first = [cell.strip() for cell in header[0].strip("|").split("|")]
    path = tmp_path / "回答.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("回答")
        for line, pair in enumerate((("様式", "municipal_form"), ("枠組", "r3"), ("年度", 2023))):
            sheet.write_row(line, 0, pair)
        for line, row in enumerate([first, *table_rows(text)], start=4):
            sheet.write_row(line, 0, row)
    file = RawFile(path, path.name)
    assert recognise(file) is survey_workbook
    answers = survey_workbook.read(file).frames["answers"]
    questions = {question.id for question in load_catalogue().surveys["municipal_form"].questions}
    assert set(answers["question_id"]) <= questions
    assert {from_code6(code) for code in answers["area_code"]} == {"19201", "19202", "19204"}
    assert list(answers["value"]) == ["1", "120", "－", "***", "", ""]
    assert set(answers.loc[answers["area_code"] == "192040", "response"]) == {"未回収"}


def test_messages_are_those_of_the_code() -> None:
    rows = table_rows(section(OPERATIONS, "## 出る言葉と、すること"))
    assert len(rows) > 20
    for row in rows:
        for part in quoted(row[0])[0].split("…"):
            assert part.strip() in source_text(), f"the code never says {part!r}"


def test_names_of_the_glossary_are_used() -> None:
    for row in table_rows(text_of(GLOSSARY)):
        for name in quoted(row[1]):
            assert re.search(rf"\b{re.escape(name)}\b", source_text()), name


def test_every_area_type_and_status_is_in_the_glossary() -> None:
    told = set(quoted(text_of(GLOSSARY)))
    assert set(load_catalogue().area_types) <= told
    assert {"observed", "suppressed", "not_applicable", "missing", "unanswered"} <= told
    assert set(load_catalogue().editions) <= told
