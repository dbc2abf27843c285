"""The forms of signing in, as HTML that needs no script."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from access.passwords import MIN_LENGTH
from data.errors import UserError
from ui.headers import TITLE
from ui.redirect import with_base

_PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}｜{product}</title><style>
body {{ font: 16px/1.7 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic UI', Meiryo, sans-serif;
  color: #0d1117; background: #f2f5f8; margin: 0; }}
main {{ max-width: 26rem; margin: 8vh auto 2rem; padding: 1.5rem 2rem; background: #fff;
  border: 1px solid #8a949e; border-radius: .5rem; }}
h1 {{ font-size: 1.375rem; margin: 0 0 .25rem; }}
p {{ margin: .25rem 0 1rem; }}
label {{ display: block; margin-top: 1rem; font-weight: 600; }}
input {{ box-sizing: border-box; width: 100%; font: inherit; padding: .5rem;
  border: 1px solid #5b6670; border-radius: .25rem; }}
button {{ font: inherit; margin-top: 1.5rem; padding: .5rem 1.5rem; color: #fff;
  background: #0b5cad; border: 0; border-radius: .25rem; }}
:focus-visible {{ outline: 3px solid #d55e00; outline-offset: 2px; }}
.problem {{ border-left: .4rem solid #b3400c; padding: .25rem .75rem; background: #fff4ec; }}
a {{ color: #0b5cad; }}
</style></head><body><main><h1>{title}</h1><p>{product}</p>{body}
<p><a href="{back}">閲覧者として見る</a></p></main></body></html>"""


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=title, product=TITLE, body=body, back=escape(with_base("/")))


def _problem(problem: UserError | None) -> str:
    if problem is None:
        return ""
    lines = "<br>".join(escape(line) for line in str(problem).splitlines())
    return f'<p class="problem" role="alert">{lines}</p>'


def _form(path: str, to: str, fields: str, button: str) -> str:
    action = escape(with_base(f"{path}?{urlencode({'to': to})}"))
    return f'<form method="post" action="{action}">{fields}<button>{button}</button></form>'


def _field(label: str, name: str, kind: str, complete: str) -> str:
    return (
        f'<label for="{name}">{label}</label><input id="{name}" name="{name}" type="{kind}" '
        f'autocomplete="{complete}" maxlength="200" required>'
    )


def sign_in_page(*, to: str, problem: UserError | None = None) -> str:
    """Return the form for name and password."""
    fields = _field("利用者名", "login", "text", "username")
    fields += _field("パスワード", "password", "password", "current-password")
    return _page("サインイン", _problem(problem) + _form("/sign-in", to, fields, "サインイン"))


def password_page(*, to: str, login: str, problem: UserError | None = None) -> str:
    """Return the form for a new password."""
    fields = _field("いまのパスワード", "old", "password", "current-password")
    fields += _field("新しいパスワード", "new", "password", "new-password")
    fields += _field("新しいパスワード（もう一度）", "again", "password", "new-password")
    told = f"<p>利用者名：{escape(login)}。{MIN_LENGTH}文字以上にしてください。</p>"
    body = _problem(problem) + told + _form("/password", to, fields, "変える")
    return _page("パスワードの変更", body)


def refused_page() -> str:
    """Return the page for a request that none of our pages sent."""
    return _page("できません", "<p>この操作は、ここからはできません。</p>")
