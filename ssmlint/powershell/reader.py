"""Cuts a PowerShell script into tokens, and tells how each place is quoted.

Written after the language specification and the tokenizer's behaviour that it describes:
quotes begin a string wherever they stand outside of one, `#` a comment only at the start of
a token, brackets are tokens of their own everywhere, and a string in double quotes holds
code in `$(...)`.  This much can be known without reading the grammar of expressions and
commands, which no reader for Python gets right (tree-sitter-powershell refuses `1MB` and
`Get-Service a,b`).
"""

from __future__ import annotations

import bisect
import functools
import re

from ssmlint.powershell.tokens import Flaw, Kind, Quoting, Region, Token
from ssmlint.records import dataclass
from ssmlint.source import Span

#: PowerShell takes typographic quotation marks for the plain ones.
_SINGLE = "'\u2018\u2019\u201a\u201b"
_DOUBLE = '"\u201c\u201d\u201e'
_DASHES = "-\u2013\u2014\u2015"

_BLANK = re.compile(r"(?:[ \t\f\v\u00a0\u0085]|`\r?\n|`\r)+")
_NEWLINE = re.compile(r"\r\n|\n|\r")
_VARIABLE = re.compile(r"[$@](?:\w+(?::\w+)*|[$?^](?!\w))")
_BRACED_VARIABLE = re.compile(r"\$\{(?:`[\s\S]|[^`}])*\}")
_WORD = re.compile(rf"(?:`[\s\S]|(?!<#)[^\s(){{}};,|&{_SINGLE}{_DOUBLE}$`])+")
_DOUBTFUL_COMMENT = re.compile(r"[=\]>]#")
_STOP = re.compile(rf"[{_DASHES}]{{2}}%(?=[ \t\r\n]|\Z)")
_HEADER = re.compile(rf"@([{_SINGLE}{_DOUBLE}])([ \t]*)(\r\n|\n|\r|\Z)?")
_COMMENT = re.compile(r"#[^\r\n]*")
_VERBATIM = re.compile(r"[^\r\n|]*")
_IN_SINGLE = re.compile(rf"(?:[^{_SINGLE}]|[{_SINGLE}]{{2}})*")

_CLOSING = {"(": ")", "{": "}"}
#: Strings inside of `$(...)` inside of strings; each costs five Python frames.
MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class _Opened:
    bracket: str
    span: Span
    is_in_string: bool


class Reader:
    """One pass over a text.  Nothing raises, whatever the text is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.regions: list[Region] = []
        self.flaws: list[Flaw] = []
        self.is_doubtful = False
        """Whether something was met that PowerShell reads by rules that are not followed here."""
        self._open: list[_Opened] = []
        self._nested = 0
        self._code(0, None)
        for opened in self._open:
            what = f"`{self.text[opened.span.start : opened.span.end]}` is never closed"
            self.flaws.append(Flaw(opened.span, what))

    def quoting_at(self, offset: int) -> Quoting:
        """How the character at an offset is quoted."""
        region = self.region_at(offset)
        return region.quoting if region is not None else Quoting.BARE

    def region_at(self, offset: int) -> Region | None:
        """The smallest stretch that an offset stands in; None in code that is in no string."""
        at: int | None = bisect.bisect_right(self._starts, offset) - 1
        while at is not None and at >= 0:
            if offset in self._sorted[at].span:
                return self._sorted[at]
            at = self._outer[at]
        return None

    def token_at(self, start: int) -> int | None:
        """The index of the token that begins at an offset."""
        return self._indices.get(start)

    @functools.cached_property
    def _indices(self) -> dict[int, int]:
        return {token.span.start: index for index, token in enumerate(self.tokens)}

    @functools.cached_property
    def _sorted(self) -> list[Region]:
        regions = (region for region in self.regions if len(region.span))
        return sorted(regions, key=lambda region: (region.span.start, -region.span.end))

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [region.span.start for region in self._sorted]

    @functools.cached_property
    def _outer(self) -> list[int | None]:
        """For each region the index of the one around it."""
        found: list[int | None] = []
        around: list[int] = []
        for index, region in enumerate(self._sorted):
            while around and self._sorted[around[-1]].span.end < region.span.end:
                around.pop()
            found.append(around[-1] if around else None)
            around.append(index)
        return found

    def _code(self, at: int, ends_at: int | None) -> int:
        """Reads code up to the end of the text, or until only `ends_at` brackets are open."""
        size = len(self.text)
        while at < size:
            if ends_at is not None and len(self._open) <= ends_at:
                return at
            before = at
            at = self._step(at)
            if at <= before:
                at = before + 1
        return at

    def _step(self, at: int) -> int:
        text = self.text
        char = text[at]
        if char.isspace() or char == "`":
            match = _BLANK.match(text, at)
            if match:
                return match.end()
            match = _NEWLINE.match(text, at)
            if match:
                return self._add(Kind.NEWLINE, at, match.end())
        elif char.isalnum() or char in "-.":
            return self._word_or_variable(at)
        elif char == "<" and text.startswith("<#", at):
            return self._block_comment(at)
        elif char == "#" and self._is_token_start(at):
            comment = _COMMENT.match(text, at)
            behind = comment.end() if comment else at + 1
            self._region(at, behind, Quoting.COMMENT)
            return behind
        if char == "@" and at + 1 < len(text) and text[at + 1] in _SINGLE + _DOUBLE:
            end = self._here_string(at)
            if end is not None:
                return end
        if char in _SINGLE or char in _DOUBLE:
            return self._string(at)
        if char in "({" or text.startswith(("@(", "@{", "$("), at):
            return self._opening(at, 1 if char in "({" else 2)
        if char in ")}":
            return self._closing(at)
        if char in ";,|&":
            double = char in "|&" and text[at + 1 : at + 2] == char
            return self._add(Kind.SEPARATOR, at, at + 1 + double)
        return self._word_or_variable(at)

    def _word_or_variable(self, at: int) -> int:
        text = self.text
        if text.startswith("${", at):
            end = self._braced_variable(at)
            return self._add(Kind.VARIABLE, at, end)
        match = _VARIABLE.match(text, at) if text[at] in "$@" else None
        if match and (text[at] == "$" or self._is_token_start(at)):
            return self._add(Kind.VARIABLE, at, match.end())
        if self._is_token_start(at) and _STOP.match(text, at):
            return self._verbatim(at)
        if text[at] == "$":
            return self._add(Kind.WORD, at, at + 1)
        match = _WORD.match(text, at)
        end = match.end() if match else at + 1
        if _DOUBTFUL_COMMENT.search(text, at, end):
            self.is_doubtful = True
        return self._add(Kind.WORD, at, end)

    def _is_token_start(self, at: int) -> bool:
        """Whether a token begins here; where that depends on the grammar, it is doubtful."""
        before = self.text[at - 1] if at else "\n"
        if before.isspace() or before in "(){};,|&":
            return True
        if before in "=]>" + _SINGLE + _DOUBLE and self.text[at] == "#":
            self.is_doubtful = True
        return False

    def _add(self, kind: Kind, start: int, end: int) -> int:
        inside = any(opened.is_in_string for opened in self._open[-1:])
        span = Span(start, end)
        self.tokens.append(Token(kind, self.text[start:end], span, len(self._open), inside))
        return end

    def _region(self, start: int, end: int, quoting: Quoting) -> None:
        self.regions.append(Region(Span(start, end), quoting))

    def _opening(self, at: int, size: int) -> int:
        end = self._add(Kind.OPEN, at, at + size)
        inside = bool(self._open) and self._open[-1].is_in_string
        self._open.append(_Opened(self.text[end - 1], Span(at, end), inside))
        return end

    def _closing(self, at: int) -> int:
        char = self.text[at]
        if not self._open:
            self.flaws.append(Flaw(Span(at, at + 1), f"`{char}` closes nothing"))
        elif _CLOSING[self._open[-1].bracket] != char:
            opened = self._open.pop()
            what = self.text[opened.span.start : opened.span.end]
            self.flaws.append(
                Flaw(Span(at, at + 1), f"`{char}` stands where `{what}` is still open")
            )
            # Whether one bracket too many or too few: the next one tells; the first flaw counts.
            if self._open and _CLOSING[self._open[-1].bracket] == char:
                self._open.pop()
        else:
            self._open.pop()
        return self._add(Kind.CLOSE, at, at + 1)

    def _block_comment(self, at: int) -> int:
        end = self.text.find("#>", at + 2)
        if end < 0:
            self.flaws.append(Flaw(Span(at, at + 2), "the comment `<#` is never closed"))
        end = end + 2 if end >= 0 else len(self.text)
        self._region(at, end, Quoting.COMMENT)
        return end

    def _verbatim(self, at: int) -> int:
        match = _VERBATIM.match(self.text, at)
        end = match.end() if match else len(self.text)
        self._region(at, end, Quoting.VERBATIM)
        return self._add(Kind.WORD, at, end)

    def _braced_variable(self, at: int) -> int:
        match = _BRACED_VARIABLE.match(self.text, at)
        if match:
            return match.end()
        self.flaws.append(Flaw(Span(at, at + 2), "`${` is never closed"))
        return len(self.text)

    def _string(self, at: int) -> int:
        is_single = self.text[at] in _SINGLE
        end = self._single(at + 1) if is_single else self._double(at + 1, None)
        closed = end > 0
        end = abs(end)
        if not closed:
            self.flaws.append(self._never_closed(at))
        inner = max(at + 1, end - 1) if closed else end
        self._region(at + 1, inner, Quoting.SINGLE if is_single else Quoting.DOUBLE)
        return self._add(Kind.STRING, at, end)

    def _never_closed(self, at: int) -> Flaw:
        """Points to the first string that has been closed by the opening of another."""
        for token in self.tokens:
            quotes = _SINGLE + _DOUBLE
            end = token.span.end
            is_ours = token.kind is Kind.STRING and token.text[0] in quotes
            if is_ours and "\n" in token.text and self.text[end : end + 1].isalnum():
                at = token.span.start
                break
        return Flaw(Span(at, at + 1), "the string that begins here is never closed")

    def _single(self, at: int) -> int:
        """The end of a string in single quotes; negative where it is the end of the text."""
        text = self.text
        match = _IN_SINGLE.match(text, at)
        end = match.end() if match else at
        return end + 1 if end < len(text) else -len(text)

    def _double(self, at: int, terminator: int | None) -> int:
        """The end of a string in double quotes; of a here-string, up to `terminator`."""
        text = self.text
        limit = len(text) if terminator is None else terminator
        while at < limit:
            char = text[at]
            if char == "`":
                at += 2
            elif char in _DOUBLE and terminator is None:
                if text[at + 1 : at + 2] not in ("", *_DOUBLE):
                    return at + 1
                if at + 1 >= limit:
                    return at + 1
                at += 2
            elif text.startswith("$(", at):
                at = self._subexpression(at, limit)
            else:
                at += 1
        return min(at, limit) if terminator is not None else -len(text)

    def _subexpression(self, start: int, limit: int) -> int:
        """The end of a `$(...)` in a string, with what is in it read as code."""
        if self._nested >= MAX_DEPTH:
            self.is_doubtful = True
            return start + 2
        depth = len(self._open)
        known = (len(self.tokens), len(self.regions), len(self.flaws))
        at = self._opening(start, 2)
        self._open[-1] = _Opened("(", self._open[-1].span, is_in_string=True)
        self._nested += 1
        at = self._code(at, depth)
        self._nested -= 1
        if at > limit:  # it goes on behind the here-string around it
            self.is_doubtful = True
            del self.tokens[known[0] :], self.regions[known[1] :], self.flaws[known[2] :]
            del self._open[depth:]
            return start + 2
        self._region(start, at, Quoting.BARE)
        return at

    def _here_string(self, at: int) -> int | None:
        """The end of a here-string; None where `@` and a quote are something else."""
        match = _HEADER.match(self.text, at)
        if match is None or (match[3] is None and not self._is_token_start(at)):
            return None
        marks = _SINGLE if match[1] in _SINGLE else _DOUBLE
        mark = "'" if marks == _SINGLE else '"'
        if match[3] is None:
            what = f"nothing may stand behind `@{mark}` on its line"
            self.flaws.append(Flaw(Span(at, at + 2), what))
            return None
        ending = re.compile(rf"(?:\r\n|\n|\r)([{marks}]@)")
        # An empty one: the line break of the header is the one in front of the terminator.
        end = ending.search(self.text, match.end() - len(match[3]))
        stop = end.start() if end else len(self.text)
        if end is None:
            self.flaws.append(self._never_ends(at, match.end(), mark, marks))
        quoting = Quoting.HERE_SINGLE if mark == "'" else Quoting.HERE_DOUBLE
        self._region(match.end(), max(stop, match.end()), quoting)
        if mark == '"':
            self._double(match.end(), max(stop, match.end()))
        return self._add(Kind.STRING, at, end.end() if end else len(self.text))

    def _never_ends(self, start: int, body: int, mark: str, marks: str) -> Flaw:
        indented = re.compile(rf"^[ \t]+([{marks}]@)", re.MULTILINE).search(self.text, body)
        if indented:
            what = f"`{mark}@` ends the here-string only as the very first characters of its line"
            return Flaw(Span(*indented.span(1)), what)
        return Flaw(Span(start, start + 2), f"the here-string `@{mark}` is never closed")
