"""The command line: python -m access {add-admin,reset-password,end-sessions,verify-audit}."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from access.accounts import (
    COMMAND_LINE,
    add_local,
    add_provided,
    end_sessions,
    local_subject,
    reset_password,
)
from access.audit import head, verify
from access.passwords import check_strength
from access.roles import Role
from data.errors import UserError


def default_root() -> Path:
    """Return the store that STORE names, or the folder `store` beside app.py."""
    return Path(os.environ.get("STORE") or Path(__file__).resolve().parents[1] / "store")


def asked_password(login: str) -> str:
    """Ask for a password twice; it never stands in the command, nor in its history."""
    first = getpass.getpass("パスワード（12文字以上。画面には出ません）：")
    check_strength(first, login=login)
    if getpass.getpass("もう一度：") != first:
        raise UserError("二つのパスワードが違います。", "もう一度実行してください。")
    return first


def _add_admin(options: argparse.Namespace, root: Path) -> None:
    if options.sub:
        add_provided(
            root,
            actor=COMMAND_LINE,
            sub=options.sub,
            name=options.name or options.login,
            role=Role.ADMIN,
            provider=options.provider,
        )
    else:
        add_local(
            root,
            actor=COMMAND_LINE,
            login=options.login,
            name=options.name or options.login,
            role=Role.ADMIN,
            password=asked_password(options.login),
        )
    print(f"管理者「{options.login}」を作りました。")


def _reset_password(options: argparse.Namespace, root: Path) -> None:
    subject = local_subject(options.login)
    password = asked_password(options.login)
    reset_password(root, actor=COMMAND_LINE, subject=subject, password=password)
    print("パスワードを変え、サインインをすべて終わらせました。")


def _end_sessions(options: argparse.Namespace, root: Path) -> None:
    end_sessions(root, actor=COMMAND_LINE, subject=local_subject(options.login))
    print("サインインをすべて終わらせました。")


def _verify_audit(options: argparse.Namespace, root: Path) -> None:
    verdict = verify(root)
    if not verdict.is_sound:
        raise UserError(
            f"操作の記録は、{verdict.broken_line}行目から正しくありません：{verdict.reason}。",
            "控えの audit.jsonl と比べてください。",
        )
    number, seal = head(root)
    print(f"操作の記録 {verdict.lines} 行は、すべてつながっています。")
    print(f"末尾：{number} {seal}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m access", description=__doc__)
    commands = parser.add_subparsers(required=True)
    add = commands.add_parser("add-admin", help="管理者を作る")
    add.add_argument("login", help="利用者名")
    add.add_argument("--name", help="表示名")
    add.add_argument("--sub", help="認証基盤（OIDC）の識別子。パスワードの代わりに使う")
    add.add_argument("--provider", default="default", help="認証基盤の名前")
    add.set_defaults(run=_add_admin)
    for name, words, run in (
        ("reset-password", "パスワードを変える", _reset_password),
        ("end-sessions", "サインインをすべて終わらせる", _end_sessions),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("login", help="利用者名")
        command.set_defaults(run=run)
    check = commands.add_parser("verify-audit", help="操作の記録を検査する")
    check.set_defaults(run=_verify_audit)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 when the user has something to mend."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options, default_root())
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
