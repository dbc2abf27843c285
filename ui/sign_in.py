"""Signing in and out, and choosing a password: plain forms, outside of the pages.

A password never goes through the page's own channel, and the cookie is one that no script reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from access.roles import Role
from access.sessions import actor_of_token, end_token, start, subject_of_token
from access.sign_in import change_own_password, sign_in
from data.errors import UserError
from ui.identity import SESSION_COOKIE, TRY_OUT_COOKIE, can_try_roles, is_same_origin
from ui.redirect import own_path, with_base
from ui.sign_in_forms import password_page, refused_page, sign_in_page
from ui.store import store

MAX_FORM = 4_000
MAX_WAITING = 20
# Checking a password is slow on purpose; many at once must not take the threads from the pages.
_at_once = anyio.CapacityLimiter(2)


def _to(request: Request) -> str:
    return own_path(request.query_params.get("to", "/"))


def _page(body: str, status: int = 200) -> Response:
    return HTMLResponse(body, status_code=status, headers={"Cache-Control": "no-store"})


def _away(path: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    return RedirectResponse(with_base(path), status_code=303, headers=headers)


def _is_https(request: Request) -> bool:
    said = request.headers.get("x-forwarded-proto", request.url.scheme)
    return said.split(",")[0].strip() == "https"


def _keep(response: Response, request: Request, name: str, value: str) -> None:
    """Set a cookie until the browser closes; not readable by scripts, nor sent by other sites."""
    response.set_cookie(
        name,
        value,
        path=with_base("/"),
        httponly=True,
        samesite="strict",
        secure=_is_https(request),
    )


async def _fields(request: Request) -> Mapping[str, str]:
    """Return the fields of a form that one of our own pages sent; nothing of any other."""
    length = request.headers.get("content-length", "")
    if not is_same_origin(request.headers) or not length.isdigit() or int(length) > MAX_FORM:
        return {}
    form = await request.form(max_files=0, max_fields=8)
    return {name: str(value) for name, value in form.items()}


async def _slowly(function: Callable[..., str | None], **given: Any) -> str | None:  # noqa: ANN401
    """Run what checks a password, two at a time; past twenty in the queue, say to come back."""
    if _at_once.statistics().tasks_waiting >= MAX_WAITING:
        raise UserError("混み合っています。", "しばらくしてから、もう一度試してください。")
    work = partial(function, store().root, **given)
    return await anyio.to_thread.run_sync(work, limiter=_at_once)


async def show_sign_in(request: Request) -> Response:
    """Show the form."""
    return _page(sign_in_page(to=_to(request)))


async def do_sign_in(request: Request) -> Response:
    """Check name and password, and lead on; the first time, to choosing another password."""
    fields, to = await _fields(request), _to(request)
    if not fields:
        return _page(refused_page(), 403)
    login, password = fields.get("login", ""), fields.get("password", "")
    try:
        token = str(await _slowly(sign_in, login=login, password=password))
    except UserError as error:
        return _page(sign_in_page(to=to, problem=error), 401)
    must_change = await run_in_threadpool(_must_change, token)
    response = _away(f"/password?{urlencode({'to': to})}" if must_change else to)
    response.delete_cookie(TRY_OUT_COOKIE, path=with_base("/"))
    _keep(response, request, SESSION_COOKIE, token)
    return response


def _must_change(token: str) -> bool:
    return actor_of_token(store().root, token).is_anonymous


async def show_password(request: Request) -> Response:
    """Show the form for a new password."""
    subject = await run_in_threadpool(_subject, request)
    if not subject.startswith("local:"):
        return _away(f"/sign-in?{urlencode({'to': '/password'})}")
    return _page(password_page(to=_to(request), login=subject.removeprefix("local:")))


def _subject(request: Request) -> str:
    token = request.cookies.get(SESSION_COOKIE, "")
    return subject_of_token(store().root, token) if token else ""


async def do_password(request: Request) -> Response:
    """Take a new password; all sessions end, and this browser gets a new one."""
    fields, to = await _fields(request), _to(request)
    subject = await run_in_threadpool(_subject, request)
    if not fields or not subject.startswith("local:"):
        return _page(refused_page(), 403)
    login = subject.removeprefix("local:")
    old, new = fields.get("old", ""), fields.get("new", "")
    try:
        if new != fields.get("again", ""):
            raise UserError("新しいパスワードが、二つで違います。")
        await _slowly(change_own_password, subject=subject, old=old, new=new)
        token = await run_in_threadpool(start, store().root, subject=subject)
    except UserError as error:
        return _page(password_page(to=to, login=login, problem=error), 400)
    response = _away(to)
    _keep(response, request, SESSION_COOKIE, token)
    return response


async def sign_out(request: Request) -> Response:
    """End the session of this browser for good, and forget its cookies."""
    if token := request.cookies.get(SESSION_COOKIE):
        await run_in_threadpool(end_token, store().root, token)
    response = _away(_to(request))
    for name in (SESSION_COOKIE, TRY_OUT_COOKIE):
        response.delete_cookie(name, path=with_base("/"))
    return response


async def try_out(request: Request) -> Response:
    """Take on a role for trying, on fictional data and this computer only."""
    role = request.query_params.get("role", "")
    is_foreign = request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
    if is_foreign or role not in set(Role) or not can_try_roles(request.headers):
        return _page(refused_page(), 403)
    response = _away(_to(request))
    if role == Role.VIEWER:
        response.delete_cookie(TRY_OUT_COOKIE, path=with_base("/"))
    else:
        _keep(response, request, TRY_OUT_COOKIE, role)
    return response


SIGN_IN_ROUTES = [
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", do_sign_in, methods=["POST"]),
    Route("/password", show_password, methods=["GET"]),
    Route("/password", do_password, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["GET"]),
    Route("/try-out", try_out, methods=["GET"]),
]
