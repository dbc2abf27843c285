"""Files refused by name because of a step that nobody foresaw to fail at them."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import structlog

from data.errors import BuildError, InvalidRows, UserError
from data.extract import Extract
from data.report import FileReport

log = structlog.get_logger()
Pair = tuple[FileReport, Extract]
Result = TypeVar("Result")
Step = Callable[[list[Pair]], Result]

REFUSED = ("broken", "failed")
UNFORESEEN = (
    "行は読めましたが、表に直す途中で、この製品が想定していない内容に当たりました（記録：{}）。"
    "このファイルは使わず、ほかのファイルだけで作りました。公表元から取り直し、"
    "それでも同じなら、ファイルの名前とこの記録を、この製品の保守の担当に伝えてください。"
)
TOGETHER = (
    "このファイルまでを合わせたところで失敗しました。このファイルか、"
    "同じ地域・同じ項目のほかのファイルの中身が原因です。"
)
_ENDED = "データを作る途中で、この製品が想定していないことが起きました（記録：{}）。"
_TELL = (
    "公開中のデータはそのままです。新しく置いたファイルを除いて作り直し、"
    "それでも同じなら、この記録を、この製品の保守の担当に伝えてください。"
)
_NO_MEMORY = "メモリーが足りず、データを作れませんでした。公開中のデータはそのままです。"
_LESS = "ほかのプログラムを閉じるか、--prefectures で都道府県を絞って、もう一度実行してください。"
_OWN = str(Path(__file__).parents[1])


def refuse(entry: FileReport, error: Exception, *, event: str, beside: str = "") -> None:
    """Refuse a file for an error: in its words where a user can mend it, else as a bug, logged."""
    if isinstance(error, UserError):
        entry.refuse("broken", error.in_file() + beside)
        return
    log_bug(entry.file_name, error, event=event)
    entry.refuse("failed", UNFORESEEN.format(place_of(error)) + beside)


def log_bug(file: str, error: Exception, *, event: str) -> None:
    """Log the whole traceback, without the message, which may quote what the file says."""
    kind = type(error).__name__
    trail = "".join(traceback.format_tb(error.__traceback__))
    log.error(event, file=file, kind=kind, exception=trail + kind)


def place_of(error: Exception) -> str:
    """Return the kind of an error and the innermost place of ours that it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(_OWN)] or frames
    return f"{type(error).__name__} {own[-1].name}:{own[-1].lineno}"


@contextmanager
def ended_clearly() -> Iterator[None]:
    """Turn what nobody foresaw, and what no file is to blame for, into words; log the place."""
    try:
        yield
    except MemoryError as error:
        raise BuildError(_NO_MEMORY, _LESS) from error
    except UserError:
        raise
    except Exception as error:
        log_bug("", error, event="build_failed")
        raise BuildError(_ENDED.format(place_of(error)), _TELL) from error


def without_failing(
    step: Step[Result], found: list[Pair], *, event: str, again: Callable[[], None]
) -> Result:
    """Run a step over the files in use; refuse each file at which it fails, and run it again.

    `again` is called before every further run. What a user has to mend for the whole build, and
    a failure that no file brings about, are raised.
    """
    while True:
        usable = [pair for pair in found if pair[0].outcome not in REFUSED]
        error = _failure(step, usable)
        if not isinstance(error, Exception):
            return error
        if isinstance(_tried(step, []), Exception):
            raise error
        culprit = usable[_first_failing(step, usable)]
        own = _tried(step, [culprit])
        if isinstance(own, Exception):
            refuse(culprit[0], own, event=event)
        else:
            refuse(culprit[0], error, event=event, beside=TOGETHER)
        again()


def _failure(step: Step[Result], pairs: list[Pair]) -> Result | Exception:
    """Return what a step gives, or the error for which one of its files may be refused."""
    try:
        return step(pairs)
    except InvalidRows as error:
        return error
    except (UserError, MemoryError):  # the latter says nothing of the files
        raise
    except Exception as error:
        return error


def _first_failing(step: Step[Result], pairs: list[Pair]) -> int:
    """Return the place of a file with which the step fails, and without which it does not.

    All pairs together fail; half as many are tried each time, so that few runs find it.
    """
    sound, failing = 0, len(pairs)
    while failing - sound > 1:
        middle = (sound + failing) // 2
        if isinstance(_tried(step, pairs[:middle]), Exception):
            failing = middle
        else:
            sound = middle
    return failing - 1


def _tried(step: Step[Result], pairs: list[Pair]) -> Result | Exception | None:
    """Return as _failure does; too few files to go on are no failure."""
    try:
        return _failure(step, pairs)
    except UserError:
        return None
