"""Official files over HTTP, from a server that plays the publishers and their faults."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from data.build import build_from_raw
from data.cli import main
from data.errors import UserError
from data.extract import kaigo_services
from data.fetch.links import newest_link
from data.fetch.plan import Download, Wanted, file_name, read_downloads, wanted_files
from data.fetch.run import Outcome, fetch_files
from data.fetch.transfer import Manner
from data.generations import Store
from data.reading import raw_files
from tests.unit.publisher import Answer, Publisher, publisher
from tests.unit.raw_fixtures import FIXTURES
from tests.unit.test_extract_kaigo_services import HEADER_LINE
from tests.unit.test_extract_kaigo_services import office as office_row

HASTY = Manner(connect=2, read=0.4, attempts=3, backoff=0, pause=0)
SHAPES = (FIXTURES / "geo_N03-21_85_210101.geojson").read_bytes()
NAME = "N03-21_85_210101.geojson"
PATH = f"/data/{NAME}"
HTML = "<!DOCTYPE html><html><body>お探しのページはありません</body></html>".encode()


@pytest.fixture
def server() -> Iterator[Publisher]:
    with publisher() as playing:
        yield playing


def direct(server: Publisher, path: str = PATH) -> Wanted:
    return Wanted("n03", "境界", "n03", "n03", address=server.address + path)


def fetch(raw: Path, *wanted: Wanted) -> list[Outcome]:
    return fetch_files(list(wanted), raw=raw, progress=lambda text, share: None, manner=HASTY)


def manifest(raw: Path) -> dict:
    return json.loads((raw / "manifest.json").read_text(encoding="utf-8"))["files"]


def test_a_file_arrives_with_its_entry_in_the_manifest(tmp_path: Path, server: Publisher) -> None:
    server.answers[PATH] = Answer(SHAPES)
    (outcome,) = fetch(tmp_path, direct(server))
    assert (outcome.result, outcome.name) == ("fetched", f"n03/{NAME}")
    assert (tmp_path / "n03" / NAME).read_bytes() == SHAPES
    entry = manifest(tmp_path)[f"n03/{NAME}"]
    assert entry["sha256"] == hashlib.sha256(SHAPES).hexdigest()
    assert entry["url"] == server.address + PATH
    assert entry["bytes"] == len(SHAPES)
    assert datetime.fromisoformat(entry["fetched_at"]).tzinfo is not None
    assert "home-care-dashboard" in server.asked(PATH)[0]["User-Agent"]
    assert server.asked(PATH)[0]["Accept-Encoding"] == "identity"
    assert [file.name for file in raw_files(tmp_path)] == [f"n03/{NAME}"]


def test_an_unchanged_file_is_not_sent_twice(tmp_path: Path, server: Publisher) -> None:
    server.answers[PATH] = Answer(SHAPES)
    fetch(tmp_path, direct(server))
    (outcome,) = fetch(tmp_path, direct(server))
    assert outcome.result == "unchanged"
    assert server.asked(PATH)[1]["If-None-Match"] == '"one"'


def test_a_changed_file_and_a_damaged_copy_are_fetched_again(
    tmp_path: Path, server: Publisher
) -> None:
    server.answers[PATH] = Answer(SHAPES)
    fetch(tmp_path, direct(server))
    server.answers[PATH] = Answer(SHAPES + b"\n", etag='"two"')
    assert fetch(tmp_path, direct(server))[0].result == "fetched"
    target = tmp_path / "n03" / NAME
    target.write_bytes(b"torn")
    assert fetch(tmp_path, direct(server))[0].result == "fetched"
    assert target.read_bytes() == SHAPES + b"\n"


def test_a_cut_connection_is_taken_up_where_it_broke(tmp_path: Path, server: Publisher) -> None:
    long = SHAPES + b" " * 300_000
    server.answers[PATH] = Answer(long, cut=200_000)
    (outcome,) = fetch(tmp_path, direct(server))
    assert outcome.result == "fetched"
    first, second = server.asked(PATH)
    assert "Range" not in first
    start = int(second["Range"].removeprefix("bytes=").removesuffix("-"))
    assert 100_000 < start <= 200_000
    assert second["If-Range"] == '"one"'
    assert (tmp_path / "n03" / NAME).read_bytes() == long


def test_a_file_that_changed_after_the_cut_starts_anew(tmp_path: Path, server: Publisher) -> None:
    folder = tmp_path / "n03"
    folder.mkdir()
    (folder / f".{NAME}.part").write_bytes(b"the older half")
    (folder / f".{NAME}.part.mark").write_text('"older"')
    server.answers[PATH] = Answer(SHAPES)
    assert fetch(tmp_path, direct(server))[0].result == "fetched"
    assert (folder / NAME).read_bytes() == SHAPES
    assert sorted(path.name for path in folder.iterdir()) == [NAME]


def test_a_busy_server_is_asked_again(tmp_path: Path, server: Publisher) -> None:
    server.answers[PATH] = Answer(SHAPES, failures=[503, 429])
    assert fetch(tmp_path, direct(server))[0].result == "fetched"
    assert len(server.asked(PATH)) == 3


def test_a_missing_file_is_asked_once_and_does_not_stop_the_others(
    tmp_path: Path, server: Publisher
) -> None:
    server.answers[PATH] = Answer(SHAPES)
    lost, found = fetch(tmp_path, direct(server, "/data/N03-lost.zip"), direct(server))
    assert (lost.result, found.result) == ("failed", "fetched")
    assert "404" in lost.reason
    assert "場所が変わった" in lost.reason
    assert len(server.asked("/data/N03-lost.zip")) == 1


def test_a_slow_server_is_given_up_in_the_end(tmp_path: Path, server: Publisher) -> None:
    server.answers[PATH] = Answer(SHAPES, delay=0.8)
    (outcome,) = fetch(tmp_path, direct(server))
    assert outcome.result == "failed"
    assert "3回試しました" in outcome.reason
    assert not (tmp_path / "n03" / NAME).exists()


@pytest.mark.parametrize(
    ("name", "body", "word"),
    [
        ("a.zip", HTML, "HTML"),
        ("a.csv", HTML, "HTML"),
        ("a.csv", b"<!-- gate -->\n<html><body>sign in</body></html>", "HTML"),
        ("a.zip", b"not an archive", "中身が違います"),
        ("a.zip", b"PK\x03\x04 torn", "壊れている"),
        ("a.csv", b"name,telephone\n1,2\n", "様式ではありません"),
        ("a.csv", "ID,診療科目コード,診療時間帯\r\n1,2,3\r\n".encode(), "様式ではありません"),
        ("a.csv", b"", "空のファイル"),
    ],
)
def test_wrong_content_is_refused_and_leaves_nothing(
    tmp_path: Path, server: Publisher, name: str, body: bytes, word: str
) -> None:
    server.answers[f"/x/{name}"] = Answer(body)
    (outcome,) = fetch(tmp_path, direct(server, f"/x/{name}"))
    assert outcome.result == "failed"
    assert word in outcome.reason
    assert raw_files(tmp_path) == []
    assert not list(tmp_path.rglob("*.part"))


def test_a_moved_file_is_followed(tmp_path: Path, server: Publisher) -> None:
    server.answers[PATH] = Answer(b"", location="/new/place.geojson")
    server.answers["/new/place.geojson"] = Answer(SHAPES)
    assert fetch(tmp_path, direct(server))[0].result == "fetched"


def test_a_file_that_somebody_put_there_is_left_alone(tmp_path: Path, server: Publisher) -> None:
    own = tmp_path / "n03" / NAME
    own.parent.mkdir()
    own.write_bytes(b"own")
    assert fetch(tmp_path, direct(server))[0].result == "unchanged"
    assert own.read_bytes() == b"own"
    assert server.seen == []


def test_the_proxy_of_the_environment_is_asked(
    tmp_path: Path, server: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "no_proxy", "NO_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", server.address)
    far = f"http://publisher.invalid{PATH}"
    server.answers[far] = Answer(SHAPES)
    wanted = Wanted("n03", "境界", "n03", "n03", address=far)
    assert fetch(tmp_path, wanted)[0].result == "fetched"


def test_a_server_that_speaks_no_tls_is_not_asked_again(tmp_path: Path, server: Publisher) -> None:
    address = server.address.replace("http://", "https://") + PATH
    (outcome,) = fetch(tmp_path, Wanted("n03", "境界", "n03", "n03", address=address))
    assert outcome.result == "failed"
    assert "REQUESTS_CA_BUNDLE" in outcome.reason


def test_a_build_reads_what_has_been_fetched(tmp_path: Path, server: Publisher) -> None:
    names = ["geo_N03-21_85_210101.geojson", "municipal_membership.csv", "ipss_age.csv"]
    for name in names:
        server.answers[f"/data/{name}"] = Answer((FIXTURES / name).read_bytes())
    raw = tmp_path / "raw"
    outcomes = fetch(raw, *(direct(server, f"/data/{name}") for name in names))
    assert {outcome.result for outcome in outcomes} == {"fetched"}
    report = build_from_raw(Store(tmp_path / "store"), raw=raw, dataset="official")
    assert {entry.file_name: entry.outcome for entry in report.files} == {
        f"n03/{name}": "loaded" for name in names
    }


LISTED = """
<h2>2026年６月末時点</h2><a href="/content/1/areas_all_20260709180342.csv">CSV</a>
<h2>2025年12月末時点</h2><a href="/content/1/areas.csv">CSV</a>
<a href="https://elsewhere.invalid/content/1/areas_all_20270101000000.csv">写し</a>
"""
PATTERN = r"/content/\d+/areas(?:_all_\d+)?\.csv"


def test_the_first_link_of_a_page_is_taken_and_renamed_files_are_found(
    tmp_path: Path, server: Publisher
) -> None:
    body = (FIXTURES / "municipal_membership.csv").read_bytes()
    server.answers["/list.html"] = Answer(LISTED.encode(), kind="text/html")
    server.answers["/content/1/areas_all_20260709180342.csv"] = Answer(body)
    page = server.address + "/list.html"
    wanted = Wanted("k", "表", "kaigo_service", "kaigo", page=page, link=PATTERN)
    (outcome,) = fetch(tmp_path, wanted)
    assert outcome.name == "kaigo/areas_all_20260709180342.csv"
    assert manifest(tmp_path)[outcome.name]["page"] == page
    assert manifest(tmp_path)[outcome.name]["stated"] == "令和8年(2026年)6月末時点"


def test_a_page_that_has_moved_is_followed_and_its_links_are_read_from_there(
    tmp_path: Path, server: Publisher
) -> None:
    body = (FIXTURES / "municipal_membership.csv").read_bytes()
    listed = '<a href="areas_2.csv">CSV</a>'
    server.answers["/list.html"] = Answer(b"", location="/moved/here/list.html")
    server.answers["/moved/here/list.html"] = Answer(listed.encode(), kind="text/html")
    server.answers["/moved/here/areas_2.csv"] = Answer(body)
    page = server.address + "/list.html"
    (outcome,) = fetch(tmp_path, Wanted("k", "表", "x", "x", page=page, link=r"/areas_\d\.csv"))
    assert (outcome.result, outcome.name) == ("fetched", "x/areas_2.csv")


def test_the_newest_heading_wins_over_the_order_of_the_page() -> None:
    html = """
    <h2>令和７年<span>１２月末</span>時点</h2><a href="/content/1/areas.csv">CSV</a>
    <h2>2026年６月末時点</h2>
    <a href="https://elsewhere.invalid/content/1/areas_all_20260801000000.csv">写し</a>
    <a href="/content/1/areas_all_20260802000000.csv.html">説明</a>
    <p><a href="/content/1/areas_all_20260709180342.csv">CSV</a></p>
    <p>お知らせ 2027年13月末</p><a href="/content/2/areas_all_20260710000000.csv">CSV</a>
    """
    found = newest_link(html, page="https://example.invalid/p.html", pattern=PATTERN)
    assert found.url.endswith("/1/areas_all_20260709180342.csv")
    assert found.stated == "令和8年(2026年)6月末時点"


def test_the_day_on_the_page_becomes_the_vintage_of_the_build(
    tmp_path: Path, server: Publisher
) -> None:
    office = office_row(**{"都道府県コード又は市町村コード": "850012", "事業所番号": "1"})
    text = f"{HEADER_LINE}\r\n{','.join(office)}\r\n".encode("utf-8-sig")
    server.answers["/list.html"] = Answer(LISTED.replace("areas", "jigyosho_130").encode())
    server.answers["/content/1/jigyosho_130_all_20260709180342.csv"] = Answer(text)
    server.answers[PATH] = Answer(SHAPES)
    page, link = server.address + "/list.html", PATTERN.replace("areas", "jigyosho_130")
    raw = tmp_path / "raw"
    outcomes = fetch(raw, direct(server), Wanted("k", "表", "x", "kaigo", page=page, link=link))
    assert [one.result for one in outcomes] == ["fetched", "fetched"]
    report = build_from_raw(Store(tmp_path / "store"), raw=raw, dataset="official")
    vintages = {entry.layout: entry.vintage for entry in report.files}
    assert vintages[kaigo_services.NAME] == "令和8年(2026年)6月末時点"
    (raw / "manifest.json").write_text("{torn", encoding="utf-8")
    again = build_from_raw(Store(tmp_path / "store"), raw=raw, dataset="official")
    vintages = {entry.layout: entry.vintage for entry in again.files}
    assert vintages[kaigo_services.NAME] == "令和8年(2026年)7月9日提供"


def test_a_page_without_the_link_says_so(tmp_path: Path, server: Publisher) -> None:
    server.answers["/list.html"] = Answer(HTML, kind="text/html")
    page = server.address + "/list.html"
    (outcome,) = fetch(tmp_path, Wanted("k", "表", "x", "x", page=page, link=PATTERN))
    assert outcome.result == "failed"
    assert page in outcome.reason


def test_the_latest_date_wins_over_the_order() -> None:
    html = "".join(
        f'<a href="/content/9/05_pharmacy_{day}.zip">x</a>' for day in ("20250601", "20251201")
    )
    pattern = r"/content/\d+/05_pharmacy_(?P<date>\d{8})(?:\.csv)?\.zip"
    found = newest_link(html, page="https://example.invalid/p/q.html", pattern=pattern)
    assert found.url == "https://example.invalid/content/9/05_pharmacy_20251201.zip"
    assert found.stated == ""


PUBLISHED = {
    "kaigo_service": (
        "https://www.mhlw.go.jp",
        ["/content/12300000/jigyosho_130_all_20260709180342.csv"],
    ),
    "medical_net": (
        "https://www.mhlw.go.jp",
        [
            "/content/11121000/01-1_hospital_facility_info_20251201.zip",
            "/content/11121000/05_pharmacy_20260601.csv.zip",
        ],
    ),
}


def test_the_patterns_of_the_plan_match_the_published_names() -> None:
    for key, (host, paths) in PUBLISHED.items():
        html = "".join(f'<a href="{path}">x</a>' for path in paths)
        html += '<a href="/content/11121000/01-2_hospital_speciality_hours_20260601.zip">x</a>'
        wanted = wanted_files(read_downloads(), prefectures=None, only=[key])
        found = set()
        for one in wanted:
            try:
                found.add(newest_link(html, page=one.page, pattern=one.link).url)
            except UserError:
                continue
        assert found == {host + path for path in paths}


def test_prefectures_narrow_the_boundaries_alone() -> None:
    wanted = wanted_files(read_downloads(), prefectures={"19", "22"}, only=[])
    shapes = [one.address for one in wanted if one.key == "n03"]
    assert [address[-10:] for address in shapes] == ["19_GML.zip", "22_GML.zip"]
    assert sum(one.key == "kaigo_service" for one in wanted) == 35
    by_hand = [one.key for one in wanted if one.by_hand]
    assert by_hand[:2] == ["medical_areas", "ltc_insured"]
    assert len(by_hand[2:]) == 8
    assert all(key.startswith("facility_standards_") for key in by_hand[2:])


def test_every_entry_belongs_to_a_source_of_the_catalogue() -> None:
    from data.catalogue import load_catalogue

    assert {entry.source for entry in read_downloads().values()} <= set(load_catalogue().sources)


def test_an_entry_says_one_way_to_its_file() -> None:
    entry = {"key": "k", "title": "表", "source": "n03", "folder": "n03", "by_hand": "手で"}
    assert Download.model_validate(entry).by_hand == "手で"
    for other in ({"by_hand": ""}, {"address": "https://a.invalid/a.csv"}):
        with pytest.raises(ValueError, match="一つだけ"):
            Download.model_validate(entry | other)


def test_an_unknown_entry_is_refused() -> None:
    with pytest.raises(UserError, match="census"):
        wanted_files(read_downloads(), prefectures=None, only=["census"])


def test_names_from_addresses_never_leave_the_folder() -> None:
    assert file_name("https://a.invalid/x/suikei.xlsx?d=1", save_as="") == "suikei.xlsx"
    for url in ("https://a.invalid/x/", "https://a.invalid/x/..", "https://a.invalid/.hidden"):
        with pytest.raises(UserError):
            file_name(url, save_as="")


def test_a_dry_run_lists_and_asks_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "raw"
    arguments = ["fetch", "official", "--raw", str(raw), "--prefectures", "19", "--dry-run"]
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert "N03-20260101_19_GML.zip" in printed
    assert "手で取るもの" in printed
    assert not raw.exists()
