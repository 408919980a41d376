"""shellcheck's checks as rules: made when one is met, since we have no list of them."""

from __future__ import annotations

import functools
import re

from ssmlint.embedded import Script
from ssmlint.rule import Rule, Severity
from ssmlint.settings import SHELLCHECK

_NAME = re.compile(rf"(?:{SHELLCHECK}/)?SC(?P<code>[1-9]\d{{3}})", re.IGNORECASE)

_PAGE = """\
## What it does
Reports what shellcheck says as SC{code} about the script of a document.

Its page says what it means: {url}. shellcheck is run with `--shellcheck`, or where a rule of it is selected (`--extend-select
{id}`), and has to be installed: `pip install 'ssmlint[shellcheck]'`.

## Why is this bad?
See its page. The severity of a finding is shellcheck's own, with `style` as info. A script
without `#!` is checked as one for dash, which is `sh` on Debian and Ubuntu.

## Suppression
`# shellcheck disable=SC{code}` in the script works as everywhere: before a command for that
command, before the first command for the script. So does `--ignore {id}`.

## References
- [SC{code}]({url})"""


@functools.cache
def rule_for(code: int) -> Rule:
    """The rule `shellcheck/SC<code>`; the severity of its findings is their own."""
    name = f"{SHELLCHECK}/SC{code}"
    url = f"https://www.shellcheck.net/wiki/SC{code}"
    page = _PAGE.format(url=url, code=code, id=name)
    return Rule(name, name, Severity.WARNING, Script, lambda _: iter(()), page, False, url=url)


def rule_named(word: str) -> Rule | None:
    """The rule of that name, in any case; None where it is no name of such a rule."""
    match = _NAME.fullmatch(word)
    return rule_for(int(match["code"])) if match else None
