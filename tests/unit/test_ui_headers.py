from __future__ import annotations

import re
from pathlib import Path

import streamlit

from ui.headers import content_security_policy, html_page

STATIC = Path(streamlit.__file__).parent / "static"


def test_scripts_of_charts_are_fetched_early_and_exist() -> None:
    early = re.findall(r'rel="modulepreload"[^>]* href="\./([^"]+)"', html_page().decode("utf-8"))

    assert any("VegaLiteChart" in path for path in early)
    assert len(early) == len(set(early))
    assert all((STATIC / path).is_file() for path in early)


def test_the_page_is_in_japanese_and_bears_the_name_of_the_product() -> None:
    page = html_page().decode("utf-8")

    assert '<html lang="ja">' in page
    assert "<title>在宅医療・介護連携 地域比較ダッシュボード</title>" in page


def test_a_forged_host_gets_no_word_into_the_policy() -> None:
    assert "connect-src 'self' ws://a.jp:8501 wss://a.jp:8501 data:" in (
        content_security_policy("a.jp:8501")
    )
    for forged in ("a.jp; script-src *", "a.jp\nx: y", "*", ""):
        assert "connect-src 'self' data: blob:;" in content_security_policy(forged)
