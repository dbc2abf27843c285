"""Routes of group work: the light page, the groups of a room, a sheet, its facts, field and pen."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import anyio
import duckdb
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from data.errors import StoreError, UserError
from ui.group_facts import form, group_facts
from ui.redirect import with_base
from ui.room_assets import room_html
from ui.room_posts import Refused, TooLarge, TooOften, posted
from ui.selection import area_of
from ui.store import store
from workshop.codes import is_pid, normal_code
from workshop.file import RoomGone, directory_stamp, reading, stamp
from workshop.group_tables import TABLES
from workshop.groups import RefusedGroup, exercise_in, group_in, groups_in
from workshop.pens import (
    Pen,
    PenElsewhere,
    Standing,
    hand_pen,
    join,
    keep_pen,
    lay_down_pen,
    pen_of,
    standing_in,
    take_pen,
)
from workshop.room_directory import NoSuchRoom, room_id_of
from workshop.sheets import ChangedField, Sheet, sheet_in, write_field

MAX_BODY = 400_000  # a text far too long still gets its own answer
_PARTICIPANT = "x-participant"
# Half of the threads stay for pages and maps, however many groups ask at once.
_at_once = anyio.CapacityLimiter(20)

Answer = dict[str, Any]
Work = Callable[..., Answer]


_STATUS: tuple[tuple[type[UserError], int, str], ...] = (
    (NoSuchRoom, 404, "no_room"),
    (RoomGone, 410, "ended"),
    (PenElsewhere, 409, "pen"),
    (ChangedField, 409, "changed"),
    (TooLarge, 413, "refused"),
    (TooOften, 429, "too_often"),
    (Refused, 403, "not_ours"),
    (RefusedGroup, 422, "refused"),
    (StoreError, 503, "store"),
)


async def _page(request: Request) -> Response:
    typed = request.path_params["code"]
    code = normal_code(typed)
    if code and code != typed:
        return RedirectResponse(with_base(f"/room/{code}/group"), status_code=303)
    headers = {"Cache-Control": "no-cache"}
    return Response(room_html("group.html"), headers=headers, media_type="text/html; charset=utf-8")


async def _answer(work: Work, **given: Any) -> Response:  # noqa: ANN401
    """Run what asks the files in a thread, and tell what a user can mend."""
    headers = {"Cache-Control": "no-store"}
    try:
        found = await anyio.to_thread.run_sync(partial(work, **given), limiter=_at_once)
    except duckdb.Error:
        return JSONResponse({"reason": "データを読めません。"}, status_code=503, headers=headers)
    except UserError as error:
        return _told(error)
    return JSONResponse(found, headers=headers)


def _told(error: UserError) -> Response:
    status, kind = next(
        ((status, kind) for known, status, kind in _STATUS if isinstance(error, known)),
        (422, "refused"),
    )
    said = {"kind": kind, "reason": error.message, "action": error.action}
    return JSONResponse(said, status_code=status, headers={"Cache-Control": "no-store"})


def _participant(request: Request) -> str:
    pid = request.headers.get(_PARTICIPANT, "")
    return pid if is_pid(pid) else ""


async def _form(request: Request) -> Response:
    return await _answer(form)


async def _groups(request: Request) -> Response:
    return await _answer(_list, code=request.path_params["code"])


async def _sheet(request: Request) -> Response:
    since = request.query_params.get("since", "")
    return await _answer(_read_sheet, pid=_participant(request), since=since, **request.path_params)


async def _facts(request: Request) -> Response:
    return await _answer(_read_facts, **request.path_params)


def _posting(work: Work) -> Callable[[Request], Awaitable[Response]]:
    """Return the route that hands what a page of ours sent to `work`."""

    async def handed(request: Request) -> Response:
        try:
            found = await posted(request, most=MAX_BODY)
        except UserError as error:
            return _told(error)
        return await _answer(work, pid=found.pid, sent=found.fields, **request.path_params)

    return handed


def _list(*, code: str) -> Answer:
    with reading(store().root, room_id_of(store().root, code), tables=TABLES) as con:
        groups, exercise = groups_in(con), exercise_in(con)
    listed = [
        {"id": group.group_id, "name": group.name, "area": _area_name(group.area_code)}
        for group in groups
    ]
    return {"groups": listed, "exercise": exercise}


def _area_name(code: str) -> str:
    area = area_of(code) if code else None
    return area.name if area else ""


def _read_sheet(*, code: str, group_id: str, pid: str, since: str) -> Answer:
    """Return how the pen stands, and the sheet when it has changed since the version named."""
    root, now = store().root, time.time()
    room_id = _room_id(root, directory_stamp(root), code)
    standing = _standing(root, room_id, stamp(root, room_id), group_id)
    if standing.is_due(pid, now):
        keep_pen(root, code=code, group_id=group_id, pid=pid, now=now)
    answer: Answer = {
        "version": standing.group.version,
        "pen": _pen_words(standing.pen(pid, now)),
    }
    if since != str(standing.group.version):
        with reading(root, room_id, tables=TABLES) as con:
            answer |= _sheet_words(sheet_in(con, standing.group), exercise_in(con))
    return answer


# All in a hall ask every two seconds, and mostly nothing has changed: two looks at marks of files
# answer that, and SQLite is opened once for all of them when something has.
@lru_cache(maxsize=200)
def _room_id(root: Path, mark: tuple[int, int], code: str) -> str:
    return room_id_of(root, code)


@lru_cache(maxsize=500)
def _standing(root: Path, room_id: str, mark: tuple[int, int], group_id: str) -> Standing:
    with reading(root, room_id, tables=TABLES) as con:
        return standing_in(con, group_id)


def _sheet_words(sheet: Sheet, exercise: str) -> Answer:
    kept = {
        **sheet.texts,
        **{f"target.{key}": text for key, text in sheet.targets.items()},
        **{f"pick.{key}": ",".join(keys) for key, keys in sheet.board.items()},
        "picked": ",".join(sheet.picked),
    }
    return {
        "name": sheet.group.name,
        "area": _area_name(sheet.group.area_code),
        "exercise": exercise,
        "fields": {
            key: {"text": kept.get(key, ""), "version": version}
            for key, version in sheet.versions.items()
        },
    }


def _pen_words(pen: Pen) -> Answer:
    return {
        "own": pen.own_number, "holder": pen.holder_number, "mine": pen.is_mine,
        "free": pen.is_free, "asked": pen.has_asked, "asking": list(pen.asking),
    }  # fmt: skip


def _read_facts(*, code: str, group_id: str) -> Answer:
    with reading(store().root, room_id_of(store().root, code), tables=TABLES) as con:
        area_code = str(group_in(con, group_id)["area_code"])
    return group_facts(area_code)


def _write(*, code: str, group_id: str, pid: str, sent: Mapping[str, Any]) -> Answer:
    key, text, version = sent.get("key"), sent.get("text"), sent.get("version")
    if not (isinstance(key, str) and isinstance(text, str) and type(version) is int):
        raise RefusedGroup("送られた内容を読めません。", "画面を読み込み直してください。")
    written = write_field(
        store().root, code=code, group_id=group_id, pid=pid, key=key, text=text, version=version,
        now=time.time(),
    )  # fmt: skip
    return {"key": key, "version": written}


def _pen(*, code: str, group_id: str, pid: str, sent: Mapping[str, Any]) -> Answer:
    act, to = sent.get("act"), sent.get("to")
    at: dict[str, Any] = {"code": code, "group_id": group_id, "pid": pid, "now": time.time()}
    if act == "join":
        join(store().root, code=code, group_id=group_id, pid=pid)
        return _pen_words(pen_of(store().root, **at))
    if act == "hand" and type(to) is int:
        return _pen_words(hand_pen(store().root, to=to, **at))
    deed = {"take": take_pen, "lay_down": lay_down_pen}.get(str(act))
    if deed is None:
        raise RefusedGroup("送られた内容を読めません。", "画面を読み込み直してください。")
    return _pen_words(deed(store().root, **at))


_GROUP = "/room/{code}/groups/{group_id}"
ROUTES = [
    Route("/room/{code}/group", _page, methods=["GET"]),
    Route("/room/{code}/groups", _groups, methods=["GET"]),
    Route("/room/{code}/groups/form", _form, methods=["GET"]),
    Route(_GROUP, _sheet, methods=["GET"]),
    Route(f"{_GROUP}/facts", _facts, methods=["GET"]),
    Route(f"{_GROUP}/field", _posting(_write), methods=["POST"]),
    Route(f"{_GROUP}/pen", _posting(_pen), methods=["POST"]),
]
