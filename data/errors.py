"""The two families of errors: those a user can mend, and bugs (everything else)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class UserError(Exception):
    """Something the user can mend, said in Japanese: what is wrong, where, and what to do."""

    message: str
    action: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        place = "・".join(part for part in (self.file, self.sheet, self.cell) if part)
        lines = [f"{place}：{self.message}" if place else self.message, self.action]
        return "\n".join(line for line in lines if line)

    def in_file(self) -> str:
        """Return the words without the name of the file, beside which they stand."""
        place = "・".join(part for part in (self.sheet, self.cell) if part)
        return (f"{place}：{self.message}" if place else self.message) + self.action


class UnreadableFile(UserError):
    """A raw file is recognised but cannot be read."""


class CatalogueError(UserError):
    """An entry of the catalogue is faulty."""


class StoreError(UserError):
    """The store cannot serve: empty, damaged, locked or not writable."""


class BuildError(UserError):
    """A build cannot produce a generation; the published one stays as it is."""


class InvalidRows(BuildError):
    """Rows break a rule of their table; the file that they come from can be left out."""
