"""What participants are handed: the light page, the state of the room, finished scenes."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from charts.projected import projected
from data.errors import UserError
from ui.group_routes import ROUTES as GROUP_ROUTES
from ui.question_routes import ROUTES as QUESTION_ROUTES
from ui.redirect import with_base
from ui.room_assets import asset, asset_kind, room_html
from ui.room_live import HUB, Following
from ui.room_posts import Refused, in_words
from ui.room_state import state_of
from ui.store import store
from workshop.codes import is_pid, normal_code
from workshop.presence import PRESENCE, SCREEN
from workshop.rooms import rendered_text, room_id_of, room_of

_FRESH = {"Cache-Control": "no-store"}
_FOREVER = "public, max-age=31536000, immutable"


class Withheld(UserError):
    """The picture is still to be guessed, or has not been shown."""


def _html(name: str, *, problem: str = "") -> Response:
    headers = {"Cache-Control": "no-cache"}
    html = room_html(name, problem=problem)
    return Response(html, headers=headers, media_type="text/html; charset=utf-8")


async def ask_code(request: Request) -> Response:
    """Lead whoever typed a code to its room; ask for it otherwise."""
    typed = request.query_params.get("code", "")
    if code := normal_code(typed):
        return RedirectResponse(with_base(f"/room/{code}"), status_code=303, headers=_FRESH)
    wrong = "コードは英字と数字の6文字です。進行役の画面をもう一度見てください。"
    return _html("code.html", problem=wrong if typed else "")


async def light_page(request: Request) -> Response:
    """Hand out the page, the same for every room; it asks for the room itself."""
    typed = request.path_params["code"]
    code = normal_code(typed)
    if code and code != typed:
        wall = "/wall" if request.url.path.endswith("/wall") else ""
        return RedirectResponse(with_base(f"/room/{code}{wall}"), status_code=303, headers=_FRESH)
    return _html("wall.html" if request.url.path.endswith("/wall") else "room.html")


async def files(request: Request) -> Response:
    """Hand out a file of the page, to be kept for good."""
    name = request.path_params["name"]
    kind = asset_kind(name)
    if kind is None:
        return JSONResponse({"reason": "ありません。"}, status_code=404)
    packed, mark = await run_in_threadpool(asset, name)
    return _packed(request, packed, mark, kind=kind, kept=_FOREVER)


def _packed(request: Request, packed: bytes, mark: str, *, kind: str, kept: str) -> Response:
    headers = {"Cache-Control": kept, "ETag": f'"{mark}"', "Vary": "Accept-Encoding"}
    if f'"{mark}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(packed, headers=headers, media_type=kind)
    return Response(gzip.decompress(packed), headers=headers, media_type=kind)


@in_words
async def state(request: Request) -> Response:
    """Tell how the room stands."""
    found = await run_in_threadpool(state_of, store().root, request.path_params["code"])
    return JSONResponse(found, headers=_FRESH)


@in_words
async def events(request: Request) -> Response:
    """Tell how the room stands, now and whenever it moves; a hall's screen counts as nobody."""
    pid = request.query_params.get("pid", SCREEN)
    if pid != SCREEN and not is_pid(pid):
        raise Refused("参加の印がありません。", "ルームのページを開き直してください。")
    root, code = store().root, request.path_params["code"]
    room_id = await run_in_threadpool(room_id_of, root, code)
    channel = await HUB.join(root, room_id=room_id, code=code)
    try:
        PRESENCE.arrive(room_id, pid)
    except UserError:
        HUB.leave(channel)
        raise
    return Following(channel, pid)


@in_words
async def scene(request: Request) -> Response:
    """Hand out a finished scene that has been shown and is not still to be guessed."""
    names, stage = request.path_params, "stage" in request.query_params
    packed, mark = await run_in_threadpool(
        _scene, store().root, names["code"], names["scene_id"], is_on_stage=stage
    )
    return _packed(request, packed, mark, kind="application/json", kept="no-cache")


def _scene(root: Path, code: str, scene_id: str, *, is_on_stage: bool) -> tuple[bytes, str]:
    room = room_of(root, code)
    scenes = [scene for scene in room.scene_set.scenes if scene.scene_id == scene_id]
    if not scenes or not room.may_see(scenes[0]):
        raise Withheld("このシーンは、まだ見られません。", "進行役が示すまでお待ちください。")
    return _packed_scene(root, room.room_id, scene_id, room.version, is_on_stage=is_on_stage)


@lru_cache(maxsize=200)
def _packed_scene(
    root: Path, room_id: str, scene_id: str, version: int, *, is_on_stage: bool
) -> tuple[bytes, str]:
    plain = rendered_text(root, room_id, scene_id)
    if is_on_stage:
        plain = _for_the_hall(plain)
    packed = gzip.compress(plain.encode(), 6, mtime=0)
    return packed, hashlib.sha256(packed).hexdigest()[:16]


def _for_the_hall(plain: str) -> str:
    """Return a scene with its figures as a projector shows them."""
    scene = json.loads(plain)
    for part in scene["parts"]:
        if part.get("spec"):
            part["spec"] = projected(part["spec"])
    return json.dumps(scene, ensure_ascii=False)


@in_words
async def qr_code(request: Request) -> Response:
    """Draw the address of the room, by the name under which this server was asked."""
    code = request.path_params["code"]
    await run_in_threadpool(room_id_of, store().root, code)
    said = request.headers.get("x-forwarded-proto", request.url.scheme).split(",")[0].strip()
    scheme = "https" if said == "https" else "http"
    host = re.sub(r"[^\w.:\[\]-]", "", request.headers.get("host", ""))
    address = f"{scheme}://{host}{with_base(f'/room/{code}')}"
    return Response(qr_svg(address), headers=_FRESH, media_type="image/svg+xml")


@lru_cache(maxsize=50)
def qr_svg(address: str) -> bytes:
    """Return a QR code that a telephone reads from the far end of a hall."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=8, border=4, dark="#000", light="#fff", omitsize=True
    )
    return drawn.getvalue()


ROOM_ROUTES = [
    Route("/room", ask_code, methods=["GET"]),
    Route("/room-assets/{mark}/{name}", files, methods=["GET"]),
    *QUESTION_ROUTES,
    *GROUP_ROUTES,
    Route("/room/{code}", light_page, methods=["GET"]),
    Route("/room/{code}/wall", light_page, methods=["GET"]),
    Route("/room/{code}/state", state, methods=["GET"]),
    Route("/room/{code}/events", events, methods=["GET"]),
    Route("/room/{code}/qr.svg", qr_code, methods=["GET"]),
    Route("/room/{code}/scene/{scene_id}", scene, methods=["GET"]),
]
