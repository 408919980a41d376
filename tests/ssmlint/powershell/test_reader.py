"""What PowerShell takes, what it does not, and how each place is quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssmlint.powershell.reader import Reader
from ssmlint.powershell.statements import Statements
from ssmlint.powershell.tokens import Flaw, Kind, Quoting

VALID = (
    (Path(__file__).parent / "valid.txt").read_text(encoding="utf-8").rstrip("\n").split("\n#---\n")
)

#: What Windows PowerShell does not take, of the scripts that PowerShell does.
NEWER = ("? 1 : 2", "??", "&&")


def flaws(text: str) -> list[Flaw]:
    reader = Reader(text)
    return reader.flaws or list(Statements(reader.tokens).flaws())


def said(text: str) -> list[tuple[str, str]]:
    """Each flaw with the text that it is said of."""
    return [(text[f.span.start : f.span.end], f.message) for f in flaws(text)]


@pytest.mark.parametrize("text", VALID, ids=lambda text: text[:40].replace("\n", " "))
def test_what_powershell_takes(text: str) -> None:
    reader = Reader(text)
    assert flaws(text) == []
    assert not reader.is_doubtful
    newer = list(Statements(reader.tokens).newer((5, 1)))
    assert bool(newer) is any(sign in text for sign in NEWER)
    assert list(Statements(reader.tokens).newer((7, 0))) == []


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("if ($a) { 1", "{", "never closed"),
        ("foo }", "}", "closes nothing"),
        ("if ($a { 1 }", "(", "never closed"),
        ("foo (1 }", "}", "`(` is still open"),
        ("echo 'open", "'", "never closed"),
        ('echo "it is $(Get-Date)', '"', "never closed"),
        ('echo "$(Get-Date"', '"', "never closed"),
        ("echo it's\necho 'b'\n", "'", "never closed"),
        ("echo ok\necho it's\necho 'b'\n", "'", "never closed"),
        ('$x = @"\n  text\n  "@\n', '"@', "very first"),
        ("$x = @'\ntext\n", "@'", "never closed"),
        ('$x = @"text"@', '@"', "nothing may stand behind"),
        ("<# comment", "<#", "never closed"),
        ("${a b = 1", "${", "never closed"),
        ("if ($a) { } else if ($b) { }", "else if", "`elseif`"),
        ("if ($a) {\n}\nelse\nif ($b) { }", "else\nif", "`elseif`"),
        ("if $a -eq 1 { }", "if", "(...)"),
        ("while $true { }", "while", "(...)"),
        ("if ($a)\n  Write-Host x\n", "if ($a)", "`{` is missing"),
        ("if ($a == 1) { }", "==", "-eq"),
        ("if ($a.Count != 1) { }", "!=", "-ne"),
        ("$a[0] == 1", "==", "-eq"),
    ],
)
def test_what_powershell_does_not_take(text: str, where: str, why: str) -> None:
    (place, message) = said(text)[0]
    assert place == where
    assert why in message


@pytest.mark.parametrize(
    "text",
    [
        "echo a == b",
        "@{ if = 1; while = 2\nelse = 3 }",
        "Get-Service | where { $_.Name } | foreach { $_ }",
        "do { 1 } while ($a)",
        "if (Test-Path x) { 1 } # else if",
        "echo `'a `\" `{ `( b",
        "Write-Output foo#bar it`'s 'x'",
        "echo \u2018typographic\u2019 \u201cquotes\u201d",
        "cmd --% /c \"echo ' ( {",
        "$x.if($y)",
        "if ( # why ' not\n  $a) # so (\n{ }",
    ],
)
def test_what_looks_wrong_and_is_not(text: str) -> None:
    assert flaws(text) == []


@pytest.mark.parametrize("text", ["$a =#'", '"a"#(', "--color=#fff'"])
def test_where_the_grammar_decides_it_is_doubtful(text: str) -> None:
    assert Reader(text).is_doubtful


def test_how_places_are_quoted() -> None:
    text = "1 '2' \"3 $(4 '5') 6\" # 7\n@'\n8\n'@ @\"\n9 $(A)\n\"@ --% B | C <# D #> E"
    reader = Reader(text)
    found = {char: reader.quoting_at(text.index(char)) for char in "123456789ABCDE"}
    assert found == {
        "1": Quoting.BARE,
        "2": Quoting.SINGLE,
        "3": Quoting.DOUBLE,
        "4": Quoting.BARE,
        "5": Quoting.SINGLE,
        "6": Quoting.DOUBLE,
        "7": Quoting.COMMENT,
        "8": Quoting.HERE_SINGLE,
        "9": Quoting.HERE_DOUBLE,
        "A": Quoting.BARE,
        "B": Quoting.VERBATIM,
        "C": Quoting.BARE,
        "D": Quoting.COMMENT,
        "E": Quoting.BARE,
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("exit 3", [(3, False)]),
        ("if ($x) { exit -1 }; EXIT(4)", [(-1, True), (4, False)]),
        ("exit $LASTEXITCODE\nexit", [(None, False), (None, False)]),
        ("[Environment]::Exit(3010)", [(3010, False)]),
        ("Write-Host exit 5; $exit = 6; .exit 7", []),
    ],
)
def test_exits(text: str, codes: list[tuple[int | None, bool]]) -> None:
    found = Statements(Reader(text).tokens).exits()
    assert [(one.code, one.is_conditional) for one in found] == codes


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        "{" * 50_000 + "}" * 50_000,
        '"$(' * 5_000,
        '@"\n$(' * 3_000,
        "'" * 9_999,
        "if (" * 20_000,
        "@{" * 10_000 + "if",
        "`",
        "$",
        "@",
        "${",
        "\0\ud800\u2028",
        "--%",
        "#",
    ],
    ids=range(14),
)
def test_hostile_scripts_end(text: str) -> None:
    reader = Reader(text)
    statements = Statements(reader.tokens)
    list(statements.flaws())
    list(statements.exits())
    list(statements.reads_behind("$?", frozenset({"echo"})))
    spans = [token.span for token in reader.tokens if token.kind is not Kind.NEWLINE]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
