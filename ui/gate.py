"""The gate before every request: our own host names, and Streamlit's doors closed to viewers."""

from __future__ import annotations

import re
from collections import OrderedDict
from threading import Lock

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from access.roles import ANONYMOUS, Action, Actor, may
from data.errors import UserError
from ui.actor import actor_of_session
from ui.hosts import comes_from_here, is_allowed_host
from ui.identity import Presented, actor_of, claims_of_cookies
from ui.private_media import may_open

SMALL_UPLOAD = 210_000  # a file of groups, and what the form around it takes
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/")
_MEDIA = re.compile(r"/media/(.+)")
# Who drives the product does it from a page; how it fares is for the computer it runs on.
_CLOSED = re.compile(r"/_stcore/agent(/|$)")
_FOR_THE_OPERATOR = re.compile(r"/_stcore/(metrics|script-health-check)$")
_COMMANDS = ("clear_cache", "load_git_info", "set_run_on_save")
_small: OrderedDict[str, None] = OrderedDict()
_lock = Lock()


def small_upload_here() -> None:
    """Let this viewer's page take small files that it only reads into its own choices."""
    context = get_script_run_ctx()
    if context is None:
        return
    with _lock:
        _small[context.session_id] = None
        while len(_small) > 5_000:
            _small.popitem(last=False)


def requester(connection: HTTPConnection) -> Actor:
    """Return who sends a request, by its cookies."""
    presented = Presented(
        cookies=connection.cookies,
        headers=connection.headers,
        claims=claims_of_cookies(connection.cookies),
    )
    try:
        return actor_of(presented)
    except UserError:
        return ANONYMOUS


def _refusal(connection: HTTPConnection, path: str, method: str) -> tuple[int, str] | None:
    """Return status and words for a request that may not pass."""
    if _CLOSED.search(path):
        return 404, "ありません。"
    if _FOR_THE_OPERATOR.search(path) and not _is_local(connection):
        return 403, "この動作しているコンピューターからだけ見られます。"
    if (found := _UPLOAD.search(path)) and method != "OPTIONS":
        return _refused_upload(connection, found[1], method)
    if (found := _MEDIA.search(path)) and not may_open(found[1], requester(connection)):
        return 403, "このファイルは、作った人だけが開けます。"
    return None


def _is_local(connection: HTTPConnection) -> bool:
    client = connection.client.host if connection.client else ""
    return client in ("127.0.0.1", "::1") and comes_from_here(connection.headers)


def _refused_upload(
    connection: HTTPConnection, session_id: str, method: str
) -> tuple[int, str] | None:
    actor = requester(connection)
    if may(actor, Action.UPLOAD):
        at_page = actor_of_session(session_id)
        return None if at_page.subject == actor.subject else (403, "ほかの人の画面です。")
    length = connection.headers.get("content-length", "")
    is_small = length.isdigit() and int(length) <= SMALL_UPLOAD
    with _lock:
        is_expected = session_id in _small
    if is_expected and (method == "DELETE" or is_small):
        return None
    return 403, "ファイルを送れるのは、担当者と管理者だけです。"


class Gate:
    """Middleware: refuse what no page of ours would ask for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with one sentence."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not is_allowed_host(Headers(scope=scope).get("host", "")):
            await _refuse(scope, receive, send, 400, "このアドレスでは開けません。")
            return
        refused = None
        if scope["type"] == "http" and _is_guarded(scope["path"]):
            connection = HTTPConnection(scope)
            refused = await run_in_threadpool(
                _refusal, connection, scope["path"], str(scope["method"])
            )
        if refused:
            await _refuse(scope, receive, send, *refused)
        elif scope["type"] == "websocket":
            await self.app(scope, _without_commands(receive), send)
        else:
            await self.app(scope, receive, send)


def _without_commands(receive: Receive) -> Receive:
    """Leave out of a page's channel what is for the developer of a page and touches everybody."""

    async def heard() -> Message:
        while True:
            message = await receive()
            if not _is_command(message.get("bytes") or b""):
                return message

    return heard


def _is_command(sent: bytes) -> bool:
    message = BackMsg()
    try:
        message.ParseFromString(sent)
    except DecodeError:
        return False  # Streamlit closes the channel
    return message.WhichOneof("type") in _COMMANDS


def _is_guarded(path: str) -> bool:
    return "/media/" in path or "/_stcore/" in path


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, words: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(words, status_code=status)(scope, receive, send)
