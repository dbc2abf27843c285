"""The newest link of a kind on a publisher's page, and the day that stands above it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from data.errors import UserError
from data.stated_day import StatedDay, stated_day

_REMEMBERED = 40


class Link(NamedTuple):
    """A file's address, and the day that the page states for it, blank when none."""

    url: str
    stated: str


class _Anchors(HTMLParser):
    """Collects the targets of all links in the order of the page, with the day stated above."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[tuple[str, StatedDay | None]] = []
        self._text = ""
        self._stated: StatedDay | None = None

    def handle_data(self, data: str) -> None:
        """Take the last day that the text so far has named; tags may lie inside it."""
        self._text = (self._text + "".join(data.split()))[-_REMEMBERED:]
        found = stated_day(self._text)
        if found is not None:
            self._stated, self._text = found, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the href of an anchor."""
        target = dict(attrs).get("href") if tag == "a" else None
        if target:
            self.targets.append((target.strip(), self._stated))


def newest_link(html: str, *, page: str, pattern: str) -> Link:
    """Return the newest link whose path matches.

    Newest is the latest day in the heading above, then the latest date in the name, where the
    pattern has a group of that name; else the first on the page, since publishers put the latest
    on top. Links to other hosts are passed over.
    """
    anchors = _Anchors()
    anchors.feed(html)
    found: list[tuple[tuple[int, int], str, Link]] = []
    for target, day in anchors.targets:
        url = urljoin(page, target)
        match = re.search(pattern + r"$", urlsplit(url).path)
        if match and urlsplit(url).netloc == urlsplit(page).netloc:
            above = (day.year, day.month) if day else (0, 0)
            date = match.groupdict().get("date") or ""
            found.append((above, date, Link(url, day.label() if day else "")))
    if not found:
        raise UserError(
            "ページに、探しているファイルへのリンクがありません。",
            f"ページの作りか名前が変わったようです。手で取ってください：{page}",
        )
    latest = max(found, key=lambda one: one[:2])[:2]
    return next(link for above, date, link in found if (above, date) == latest)
