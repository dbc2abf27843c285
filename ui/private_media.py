"""Files made for staff are for the one who had them made: an address alone opens none."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import PurePosixPath
from threading import Lock
from typing import Any

from streamlit.runtime.media_file_manager import MediaFileManager, _get_session_id
from streamlit.runtime.media_file_storage import MediaFileStorageError

from access.roles import Actor
from ui.actor import actor_of_session, was_signed_in

MAX_REMEMBERED = 20_000
_owners: OrderedDict[str, set[str]] = OrderedDict()
_lock = Lock()


def _own(url: str, actor: Actor) -> None:
    file_id = PurePosixPath(url).stem
    with _lock:
        _owners.setdefault(file_id, set()).add(actor.subject)
        _owners.move_to_end(file_id)
        while len(_owners) > MAX_REMEMBERED:
            _owners.popitem(last=False)


def may_open(path: str, actor: Actor) -> bool:
    """Tell whether a file is this person's, or one that a viewer was given as well."""
    with _lock:
        owners = _owners.get(PurePosixPath(path).stem, {""})
    return "" in owners or actor.subject in owners


def guard_media(kind: type[MediaFileManager] = MediaFileManager) -> None:
    """Let the manager of downloads note for whom each file was made."""
    add, execute = kind.add, kind.execute_deferred

    def add_owned(self: MediaFileManager, *given: Any, **named: Any) -> str:  # noqa: ANN401 - passed on
        url = add(self, *given, **named)
        _own(url, actor_of_session(_get_session_id()))
        return url

    def execute_owned(self: MediaFileManager, file_id: str) -> str:
        made = self._deferred_callables.get(file_id)
        session_id = str(made["session_id"]) if made else ""
        before = actor_of_session(session_id)
        if before.is_anonymous and was_signed_in(session_id):
            raise MediaFileStorageError("The session that offered this file has ended.")
        url = execute(self, file_id)
        _own(url, before)
        return url

    kind.add = add_owned  # type: ignore[method-assign]
    kind.execute_deferred = execute_owned  # type: ignore[method-assign]
