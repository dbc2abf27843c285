"""What is asked again, from where it is taken up, and when a known copy will do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.cli import main
from data.errors import UserError
from data.extract import boundaries
from data.fetch.plan import Download, Wanted
from data.fetch.run import Outcome, fetch_files
from data.fetch.transfer import Manner
from tests.unit.publisher import Answer, Publisher, publisher
from tests.unit.raw_fixtures import FIXTURES

HASTY = Manner(connect=2, read=2, attempts=3, backoff=0, pause=0)
SHAPES = (FIXTURES / "geo_N03-21_85_210101.geojson").read_bytes()
LONG = SHAPES + b" " * 300_000
NAME = "N03-21_85_210101.geojson"
PATH = f"/data/{NAME}"
DAY = "Thu, 09 Jul 2026 03:00:00 GMT"


@pytest.fixture
def server() -> Iterator[Publisher]:
    with publisher() as playing:
        yield playing


def fetch(raw: Path, *addresses: str) -> list[str]:
    return [one.result for one in outcomes(raw, *addresses)]


def outcomes(raw: Path, *addresses: str) -> list[Outcome]:
    wanted = [Wanted("n03", "境界", "n03", "n03", address=address) for address in addresses]
    return fetch_files(wanted, raw=raw, progress=lambda text, share: None, manner=HASTY)


def test_a_half_that_is_longer_than_the_file_is_thrown_away(
    tmp_path: Path, server: Publisher
) -> None:
    folder = tmp_path / "n03"
    folder.mkdir()
    (folder / f".{NAME}.part").write_bytes(LONG)
    (folder / f".{NAME}.part.mark").write_text('"one"')
    server.answers[PATH] = Answer(SHAPES)
    assert fetch(tmp_path, server.address + PATH) == ["fetched"]
    assert ["Range" in headers for headers in server.asked(PATH)] == [True, False]
    assert (folder / NAME).read_bytes() == SHAPES


def test_a_piece_that_begins_elsewhere_is_never_put_behind_a_half(
    tmp_path: Path, server: Publisher
) -> None:
    server.answers[PATH] = Answer(LONG, cut=200_000, stubborn=True)
    assert fetch(tmp_path, server.address + PATH) == ["fetched"]
    assert ["Range" in headers for headers in server.asked(PATH)] == [False, True, False]
    assert (tmp_path / "n03" / NAME).read_bytes() == LONG


def test_a_folder_that_takes_no_file_ends_the_errand_with_advice(
    tmp_path: Path, server: Publisher
) -> None:
    (tmp_path / "n03").write_text("", encoding="utf-8")
    server.answers[PATH] = Answer(SHAPES)
    with pytest.raises(UserError, match="書き込めない") as refused:
        fetch(tmp_path, server.address + PATH)
    assert "空き容量" in str(refused.value)


def test_the_day_of_a_file_stands_in_for_a_tag_that_vouches_for_little(
    tmp_path: Path, server: Publisher
) -> None:
    server.answers[PATH] = Answer(LONG, etag='W/"one"', modified=DAY, cut=200_000)
    assert fetch(tmp_path, server.address + PATH) == ["fetched"]
    assert server.asked(PATH)[1]["If-Range"] == DAY
    assert (tmp_path / "n03" / NAME).read_bytes() == LONG


def test_a_cut_file_without_day_or_firm_tag_starts_anew(tmp_path: Path, server: Publisher) -> None:
    server.answers[PATH] = Answer(LONG, etag='W/"one"', cut=200_000)
    assert fetch(tmp_path, server.address + PATH) == ["fetched"]
    assert "Range" not in server.asked(PATH)[1]
    assert (tmp_path / "n03" / NAME).read_bytes() == LONG


def test_a_file_known_by_its_day_is_not_sent_twice(tmp_path: Path, server: Publisher) -> None:
    server.answers[PATH] = Answer(SHAPES, etag="", modified=DAY)
    assert fetch(tmp_path, server.address + PATH) == ["fetched"]
    assert fetch(tmp_path, server.address + PATH) == ["unchanged"]
    assert server.asked(PATH)[1]["If-Modified-Since"] == DAY


def test_a_file_of_which_nothing_is_known_is_fetched_and_compared(
    tmp_path: Path, server: Publisher
) -> None:
    server.answers[PATH] = Answer(SHAPES, etag="")
    assert fetch(tmp_path, server.address + PATH) == ["fetched"]
    assert fetch(tmp_path, server.address + PATH) == ["unchanged"]
    server.answers[PATH] = Answer(SHAPES + b"\n", etag="")
    assert fetch(tmp_path, server.address + PATH) == ["fetched"]
    assert len(server.asked(PATH)) == 3
    assert [path.name for path in (tmp_path / "n03").iterdir()] == [NAME]
    assert (tmp_path / "n03" / NAME).read_bytes() == SHAPES + b"\n"


def test_the_same_name_at_another_address_is_another_file(
    tmp_path: Path, server: Publisher
) -> None:
    server.answers[PATH] = Answer(SHAPES)
    server.answers[f"/new/{NAME}"] = Answer(SHAPES + b"\n")
    assert fetch(tmp_path, server.address + PATH) == ["fetched"]
    assert fetch(tmp_path, f"{server.address}/new/{NAME}") == ["fetched"]
    assert (tmp_path / "n03" / NAME).read_bytes() == SHAPES + b"\n"


def test_a_torn_record_stops_the_errand_before_anybody_is_asked(
    tmp_path: Path, server: Publisher
) -> None:
    (tmp_path / "manifest.json").write_text("{torn", encoding="utf-8")
    with pytest.raises(UserError, match="取得の記録を読めません"):
        fetch(tmp_path, server.address + PATH)
    assert server.seen == []


def test_a_command_that_could_not_get_all_says_so(
    tmp_path: Path,
    server: Publisher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.answers[PATH] = Answer(SHAPES)
    entries = {
        key: Download(
            key=key,
            title=key,
            source="n03",
            folder="n03",
            layout=boundaries.NAME,
            address=server.address + path,
        )
        for key, path in (("kept", PATH), ("lost", "/lost.zip"))
    }
    monkeypatch.setattr("data.cli.read_downloads", lambda: entries)
    monkeypatch.setattr("data.fetch.transfer.time.sleep", lambda seconds: None)
    arguments = ["fetch", "official", "--raw", str(tmp_path), "--only"]
    assert main([*arguments, "kept"]) == 0
    assert main([*arguments, "kept,lost"]) == 1
    told = capsys.readouterr()
    assert "1件を取得できませんでした" in told.out + told.err


def test_a_host_that_answers_again_is_asked_as_patiently_as_before(
    tmp_path: Path, server: Publisher
) -> None:
    second, third = "/data/N03-20_85_200101.geojson", "/data/N03-19_85_190101.geojson"
    server.answers[PATH] = Answer(SHAPES, failures=[503, 503, 503])
    server.answers[second] = Answer(SHAPES)
    server.answers[third] = Answer(SHAPES, failures=[503, 503])
    found = fetch(tmp_path, *(server.address + path for path in (PATH, second, third)))
    assert found == ["failed", "fetched", "fetched"]


def test_a_host_that_refuses_is_asked_again(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}{PATH}"
        (outcome,) = outcomes(tmp_path, address)  # bound, but nobody listens
    assert outcome.result == "failed"
    assert "3回試しました" in outcome.reason
