"""What can be wrong with a store, said in words that help."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from data.errors import StoreError

NOT_WRITABLE = (errno.EROFS, errno.ENOSPC, errno.ENOTDIR, errno.EEXIST, errno.EISDIR)
EMPTY_ACTION = (
    "演習データは「python -m data build demo」、公表データは"
    "「python -m data build official --raw フォルダー」で作成してください。"
)


def not_writable(root: Path) -> StoreError:
    """Return the error of a folder that cannot be written to."""
    return StoreError(
        f"保存先に書き込めません（{root.name}）。",
        "書き込みできるフォルダーを STORE に指定してください。閲覧はこのままできます。",
    )


def is_disk_full(error: Exception) -> bool:
    """Tell whether an error of the system or the database means that the disk is full."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOSPC
    return os.strerror(errno.ENOSPC) in str(error)


def no_space(why: str) -> StoreError:
    """Return the error of a full disk, with what is known of it."""
    return StoreError(
        f"ディスクの空きが足りません（{why}）。",
        "不要なファイルを消してから、もう一度実行してください。いまのデータはそのままです。",
    )


def fallback_banner(named: Path | None, served: Path) -> str:
    """Return the sentence to show while another generation than the named one is served."""
    lost = f"世代 {named.stem}" if named else "最新の世代"
    return f"{lost}を開けないため、世代 {served.stem} を表示しています。管理者に連絡してください。"
