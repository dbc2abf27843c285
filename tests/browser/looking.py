"""What a person sees and does on a page: text, colours, choices, files."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path

import duckdb
import pandas as pd
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser.conftest import settle

DEMO_BADGE = "演習データ（架空）"


def text_of(page: Page) -> str:
    return page.inner_text("[data-testid='stApp']")


def sentences(page: Page) -> list[str]:
    return page.locator(".copyable > p").all_inner_texts()


def heading(page: Page) -> str:
    return page.locator("h2").first.inner_text()


def trail(page: Page) -> str:
    """The breadcrumbs above the region picker."""
    return page.locator("[data-testid='stCaptionContainer']").first.inner_text()


def combobox(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label, exact=True)


def rerun(page: Page) -> None:
    """Wait until what was just pressed has been answered."""
    page.wait_for_timeout(300)
    settle(page)
    page.wait_for_timeout(150)  # an answer may ask for the whole page once more
    settle(page)


def at_rest(page: Page) -> None:
    """Wait until an opening part has reached its height: a list over it closes as it moves."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('details')].every((part) => !part.getAnimations()"
        ".some((moving) => moving.playState === 'running'))"
    )


def pick(page: Page, label: str, words: str) -> None:
    """Choose in a select box by typing, as one does in a long list."""
    box = combobox(page, label)
    at_rest(page)
    box.click()
    box.fill(words)
    page.get_by_role("option").first.wait_for()
    box.press("Enter")
    rerun(page)


def press(page: Page, label: str, *, role: str = "radio") -> None:
    page.get_by_role(role, name=label, exact=True).first.click()
    rerun(page)


def search_region(page: Page, words: str) -> Locator:
    """Search an area by its name; return the buttons that were found."""
    field = page.get_by_label("地域の名前・よみ・コード")
    if not field.is_visible():
        page.get_by_role("button", name="名前で探す").click()
    field.fill(words)
    field.press("Enter")
    rerun(page)
    return page.locator("[data-testid='stPopoverBody'] button")


def chart(page: Page, number: int = 0) -> Locator:
    found = page.locator("[data-testid='stVegaLiteChart']").nth(number)
    found.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    return found


def colours(locator: Locator) -> Counter[str]:
    """Count the pixels of each colour, as they are on the screen."""
    picture = Image.open(BytesIO(locator.screenshot())).convert("RGB")
    counted = picture.getcolors(maxcolors=picture.width * picture.height) or []
    return Counter({"#{:02x}{:02x}{:02x}".format(*colour): n for n, colour in counted})


def pixels_like(counted: Counter[str], colour: str, *, tolerance: int = 24) -> int:
    """Count pixels whose colour is nearly this one (marks are slightly transparent)."""
    wanted = bytes.fromhex(colour.removeprefix("#"))
    return sum(
        n
        for found, n in counted.items()
        if max(abs(a - b) for a, b in zip(bytes.fromhex(found[1:]), wanted, strict=True))
        <= tolerance
    )


def overflow(page: Page) -> list[str]:
    """Name what reaches beyond the right edge: the page itself, or one of its parts.

    A matrix that scrolls inside a frame of its own may be wider than the frame.
    """
    return page.evaluate(
        """() => {
        const root = document.scrollingElement, found = [];
        if (root.scrollWidth > root.clientWidth) found.push('page ' + root.scrollWidth);
        const main = document.querySelector("[data-testid='stMain']");
        if (main.scrollWidth > main.clientWidth) found.push('main ' + main.scrollWidth);
        const parts = ['stVegaLiteChart', 'stDataFrame', 'stMetric', 'stHtml', 'stSelectbox',
                       'stMultiSelect', 'stHeading', 'stCaptionContainer', 'stButtonGroup',
                       'stDownloadButton', 'stPopover', 'stAlert', 'stExpander', 'stText'];
        for (const id of parts)
            for (const part of main.querySelectorAll(`[data-testid='${id}']`)) {
                const frame = part.closest("[class*='st-key-scroll_']") || part;
                const box = frame.getBoundingClientRect();
                if (box.width && (box.right > root.clientWidth + 1 || box.left < -1))
                    found.push(`${id} ${Math.round(box.left)}-${Math.round(box.right)} `
                               + part.innerText.slice(0, 30));
            }
        return found;
    }"""
    )


def save(page: Page, label: str, *, number: int = 0) -> tuple[str, bytes]:
    """Press a download button; return the name of the file and its content."""
    with page.expect_download(timeout=30_000) as download:
        page.get_by_role("button", name=f"{label} を保存").nth(number).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def answer(store: Path, query: str, **values: object) -> pd.DataFrame:
    """Ask the served database itself."""
    generation = store / "generations" / (store / "CURRENT").read_text().strip()
    with duckdb.connect(str(generation), read_only=True) as con:
        return con.execute(query, values).df()


def ten_thousands(persons: float) -> str:
    return f"{persons / 10_000:,.1f}万人"
