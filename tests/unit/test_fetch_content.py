"""What comes back from a publisher: cut short, or another file than was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.cli import main
from data.extract import homevisit_demand
from data.fetch.plan import Wanted, read_downloads, wanted_files
from data.fetch.run import Outcome, fetch_files
from data.fetch.transfer import Manner
from tests.unit.publisher import Answer, Publisher, publisher
from tests.unit.raw_fixtures import FIXTURES
from tests.unit.test_extract_kaigo_services import HEADER_LINE
from tests.unit.test_extract_kaigo_services import office as office_row

HASTY = Manner(connect=2, read=2, attempts=2, backoff=0, pause=0)
SHAPES = (FIXTURES / "geo_N03-21_85_210101.geojson").read_bytes()


@pytest.fixture
def server() -> Iterator[Publisher]:
    with publisher() as playing:
        yield playing


def wanted_of(server: Publisher, key: str, part: str, name: str) -> Wanted:
    """Return the plan's own entry, asked for at the server that plays the publisher."""
    planned = wanted_files(read_downloads(), prefectures=None, only=[key])
    found = next(one for one in planned if one.title.endswith(f" {part}"))
    return replace(found, address=f"{server.address}/{name}", page="", link="")


def fetch(raw: Path, wanted: Wanted) -> Outcome:
    (outcome,) = fetch_files([wanted], raw=raw, progress=lambda text, share: None, manner=HASTY)
    return outcome


def offices(service: str, *, rows: int = 3) -> bytes:
    lines = [
        ",".join(office_row(**{"サービスの種類": service, "事業所番号": str(number)}))
        for number in range(rows)
    ]
    return "\r\n".join([HEADER_LINE, *lines, ""]).encode("utf-8-sig")


def test_a_list_that_is_cut_short_leaves_the_old_one(tmp_path: Path, server: Publisher) -> None:
    wanted = wanted_of(server, "kaigo_service", "130", "jigyosho_130.csv")
    body, longer = offices("訪問看護"), offices("訪問看護", rows=5)
    server.answers["/jigyosho_130.csv"] = Answer(body, etag="")
    assert fetch(tmp_path, wanted).result == "fetched"
    for lost in (2, 30):
        server.answers["/jigyosho_130.csv"] = Answer(longer[:-lost], etag="", sized=False)
        outcome = fetch(tmp_path, wanted)
        assert outcome.result == "failed"
        assert "途中で切れています（最後の行に改行がありません）" in outcome.reason
    server.answers["/jigyosho_130.csv"] = Answer(offices("訪問看護", rows=2), etag="", sized=False)
    assert "前のファイルの初めの" in fetch(tmp_path, wanted).reason
    assert (tmp_path / "kaigo" / "jigyosho_130.csv").read_bytes() == body
    assert [path.name for path in (tmp_path / "kaigo").iterdir()] == ["jigyosho_130.csv"]


def test_a_body_that_tells_no_end_is_asked_for_again_whatever_its_tag(
    tmp_path: Path, server: Publisher
) -> None:
    wanted = wanted_of(server, "kaigo_service", "130", "jigyosho_130.csv")
    first, whole = offices("訪問看護"), offices("訪問看護", rows=5)
    server.answers["/jigyosho_130.csv"] = Answer(first, sized=False)  # cut between two rows
    assert fetch(tmp_path, wanted).result == "fetched"
    server.answers["/jigyosho_130.csv"] = Answer(whole)
    assert fetch(tmp_path, wanted).result == "fetched"
    assert (tmp_path / "kaigo" / "jigyosho_130.csv").read_bytes() == whole


def test_a_last_row_with_too_few_columns_is_a_cut(tmp_path: Path, server: Publisher) -> None:
    wanted = wanted_of(server, "kaigo_service", "130", "jigyosho_130.csv")
    server.answers["/jigyosho_130.csv"] = Answer(offices("訪問看護") + b"850012,1\r\n")
    outcome = fetch(tmp_path, wanted)
    assert outcome.result == "failed"
    assert "最後の行 5が2列" in outcome.reason


def test_the_list_of_another_service_is_refused(tmp_path: Path, server: Publisher) -> None:
    wanted = wanted_of(server, "kaigo_service", "140", "jigyosho_140.csv")
    server.answers["/jigyosho_140.csv"] = Answer(offices("訪問入浴介護"))
    outcome = fetch(tmp_path, wanted)
    assert outcome.result == "failed"
    assert "内容が違います" in outcome.reason
    assert "「訪問リハビリテーション」を求めましたが、「訪問入浴介護」" in outcome.reason


def test_another_prefecture_is_refused(tmp_path: Path, server: Publisher) -> None:
    wanted = replace(wanted_of(server, "n03", "19", "a.geojson"), prefecture="85")
    server.answers["/a.geojson"] = Answer(SHAPES)
    assert fetch(tmp_path / "own", wanted).result == "fetched"
    outcome = fetch(tmp_path, replace(wanted, prefecture="19"))
    assert outcome.result == "failed"
    assert "山梨県（19）を求めましたが、不明（85）が返りました" in outcome.reason


def test_another_layout_is_refused_by_its_name(tmp_path: Path, server: Publisher) -> None:
    wanted = wanted_of(server, "kaigo_service", "130", "jigyosho_130.csv")
    other = replace(wanted, layout=homevisit_demand.NAME, source=homevisit_demand.SOURCE_KEY)
    server.answers["/jigyosho_130.csv"] = Answer(offices("訪問看護"))
    outcome = fetch(tmp_path, other)
    assert outcome.result == "failed"
    assert re.search(r"内容が違います：「将来の在宅.*「介護サービス情報の公表", outcome.reason)


def test_a_prefecture_that_does_not_exist_ends_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "raw"
    assert main(["fetch", "official", "--raw", str(raw), "--prefectures", "19,99"]) == 1
    assert "その都道府県コードはありません：99" in capsys.readouterr().err
    assert not raw.exists()
