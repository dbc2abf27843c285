"""Opening a page as the server does: through the frame."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

FRAME = str(Path(__file__).resolve().parents[2] / "frame.py")


def open_page(name: str = "overview", **query: str) -> AppTest:
    app = AppTest.from_file(FRAME, default_timeout=30)
    for param, value in query.items():
        app.query_params[param] = value
    app.run()
    if name != "overview":
        app.switch_page(f"pages/{name}.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    kinds = (
        "header",
        "subheader",
        "caption",
        "code",
        "text",
        "markdown",
        "warning",
        "info",
        "error",
    )
    return "\n".join(str(item.value) for kind in kinds for item in getattr(app, kind))


def sentences(app: AppTest) -> list[str]:
    return [str(item.value) for item in app.code]
