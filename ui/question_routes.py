"""The routes by which participants answer the question in view, and see their own answer again."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.room_posts import in_words, posted
from ui.store import store
from workshop.questions import answer, own_answer

_LONGEST = 64  # characters of an id or a key
_SMALL = 1_000
_FRESH = {"Cache-Control": "no-store"}


@in_words
async def give_answer(request: Request) -> Response:
    """Keep a participant's answer; what was kept is said, and nothing of the others."""
    sent = await posted(request, most=_SMALL)
    scene_id, choice = (str(sent.fields.get(name, ""))[:_LONGEST] for name in ("scene", "choice"))
    await run_in_threadpool(
        answer, store().root, code=sent.code, pid=sent.pid, scene_id=scene_id, choice=choice
    )
    return JSONResponse({"scene": scene_id, "choice": choice}, headers=_FRESH)


@in_words
async def tell_own_answer(request: Request) -> Response:
    """Tell a participant, who may have opened the page anew, what they have answered."""
    sent = await posted(request, most=_SMALL)
    scene_id = str(sent.fields.get("scene", ""))[:_LONGEST]
    choice = await run_in_threadpool(
        own_answer, store().root, code=sent.code, pid=sent.pid, scene_id=scene_id
    )
    return JSONResponse({"scene": scene_id, "choice": choice}, headers=_FRESH)


ROUTES = [
    Route("/room/{code}/answer", give_answer, methods=["POST"]),
    Route("/room/{code}/own-answer", tell_own_answer, methods=["POST"]),
]
