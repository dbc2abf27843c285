"""What participants send: small, from a page of ours, and not too often; else told in words."""

from __future__ import annotations

import functools
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from data.errors import StoreError, UserError
from ui.identity import is_same_origin
from workshop.codes import is_pid
from workshop.file import RoomGone
from workshop.presence import RoomFull
from workshop.rooms import NoSuchRoom

SMALL = 4_000
BURST, PER_SECOND = 20.0, 4.0
_MOST_REMEMBERED = 5_000
Handler = Callable[[Request], Awaitable[Response]]


class Refused(UserError):
    """A request that no page of ours would send."""


class TooLarge(UserError):
    """More was sent than is taken."""


class TooOften(UserError):
    """The same participant sends faster than anybody writes."""


_STATUS: Mapping[type[UserError], int] = {
    Refused: 403,
    NoSuchRoom: 404,
    RoomGone: 410,
    TooLarge: 413,
    TooOften: 429,
    RoomFull: 503,
    StoreError: 503,
}


@dataclass(frozen=True)
class Posted:
    """What a participant sent: the code of the room, their random mark, and the fields."""

    code: str
    pid: str
    fields: Mapping[str, Any]


def told(error: UserError) -> Response:
    """Answer what is wrong and what to do."""
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 409)
    body = {"reason": error.message, "action": error.action}
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store"})


def in_words(handler: Handler) -> Handler:
    """Let a route tell in words what a user can mend."""

    @functools.wraps(handler)
    async def answered(request: Request) -> Response:
        try:
            return await handler(request)
        except UserError as error:
            return told(error)

    return answered


async def posted(request: Request, *, most: int = SMALL) -> Posted:
    """Return the JSON that a participant's page sent to /room/{code}/…; Refused for any other."""
    if not is_same_origin(request.headers):
        raise Refused("このページからは送れません。", "ルームのページを開き直してください。")
    fields = _fields(await _body(request, most))
    pid = str(fields.get("pid", ""))
    if not is_pid(pid):
        raise Refused("参加の印がありません。", "ルームのページを開き直してください。")
    if not _pace.allows(pid):
        raise TooOften("続けて送りすぎています。", "数秒待って、もう一度送ってください。")
    return Posted(code=str(request.path_params["code"]), pid=pid, fields=fields)


async def _body(request: Request, most: int) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge("送る内容が長すぎます。", "短くしてから、もう一度送ってください。")
    return body


def _fields(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused("送られた内容を読めません。", "ルームのページを開き直してください。")
    return found


class Pace:
    """Lets everybody send a burst, and then so many a second."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, pid: str) -> bool:
        """Tell whether this one may send now, and count it."""
        now = time.monotonic()
        with self._lock:
            left, before = self._left.pop(pid, (BURST, now))
            left = min(BURST, left + (now - before) * PER_SECOND)
            self._left[pid] = (left - 1 if left >= 1 else left, now)
            while len(self._left) > _MOST_REMEMBERED:
                self._left.popitem(last=False)
        return left >= 1


_pace = Pace()
