"""How the documents part the support of prefectures: versions, headings, examples."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from data.catalogue.reading import read_entries, read_toml, refuse_unknown
from data.catalogue.records import Key, Record, Text

_ROOT = Path(__file__).parent
_FILE = "library/support_headings.toml"


class HeadingVersion(Record):
    """One way of parting the support, and the document that gives it."""

    key: Key
    label: Text
    document: Text
    note: Text


class SupportHeading(Record):
    """One heading, its examples in our words, and the questions that measure it."""

    key: Key
    version: Key
    label: Text
    short_label: Text
    scope: str = ""
    examples: list[Text] = Field(default_factory=list)
    measured_by: list[Key] = Field(min_length=1)


class SupportHeadings(Record):
    """All versions with their headings, in the order of the documents."""

    versions: dict[str, HeadingVersion]
    headings: list[SupportHeading]

    def of(self, version: str) -> list[SupportHeading]:
        """Return the headings of one version in their order."""
        return [heading for heading in self.headings if heading.version == version]


@lru_cache(maxsize=2)
def load_support_headings(root: Path = _ROOT) -> SupportHeadings:
    """Return the headings as the catalogue's file gives them."""
    content = read_toml(root, _FILE)
    refuse_unknown(content, ("versions", "headings"), file=_FILE)
    headings = read_entries(SupportHeading, content.get("headings", {}), file=_FILE)
    versions = read_entries(HeadingVersion, content.get("versions", {}), file=_FILE)
    return SupportHeadings(versions=versions, headings=list(headings.values()))
