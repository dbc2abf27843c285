"""Routes beside the pages: health, and what maps draw: polygons, points, cells."""

from __future__ import annotations

import gzip
import time
from functools import partial

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from analytics.geometry import topology
from analytics.map_files import Packed, cell_file, point_file
from analytics.sources import health_counts, meta_values
from data.catalogue import load_catalogue
from data.errors import UserError
from data.generations import open_generation
from geo.cells import RESOLUTIONS
from ui.map_urls import narrowing_of
from ui.store import ask, connection, serving, store

_FOREVER = "public, max-age=31536000, immutable"


def _health() -> tuple[dict[str, object], int]:
    """Query the database in earnest and say how it stands, without any path."""
    started = time.perf_counter()
    try:
        current = serving()
        with open_generation(current.path) as con:
            facts = dict(meta_values(con))
            counts = health_counts(con)
    except UserError as error:
        return {"status": "error", "reason": error.message, "action": error.action}, 503
    except (duckdb.Error, OSError) as error:
        reason = f"データを読めません（{type(error).__name__}）。"
        return {"status": "error", "reason": reason}, 503
    ok = counts["area"] > 0
    body: dict[str, object] = {
        "status": "ok" if ok else "error",
        "generation": facts.get("generation"),
        "dataset": facts.get("dataset"),
        "built_at": facts.get("built_at"),
        "checks": {
            "database": "ok",
            "areas": counts["area"],
            "population_rows": counts["population_total"],
            "observation_rows": counts["observation"],
            "newest_generation": current.banner is None,
            "milliseconds": round(1000 * (time.perf_counter() - started), 1),
        },
    }
    if not ok:
        body["reason"] = "地域が1件もありません。"
    return body, 200 if ok else 503


async def healthz(request: Request) -> Response:
    """Answer whether the data can be served."""
    body, status = await run_in_threadpool(_health)
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store"})


Asked = partial[Packed | None]


def _from_generation(generation: str, asked: Asked, *, is_kept: bool) -> Packed | None:
    """Ask the generation of that name, which need not be the newest; None where there is none.

    Of the newest one, an answer that is slow to make is kept.
    """
    current = serving().path
    if generation == current.stem:
        if is_kept:
            kept: Packed | None = ask(asked.func, **asked.keywords)
            return kept
        with connection().cursor() as cursor:
            return asked(cursor)
    wanted = next((path for path in store().generations() if path.stem == generation), None)
    if wanted is None:
        return None
    with open_generation(wanted) as con:
        return asked(con)


async def _answer(
    request: Request,
    asked: Asked,
    *,
    nothing: str,
    media_type: str = "application/json",
    is_kept: bool = False,
) -> Response:
    """Answer what is asked of the generation in the address, for browsers to keep."""
    generation = request.path_params["generation"]
    try:
        found = await run_in_threadpool(_from_generation, generation, asked, is_kept=is_kept)
    except (UserError, duckdb.Error):
        return JSONResponse({"reason": "データを読めません。"}, status_code=503)
    if found is None:
        return JSONResponse({"reason": nothing}, status_code=404)
    packed, etag = found
    headers = {"Cache-Control": _FOREVER, "ETag": f'"{etag}"', "Vary": "Accept-Encoding"}
    if f'"{etag}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(packed, headers=headers, media_type=media_type)
    return Response(gzip.decompress(packed), headers=headers, media_type=media_type)


async def geometry(request: Request) -> Response:
    """Answer the polygons of a level inside an area, as stored."""
    names = request.path_params
    asked = partial(topology, level=names["level"], parent=names["parent"])
    return await _answer(request, asked, nothing="その地域の境界はありません。")


async def points(request: Request) -> Response:
    """Answer the located facilities of some types in an area; not more than a map can show."""
    names = request.path_params
    types = tuple(names["types"].split(","))
    try:
        filters, search = narrowing_of(request.query_params.get("q", ""))
    except ValueError:
        return JSONResponse({"reason": "条件を読めません。"}, status_code=400)
    nothing = "その種類の施設はないか、点で示すには多すぎます。"
    if not set(types) <= set(load_catalogue().facility_types):
        return JSONResponse({"reason": nothing}, status_code=404)
    asked = partial(
        point_file,
        area_code=names["area"],
        facility_types=types,
        filters=filters,
        search=search,
    )
    return await _answer(request, asked, nothing=nothing, media_type="text/csv; charset=utf-8")


async def cells(request: Request) -> Response:
    """Answer the outlines of the cells of an area that hold facilities."""
    names = request.path_params
    nothing = "その細かさの六角形はありません。"
    if names["resolution"] not in RESOLUTIONS:
        return JSONResponse({"reason": nothing}, status_code=404)
    asked = partial(cell_file, area_code=names["area"], resolution=names["resolution"])
    return await _answer(request, asked, nothing=nothing, is_kept=True)


async def first_page(request: Request) -> Response:
    """Lead to the first page, whose address is the bare one, with everything chosen."""
    up = "../" if request.url.path.endswith("/") else "./"
    query = request.url.query
    return RedirectResponse(f"{up}?{query}" if query else up)


ROUTES = [
    Route("/overview", first_page, methods=["GET"]),
    Route("/overview/", first_page, methods=["GET"]),
    Route("/healthz", healthz, methods=["GET"]),
    Route("/geo/{generation}/{level}/{parent}.json", geometry, methods=["GET"]),
    Route("/points/{generation}/{area}/{types}.csv", points, methods=["GET"]),
    Route("/cells/{generation}/{area}/{resolution:int}.json", cells, methods=["GET"]),
]
