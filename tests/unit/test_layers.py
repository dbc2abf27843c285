"""Imports point one way also in the scripts, which import-linter does not see."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {
    "app",
    "frame",
    "pages",
    "ui",
    "surveys",
    "records",
    "workshop",
    "exports",
    "charts",
    "analytics",
    "access",
    "data",
    "geo",
}
# A server and the child that it started itself speak over a pipe that nobody else can reach.
BETWEEN_OWN_PROCESSES = {"surveys/companion.py", "surveys/companion_child.py"}
PAGES = sorted((ROOT / "pages").glob("*.py"))
SOURCES = [
    path
    for folder in sorted(OURS - {"app", "frame"})
    for path in sorted((ROOT / folder).rglob("*.py"))
] + [ROOT / "app.py", ROOT / "frame.py"]


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def strings_of(path: Path) -> list[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_imports_no_page_and_no_database(page: Path) -> None:
    assert not imports_of(page) & {"pages", "app", "frame", "duckdb", "shapely", "geopandas"}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_holds_no_sql(page: Path) -> None:
    assert not [
        text for text in strings_of(page) if text.lstrip().lower().startswith(("select ", "with "))
    ]


def test_the_entry_points_stay_on_top() -> None:
    for path in SOURCES:
        if path.name not in ("app.py", "frame.py"):
            assert not imports_of(path) & {"app", "frame", "pages"}, path


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_cell_text_is_ever_shown_as_markup(path: Path) -> None:
    keywords = {
        keyword.arg
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
    }
    assert not keywords & {"unsafe_allow_html", "unsafe_allow_javascript"}
    if path.relative_to(ROOT).as_posix() not in BETWEEN_OWN_PROCESSES:
        assert "pickle" not in imports_of(path)
