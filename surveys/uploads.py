"""Uploaded files: several at once, each read in a process of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from access.roles import Action, Actor, require
from data.extract.delimited import plain
from data.extract.known_unused import reason_of
from data.extract.mieruka_export import is_export
from surveys.companion import make_ready
from surveys.content import SheetContent
from surveys.discharge_wording import looks_like_discharge
from surveys.limits import DEFAULT, Limits
from surveys.marks import Mark, mark_of
from surveys.reading import read_file
from surveys.refusals import WorkbookRefused
from surveys.target import Target
from surveys.wide_sheets import is_wide

Progress = Callable[[str, float], None]
FILES_AT_ONCE = 300
_AT_A_TIME = 2
_TITLE_ROWS = 3
_LARGE_BYTES = 200_000


@dataclass(frozen=True)
class UploadedFile:
    """A file as it came: its name as shown, and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The checksum under which the original is kept."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class ReadFile:
    """A file that was read, or the reason why it was not."""

    name: str
    sha256: str
    content: bytes
    sheets: list[SheetContent] = field(default_factory=list)
    refusal: WorkbookRefused | None = None
    mark: Mark | None = None
    is_discharge: bool = False


def read_uploads(
    files: Sequence[UploadedFile],
    *,
    actor: Actor,
    progress: Progress | None = None,
    limits: Limits = DEFAULT,
) -> list[ReadFile]:
    """Read files two at a time, in their order; one that is refused does not stop the others."""
    require(actor, Action.UPLOAD)
    if len(files) > FILES_AT_ONCE:
        raise WorkbookRefused(
            f"一度に読めるのは{FILES_AT_ONCE}ファイルまでです。",
            "何回かに分けて選んでください。",
            code="too_many",
        )
    if sum(len(file.content) for file in files) > _LARGE_BYTES:
        make_ready()
    done: list[ReadFile] = []
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        for read in pool.map(lambda file: _read(file, limits), files):
            done.append(read)
            if progress:
                progress(read.name, len(done) / len(files))
    return done


def _read(file: UploadedFile, limits: Limits) -> ReadFile:
    read = ReadFile(file.name, file.sha256, file.content)
    try:
        read.sheets = read_file(file.content, name=file.name, limits=limits)
    except WorkbookRefused as refusal:
        read.refusal = refusal
    else:
        read.mark = next(filter(None, map(mark_of, read.sheets)), None)
        read.refusal = _known_but_unused(read)
        read.is_discharge = read.mark is None and looks_like_discharge(read.sheets)
    return read


def _known_but_unused(read: ReadFile) -> WorkbookRefused | None:
    """Refuse by its name a publisher's workbook whose columns nobody has described."""
    if read.mark or any(
        is_wide(sheet.name) or is_export(sheet.rows, sheet=sheet.name) for sheet in read.sheets
    ):
        return None
    titles = [
        plain(cell)
        for sheet in read.sheets
        for row in sheet.rows[:_TITLE_ROWS]
        for cell in row[:_TITLE_ROWS]
        if isinstance(cell, str)
    ]
    why = reason_of("／".join([*(plain(sheet.name) for sheet in read.sheets), *titles]))
    return WorkbookRefused(why, file=read.name, code="known_unused") if why else None


def target_of(read: Sequence[ReadFile]) -> Target | None:
    """Return the form and year that the files say, none where they say nothing or differ."""
    marks = {file.mark.target for file in read if file.mark}
    return marks.pop() if len(marks) == 1 else None
