"""The newest link of a kind on a publisher's page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from data.errors import UserError


class _Anchors(HTMLParser):
    """Collects the targets of all links, in the order of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the href of an anchor."""
        target = dict(attrs).get("href") if tag == "a" else None
        if target:
            self.targets.append(target.strip())


def newest_link(html: str, *, page: str, pattern: str) -> str:
    """Return the address of the newest link whose path matches.

    Newest is the latest date, where the pattern has a group of that name; else the first on the
    page, since publishers put the latest on top. Links to other hosts are passed over.
    """
    anchors = _Anchors()
    anchors.feed(html)
    found: list[tuple[str, str]] = []
    for target in anchors.targets:
        url = urljoin(page, target)
        match = re.search(pattern + r"$", urlsplit(url).path)
        if match and urlsplit(url).netloc == urlsplit(page).netloc:
            found.append((match.groupdict().get("date") or "", url))
    if not found:
        raise UserError(
            "ページに、探しているファイルへのリンクがありません。",
            f"ページの作りか名前が変わったようです。手で取ってください：{page}",
        )
    latest = max(date for date, _ in found)
    return next(url for date, url in found if date == latest)
