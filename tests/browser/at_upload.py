"""Coming to the upload page in a role, and saving what it offers."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page


def as_role(role: str, path: str) -> str:
    return f"/try-out?role={role}&to={quote(path)}"


def saved(page: Page, label: str) -> tuple[str, bytes]:
    """Press the first button that saves something; return the name of the file and its content."""
    with page.expect_download(timeout=30_000) as download:
        page.get_by_role("button", name=label).first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()
