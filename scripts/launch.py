"""Set up, run and test the product from a fresh clone, with the standard library only.

python scripts/launch.py run         serve the dashboard (PORT, HOST, STORE)
python scripts/launch.py test [...]  run all tests (arguments go to pytest)
python scripts/launch.py check       lint, types and layers
python scripts/launch.py bench       measure and write bench/results
python scripts/launch.py wheelhouse  fill wheelhouse/ for a closed network
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
WHEELHOUSE = ROOT / "wheelhouse"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
BROWSER_PACKAGES = ("chromium", "fonts-noto-cjk")
SIDE_BY_SIDE = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")


def pinned(name: str) -> dict[str, str]:
    """Return the distributions that a requirements file pins, with those it includes."""
    found: dict[str, str] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if included := re.match(r"-r\s+(\S+)", line):
            found |= pinned(included.group(1))
        pin = re.match(r"([A-Za-z0-9_.-]+)==([^\s;#]+)(.*)", line)
        if pin and not (sys.platform == "win32" and "win32" in pin.group(3)):
            found[pin.group(1)] = pin.group(2)
    return found


def is_installed(name: str) -> bool:
    """Tell whether this interpreter has every pinned distribution in its pinned version."""
    try:
        return all(importlib.metadata.version(key) == value for key, value in pinned(name).items())
    except importlib.metadata.PackageNotFoundError:
        return False


def environment_python() -> Path:
    """Return the interpreter of the project's own virtual environment."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(requirements: str) -> str:
    """Return an interpreter that has the requirements, installing them when it must."""
    if is_installed(requirements):
        return sys.executable
    digest = hashlib.sha256(repr(sorted(pinned(requirements).items())).encode()).hexdigest()[:16]
    stamp = ENVIRONMENT / f".installed-{requirements}-{digest}"
    if not stamp.exists():
        install(requirements)
        stamp.touch()
    return str(environment_python())


def install(requirements: str) -> None:
    """Create the virtual environment and install into it, from the wheelhouse when there is one."""
    if not environment_python().exists():
        print("仮想環境 .venv を作っています …", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    print(f"{requirements} を入れています（初回だけ数分かかります）…", flush=True)
    source = ["--no-index", "--find-links", str(WHEELHOUSE)] if WHEELHOUSE.is_dir() else []
    command = [str(environment_python()), "-m", "pip", "install", "--quiet"]
    command += ["--disable-pip-version-check", *source, "-r", str(ROOT / requirements)]
    if subprocess.run(command, check=False).returncode:
        sys.exit(
            "ライブラリを入れられませんでした。インターネットにつながらない場合は、つながる"
            "パソコンで「make wheelhouse」を実行し、wheelhouse フォルダーをここに置いてください。"
        )


def is_free(host: str, port: int) -> bool:
    """Tell whether nothing listens on the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve() -> int:
    """Build the demo if the store is empty, then serve until Ctrl-C."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8501")
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT={port} はポート番号ではありません。1〜65535 の数字にしてください。")
    if not is_free(host, int(port)):
        sys.exit(
            f"ポート {port} はほかのプログラムが使っています。"
            f"「PORT={int(port) + 1} make run」のように別の番号を指定してください。"
        )
    python = prepare("requirements.txt")
    build = [python, "-m", "data", "build", "demo", "--if-empty", "--quiet"]
    if code := subprocess.run(build, cwd=ROOT, check=False).returncode:
        return code
    shown = "localhost" if host in ("0.0.0.0", "::") else host  # noqa: S104
    print(f"\n  http://{shown}:{port} をブラウザーで開いてください（終了は Ctrl+C）\n", flush=True)
    if host not in ("127.0.0.1", "localhost", "::1") and not os.environ.get("ALLOWED_HOSTS"):
        print(
            "  ほかの名前で開くときは、その名前を ALLOWED_HOSTS に指定してください。\n", flush=True
        )
    command = [python, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.port", port, "--server.address", host]
    return wait(subprocess.Popen(command, cwd=ROOT))


def wait(server: subprocess.Popen[bytes]) -> int:
    """Wait for the server; Ctrl-C or a termination stops it cleanly with code 0."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
        print("\n終了しました。", flush=True)
        return 0


def find_browser() -> str | None:
    """Return the path of an installed Chromium, Chrome or Edge."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def provide_browser() -> None:
    """Install Chromium and a Japanese font where the system lets us, else say how."""
    if find_browser():
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Chromium と日本語フォントを入れています …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", *BROWSER_PACKAGES], **quiet)
    if not find_browser():
        print(
            "Chromium が見つからないため、ブラウザーを使うテストは理由を示して飛ばします。\n"
            "Debian/Ubuntu：sudo apt-get install chromium fonts-noto-cjk\n"
            "Windows/Mac：Chrome か Edge を入れるか、CHROMIUM に実行ファイルを指定してください。",
            flush=True,
        )


def test(arguments: list[str]) -> int:
    """Run all tests."""
    python = prepare("requirements-dev.txt")
    provide_browser()
    command = [python, "-m", "pytest", *SIDE_BY_SIDE, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def check() -> int:
    """Run lint, types and the layer check."""
    python = prepare("requirements-dev.txt")
    scripts = Path(python).parent
    commands = [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [str(scripts / "lint-imports")],
    ]
    codes = [subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands]
    return max(codes)


def bench(arguments: list[str]) -> int:
    """Measure the product and write bench/results."""
    python = prepare("requirements-dev.txt")
    provide_browser()
    return subprocess.run([python, "-m", "bench", *arguments], cwd=ROOT, check=False).returncode


def wheelhouse() -> int:
    """Download every requirement into wheelhouse/, to be carried into a closed network."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(WHEELHOUSE)]
    code = subprocess.run([*command, "-r", "requirements.txt"], cwd=ROOT, check=False).returncode
    if code == 0:
        print("wheelhouse/ に揃えました。このフォルダーごと運べば、ネットワークなしで動きます。")
    return code


def main() -> int:
    """Do what the first argument says."""
    if sys.version_info < (3, 11):
        sys.exit("Python 3.11 以上が必要です。")
    command, *arguments = sys.argv[1:] or ["run"]
    actions = {
        "run": lambda: serve(),
        "test": lambda: test(arguments),
        "check": lambda: check(),
        "bench": lambda: bench(arguments),
        "wheelhouse": lambda: wheelhouse(),
    }
    if command not in actions:
        sys.exit(__doc__)
    try:
        return actions[command]()
    except KeyboardInterrupt:
        return 130  # what was running has said so


if __name__ == "__main__":
    sys.exit(main())
