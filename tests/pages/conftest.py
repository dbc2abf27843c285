"""Page tests start at frame.py, as the server does.

AppTest takes a folder named pages/ for the old way of declaring pages and, from its second run on,
would run the page without its frame; app.py switches that off for the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.runtime.pages_manager import PagesManager

from tests.pages.opening import patched_identity


@pytest.fixture(autouse=True)
def _declared_pages_only(monkeypatch: pytest.MonkeyPatch) -> None:
    original = PagesManager.__init__

    def declared_only(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", declared_only)


@pytest.fixture(autouse=True)
def _identity_of_test() -> Iterator[None]:
    with patched_identity:
        yield
