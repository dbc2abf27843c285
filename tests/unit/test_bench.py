from __future__ import annotations

import json
import os
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts import COMMAND_LINE, add_local, local_subject
from access.roles import Role
from access.sessions import start
from bench import __main__ as command
from bench.browser import Traffic
from bench.figures import Figure, figure
from bench.machine import ROOT, describe_machine
from bench.queries import measure_queries, queries_of
from bench.report import Results, as_json, as_markdown, write_results
from bench.scripts import RERUNS, change, is_warm, measure_page, open_page
from bench.subjects import Scope, describe_subject, is_staffed, page_names, page_path
from bench.visits import figures_of
from bench.watching import watching
from data.generations import Store

PASSWORD = "measured-with-care-1"
SIZE = {"municipalities": 9, "facilities": 5, "population_rows": 4_321, "survey_answers": 3}


def results(*figures: Figure, failures: tuple[str, ...] = (), scale: str = "1") -> Results:
    return Results(
        dataset="demo",
        scale=scale,
        repeat=3,
        machine=describe_machine(),
        size=SIZE,
        figures=figures,
        failures=failures,
    )


def rerun(*values: float) -> Figure:
    return figure(
        "script",
        "population",
        "rerun",
        values,
        unit="ms",
        scope="nation",
        budget=("script", "rerun"),
    )


def test_a_figure_is_judged_by_its_median() -> None:
    kept = rerun(1, 24, 900)
    missed = rerun(1, 26, 27)
    assert (kept.median, kept.is_kept) == (24, True)
    assert (missed.median, missed.is_kept) == (26, False)
    assert rerun(*range(1, 102)).p95 == 96


def test_nothing_measured_and_unknown_budgets_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        figure("route", "/healthz", "200", [], unit="ms")
    with pytest.raises(ValueError, match="no such budget"):
        figure("view", "population", "ready", [1], unit="ms", budget=("view", "ready"))


def test_the_table_prints_measured_beside_budget() -> None:
    health = figure("route", "/healthz", "200", [3.14], unit="ms")
    text = as_markdown(results(rerun(10, 20, 24), health, failures=("browser support: broken",)))
    assert "| population | 全国 | 再実行 | 20.0 ms | 23.6 | 3 | ≤ 25.0 | 達成 |" in text
    assert "| /healthz | ― | 200 | 3.1 ms | 3.1 | 1 |  |  |" in text
    assert "人口の行 4,321" in text
    assert "1項目のうち1項目を達成" in text
    assert "- browser support: broken" in text
    assert "**未達**" in as_markdown(results(rerun(30)))


def test_results_are_written_for_machines_too(tmp_path: Path) -> None:
    paths = write_results(results(rerun(10, 20, 24)), tmp_path)
    assert [path.name for path in paths] == ["demo.json", "demo.md"]
    content = json.loads(paths[0].read_text(encoding="utf-8"))
    assert content["size"] == SIZE
    assert content["figures"][0]["p95"] == 23.6
    assert content["figures"][0]["kept"] is True
    scaled = write_results(results(rerun(10), scale="4"), tmp_path)
    assert [path.name for path in scaled] == ["demo-x4.json", "demo-x4.md"]
    country = write_results(results(rerun(10), scale="nationwide"), tmp_path)
    assert [path.name for path in country] == ["demo-nationwide.json", "demo-nationwide.md"]
    assert "全国規模" in country[1].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("told", "stem"),
    [
        (["--scale", "nationwide"], "demo-nationwide-intake"),
        (["--scale", "1"], "demo-intake"),
        ([], "demo-xgiven-intake"),
    ],
)
def test_a_given_store_keeps_the_scale_that_the_caller_names(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch, told: list[str], stem: str
) -> None:
    monkeypatch.setenv("STORE", str(tiny_store.root))
    monkeypatch.setattr(command, "measure_intake", lambda store, repeat: [rerun(10)])
    options = command.parser().parse_args(
        ["--store", str(tiny_store.root), "--part", "intake", *told]
    )
    found = command.measure_given(options)
    assert (found.stem(), found.scale) == (stem, options.scale)


def test_screens_are_measured_without_anything_else(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = figure("view", "overview", "first_chart", [1_500.0], unit="ms", scope="nation")
    measured = ([seen], ["browser admin nation: not a viewer's"], "1.0")
    monkeypatch.setenv("STORE", str(tiny_store.root))
    monkeypatch.setattr(command, "serving", lambda store, log: nullcontext())
    monkeypatch.setattr(command, "chromium_path", lambda: "chromium")
    monkeypatch.setattr(command, "measure_browser", lambda subject, server, repeat: measured)
    options = command.parser().parse_args(["--store", str(tiny_store.root), "--part", "screens",
                                           "--views", "3"])  # fmt: skip
    found = command.measure_given(options)
    assert found.figures == [seen]
    assert found.failures == ["browser admin nation: not a viewer's"]
    assert found.machine["chromium"] == "1.0"
    assert (found.stem(), found.repeat) == ("demo-xgiven-screens", 3)


def test_routes_and_rooms_are_measured_each_by_itself(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORE", str(tiny_store.root))
    monkeypatch.setattr(command, "serving", lambda store, log: nullcontext())
    route = figure("route", "/healthz", "seconds", [3.0], unit="ms")
    room = figure("room", "100 followers", "shown", [0.3], unit="s")
    monkeypatch.setattr(command, "measure_routes", lambda subject, server, repeat: ([route], []))
    monkeypatch.setattr(command, "measure_rooms", lambda subject, server, store: [room])
    given = ["--store", str(tiny_store.root), "--part"]
    for part, only in (("routes", route), ("rooms", room)):
        found = command.measure_given(command.parser().parse_args([*given, part]))
        assert (list(found.figures), found.stem()) == ([only], f"demo-xgiven-{part}")


def test_a_build_by_itself_takes_no_store(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        command.main(["--part", "build", "--store", str(tmp_path)])


def test_the_build_is_measured_by_itself(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORE", str(tiny_store.root))
    built = figure("build", "python -m data build demo", "seconds", [20.0], unit="s")
    found = command.measure(
        tiny_store.root, [built], command.parser().parse_args(["--part", "build"]), scale="1"
    )
    assert (list(found.figures), found.stem()) == ([built], "demo-build")


def test_a_size_that_the_demo_cannot_have_is_refused() -> None:
    with pytest.raises(SystemExit):
        command.parser().parse_args(["--store", "store", "--scale", "../all"])


def test_results_name_neither_host_nor_folder() -> None:
    import platform

    text = as_json(results(rerun(1)))
    assert platform.node() not in text
    assert str(ROOT) not in text


def test_a_change_of_a_prefecture_has_no_byte_budget() -> None:
    samples = [{"bytes": 60.0, "http": 1.0, "websocket": 59.0, "ready": 5.0}]
    nation = figures_of("change", "support", Scope("nation", "00"), samples)
    prefecture = figures_of("change", "support", Scope("prefecture", "81"), samples)
    assert [f.is_kept for f in nation if f.measure == "bytes"] == [False]
    assert [f.is_kept for f in prefecture if f.measure == "bytes"] == [None]


def frame_event(payload: str, opcode: int) -> dict[str, Any]:
    return {"response": {"payloadData": payload, "opcode": opcode}}


def test_traffic_counts_bytes_by_kind_and_decodes_binary_frames() -> None:
    traffic = Traffic()
    for number, path in enumerate(("/static/js/a.js", "/geo/1/municipality/00.json", "/")):
        url = f"http://127.0.0.1:1{path}?x=/geo/"
        traffic._asked({"requestId": str(number), "request": {"url": url}})
        traffic._loaded({"requestId": str(number), "encodedDataLength": 1000 * (number + 1)})
    traffic._framed(frame_event("AAECAw==", 2))
    traffic._framed(frame_event("駅", 1))
    assert traffic.taken() == {
        "http": 6.0,
        "http_static": 1.0,
        "http_polygons": 2.0,
        "websocket": 0.007,
        "websocket_unpacked": 0.007,
        "bytes": 5.007,
    }
    assert traffic.taken()["bytes"] == 0
    packing = {"Sec-WebSocket-Extensions": "permessage-deflate; server_max_window_bits=12"}
    traffic._opened({"requestId": "channel", "response": {"headers": packing}})
    traffic._framed({"requestId": "channel", **frame_event("駅" * 1000, 1)})
    counted = traffic.taken()
    assert counted["websocket_unpacked"] == 3
    assert 0 < counted["websocket"] < 0.1


def test_queries_are_named_once_per_area_with_the_pages_that_ask() -> None:
    def series(con: object, *, code: str) -> str:
        return code

    series.__module__, series.__qualname__ = "analytics.population", "series"
    first, second = (series, (("code", "00"),)), (series, (("code", "81"),))
    asked = {
        "": {first: None},
        "population nation": {first: None},
        "overview nation": {first: None, second: None},
        "overview prefecture": {second: None},
    }
    found = queries_of(asked)
    assert [(q.name, q.scope, q.pages, len(q.questions)) for q in found] == [
        ("population.series", "nation", ("population", "overview"), 2),
        ("population.series", "prefecture", ("overview",), 1),
    ]


def test_the_prefecture_with_most_municipalities_is_measured(tiny_store: Store) -> None:
    subject = describe_subject(tiny_store.current())
    assert subject.scopes == (Scope("nation", "00"), Scope("prefecture", "81", "82"))
    assert subject.size["municipalities"] == 9
    assert subject.polygons["nation prefecture"] == ("prefecture", "00")


def test_the_default_page_lives_at_the_root() -> None:
    names = page_names()
    assert names[0] == "overview"
    assert [page_path(name) for name in names[:2]] == ["/", f"/{names[1]}"]


def test_a_view_is_a_page_with_its_code_in_the_address() -> None:
    assert "population:map" in page_names()
    assert Scope("nation", "00").address("population:map") == "/population?view=map"
    assert Scope("prefecture", "81").address("overview") == "/?area=81"


def test_a_view_may_be_reached_by_more_than_its_code() -> None:
    assert Scope("nation", "00").address("compare:stage") == "/compare?stage=1"
    beside = Scope("prefecture", "81", "82")
    assert beside.address("profile:pair") == "/profile?area=81&pair=82"
    assert beside.has("profile:pair")
    assert not Scope("nation", "00").has("profile:pair")


def test_pages_of_an_office_are_opened_by_who_may(tmp_path: Path, tiny_store: Store) -> None:
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        shutil.copyfile(tiny_store.current(), draft)
    add_local(
        store.root, actor=COMMAND_LINE, login="kei", name="計測", role=Role.STAFF, password=PASSWORD
    )
    sessions = {Role.STAFF: start(store.root, subject=local_subject("kei"))}
    subject = describe_subject(store.current(), pages=["upload"], sessions=sessions)
    assert is_staffed(subject.pages)
    assert not subject.session_of("compare")
    nation = Scope("nation", "00")
    with patch.dict(os.environ, {"STORE": str(store.root)}), watching():
        assert open_page("upload", nation, session=subject.session_of("upload")).file_uploader
        with pytest.raises(RuntimeError):
            open_page("upload", nation)


def test_only_a_run_that_repeats_has_a_budget() -> None:
    assert is_warm("rerun", "upload:checked")
    assert is_warm("known:upload_step", "upload:checked")
    assert is_warm("known:pick_prefecture", "upload")
    assert not is_warm("known:pick_prefecture", "upload:checked")
    assert not is_warm("new:form", "population")


def test_a_page_is_timed_in_its_frame_and_its_questions_noted(tiny_store: Store) -> None:
    scope = Scope("prefecture", "81")
    with watching() as watch:
        figures = measure_page(
            watch, "population", scope, subject=describe_subject(tiny_store.current()), repeat=1
        )
        asked = watch.questions["population prefecture"]
    measures = [found.measure for found in figures]
    assert measures == ["first", "new:form", "session", "rerun", "known:form"]
    assert all(found.median > 0 for found in figures)
    assert [found.measure for found in figures if found.budget] == ["rerun", "known:form"]
    assert len(figures[measures.index("rerun")].values) == RERUNS
    timed = measure_queries({"population prefecture": asked}, tiny_store.current(), repeat=1)
    assert "demand.demand_headline" in [found.name for found in timed]


def test_a_change_in_a_fragment_runs_the_fragment_only(tiny_store: Store) -> None:
    with watching() as watch:
        app = open_page(page="resources:thin", scope=Scope("prefecture", "81"))
        assert len(app.header) == 1
        assert change(watch, app, "resources:thin") == "choice_thin"
    assert app.query_params["view"] == "thin"
    assert len(app.header) == 0


def test_a_change_outside_fragments_runs_the_page(tiny_store: Store) -> None:
    with watching() as watch:
        app = open_page(page="resources", scope=Scope("prefecture", "81"))
        assert change(watch, app, "resources") == "choice_types"
    assert len(app.query_params["types"].split(",")) == 3
    assert len(app.header) == 1


def large_table() -> None:
    import pandas as pd
    import streamlit as st

    from ui.first_figure import give_way

    give_way()
    st.dataframe(pd.DataFrame({"n": range(20_000)}), lazy=True)


def test_scripts_run_as_the_server_runs_them() -> None:
    """A large table is sent in part, and nobody waits for a figure that no browser draws."""
    whole = AppTest.from_function(large_table).run().dataframe[0].proto
    with watching() as watch:
        sent = AppTest.from_function(large_table).run().dataframe[0].proto
        spent = watch.taken()
    assert not whole.HasField("lazy_data")
    assert sent.lazy_data.row_count == 20_000
    assert sent.ByteSize() < whole.ByteSize() / 2
    assert spent > 0


def test_a_failing_page_is_not_timed(unseen_store: Store) -> None:
    unseen_store.current().write_bytes(b"cut")
    with watching(), pytest.raises(RuntimeError):
        open_page(page="population", scope=Scope("prefecture", "81"))
