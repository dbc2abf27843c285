"""Make docs/samples from the demo: a picture of every page, and files that the product exported.

python scripts/make_samples.py     (needs requirements-dev.txt and a Chromium)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from io import BytesIO
from os import environ
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from scripts.staff_samples import PAGES as STAFF_PAGES  # noqa: E402
from scripts.staff_samples import checked_upload, staff_page  # noqa: E402
from scripts.workshop_samples import workshop_samples  # noqa: E402
from tests.browser.conftest import settle  # noqa: E402
from tests.serving import CHROMIUM_FLAGS, chromium_path, serving  # noqa: E402

SAMPLES = ROOT / "docs" / "samples"
PAGES = {
    "overview": "/",
    "population": "/population?area=84",
    "resources": "/resources?area=84&types=visiting_nurse_station,home_care_support_clinic",
    "population_pyramid": "/population?area=84&view=pyramid",
    "population_demand": "/population?area=84&view=demand",
    "resources_reach": "/resources?area=84&view=thin",
    "resources_future": "/resources?area=84&view=future",
    "compare": "/compare?area=84",
    "compare_funnel": "/compare?area=84&view=funnel",
    "compare_similar": "/compare?area=84201&view=similar",
    "profile": "/profile?area=84201",
    "profile_planning": "/profile?area=84201&view=planning",
    "activities": "/activities?area=84",
    "activities_matrix": "/activities?area=84&view=matrix",
    "activities_scenes": "/activities?area=84&view=scenes",
    "support": "/support?area=84",
    "support_unmet": "/support?area=84&view=unmet",
    "support_discharge": "/support?area=84&view=discharge",
    "library": "/library",
    "sources": "/sources",
}
EXPORTS = {
    "resources": {
        "CSV を保存": "resources.csv",
        "XLSX を保存": "resources.xlsx",
        "PNG（1920×1080） を保存": "resources_map.png",
        "SVG を保存": "resources_map.svg",
        "GeoJSON（地域） を保存": "resources_areas.geojson",
    },
    "profile": {
        "XLSX（値・定義・出典）": "profile.xlsx",
        "PPTX（編集できる図と表）": "profile.pptx",
    },
}
COLOURS = 160


def picture(page: Page, path: Path) -> None:
    """Save the page from top to bottom."""
    height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": 1280, "height": min(int(height) + 60, 2600)})
    settle(page)
    page.wait_for_timeout(1500)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(colors=COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def exports(page: Page, names: dict[str, str]) -> None:
    """Press the download buttons of a page and keep what comes."""
    for label, name in names.items():
        with page.expect_download(timeout=60_000) as waiting:
            page.get_by_role("button", name=label).first.click()
        waiting.value.save_as(SAMPLES / name)


def main() -> None:
    """Build the demo in a folder of its own, serve it and take the samples."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "store"
        build = [sys.executable, "-m", "data", "build", "demo", "--quiet"]
        subprocess.run(build, cwd=ROOT, env={**environ, "STORE": str(store)}, check=True)
        workshop_samples(store, SAMPLES)
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        with serving(store, Path(folder) / "log.txt") as server:
            for name, path in PAGES.items():
                page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="ja-JP")
                page.goto(server.url + path)
                settle(page)
                picture(page, SAMPLES / f"{name}.png")
                exports(page, EXPORTS.get(name, {}))
                page.close()
            for name in STAFF_PAGES:
                page = staff_page(browser, server.url, name)
                if name == "upload":
                    checked_upload(page, SAMPLES / "survey_template.xlsx")
                picture(page, SAMPLES / f"{name}.png")
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
