"""Serving an earlier generation again, on an admin's word, with an entry in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from access.audit import note
from access.roles import Action, Actor, require
from data.errors import StoreError
from data.generations import Store


@dataclass(frozen=True)
class Kept:
    """A generation that is kept, and whether it is the one that is served."""

    name: str
    published_at: datetime
    megabytes: float
    is_served: bool


def kept_generations(store: Store, *, actor: Actor) -> list[Kept]:
    """Return the generations that can be served, newest first."""
    require(actor, Action.RESTORE)
    served = store.current()
    return [_kept(path, is_served=path == served) for path in reversed(store.generations())]


def _kept(path: Path, *, is_served: bool) -> Kept:
    status = path.stat()
    moment = datetime.fromtimestamp(status.st_mtime, ZoneInfo("Asia/Tokyo"))
    return Kept(path.stem, moment, status.st_size / 1e6, is_served)


def restore(store: Store, *, actor: Actor, to: str) -> str:
    """Serve a kept generation from now on; every page shows it at its next action."""
    require(actor, Action.RESTORE)
    if to not in {path.stem for path in store.generations()}:
        raise StoreError("その世代は、もうありません。", "一覧を開き直してください。")
    details = {"generation": to, "before": store.current().stem}
    note(store.root, actor=actor, action=Action.RESTORE, result="begun", details=details)
    restored = store.rollback(to).stem
    note(store.root, actor=actor, action=Action.RESTORE, result="done", details=details)
    return restored
