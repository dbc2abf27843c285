"""The table of layouts: a test names every loader, and pages that exist use what it brings."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.test_docs import ROOT, SOURCES, quoted, section, table_rows, text_of

PAGES = {"概況": "overview", "人口": "population", "資源": "resources", "比較": "compare",
         "プロフィール": "profile", "取組": "activities", "支援": "support",
         "出典と定義": "sources"}  # fmt: skip
NO_PAGE = {"すべて", "分母", "なし"}


def layout_rows() -> list[list[str]]:
    return table_rows(section(SOURCES, "## 様式").partition("### ")[0])


def test_every_loader_is_named_by_a_test_of_its_row() -> None:
    for row in layout_rows():
        module = Path(quoted(row[3])[0]).stem
        tests = [name for name in quoted(row[4]) if name.endswith(".py")]
        assert any(module in text_of(ROOT / name) for name in tests), module


def test_every_row_names_pages_that_exist() -> None:
    for row in layout_rows():
        words = re.split("[・、]", re.sub(r"（.*?）", "", row[6]))
        assert words, row[0]
        for word in words:
            assert word in NO_PAGE or (ROOT / "pages" / f"{PAGES[word]}.py").exists(), word
