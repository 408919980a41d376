"""Statement trees as one readable line, for tests.

Every construct is `(name parts ...)`, a command is its words.  Quoted text stands between
`'`, quoted expansions between `"`, and `·` joins the parts of one word, so that
`echo a"b $c"` is shown as `echo a·'b '·"$c"`.
"""

from __future__ import annotations

from ssmlint.shell.statements import (
    AndOr,
    Arithmetic,
    ArithmeticCommand,
    ArithmeticFor,
    ArrayValue,
    Assignment,
    Background,
    Block,
    Case,
    Command,
    Coprocess,
    Declaration,
    For,
    Function,
    Group,
    If,
    Literal,
    Part,
    Pipeline,
    Placeholder,
    ProcessSubstitution,
    Redirect,
    Statement,
    Subshell,
    Substitution,
    Test,
    TestBinary,
    TestExpression,
    TestLogic,
    TestNot,
    TestUnary,
    TestWord,
    Unknown,
    Variable,
    While,
    Word,
)


def render(block: Block) -> str:
    """The statements of a block, joined by `; `."""
    return "; ".join(_statement(statement) for statement in block)


def _statement(node: Statement) -> str:
    match node:
        case Command():
            return _join(*map(assignment, node.assignments), *map(word, node.words)) + _to(node)
        case Declaration():
            names = map(assignment, node.assignments)
            return (
                "("
                + _join(node.keyword, *node.options, *names, *map(word, node.words))
                + _to(node)
                + ")"
            )
        case Pipeline():
            name = "not-pipe" if node.negated else "pipe"
            return f"({_join(name, ' | '.join(map(_statement, node.commands)))})"
        case AndOr():
            return f"({_statement(node.left)} {node.operator} {_statement(node.right)})"
        case Background():
            return f"({_statement(node.command)} &)"
        case Coprocess():
            return f"(coproc {node.name} {_statement(node.command)})"
        case Unknown():
            return f"<{node.reason}>"
        case Function():
            return f"(function {node.name} {{{render(node.body)}}}{_to(node)})"
        case Group():
            return f"{{{render(node.body)}}}{_to(node)}"
        case Subshell():
            return f"(sub {render(node.body)}){_to(node)}"
        case ArithmeticCommand():
            return f"(({arithmetic(node.expression)})){_to(node)}"
        case Test():
            inside = "" if node.expression is None else test(node.expression)
            return f"({_join(node.bracket, inside)}){_to(node)}"
    return _loop_or_choice(node)


def _loop_or_choice(node: If | Case | For | ArithmeticFor | While) -> str:
    match node:
        case If():
            parts = [f"if {render(b.condition)} then {render(b.body)}" for b in node.branches]
            choice = " el".join(parts)
            if node.otherwise is not None:
                choice += f" else {render(node.otherwise)}"
            return f"({choice}){_to(node)}"
        case Case():
            items = [
                f"[{' | '.join(map(word, item.patterns))}: {render(item.body)} {item.terminator}]"
                for item in node.items
            ]
            return f"({_join('case', word(node.subject), *items)}){_to(node)}"
        case For():
            words = "" if node.words is None else _join(" in", *map(word, node.words))
            return f"(for {node.name}{words} do {render(node.body)}){_to(node)}"
        case ArithmeticFor():
            header = "; ".join(map(arithmetic, node.header))
            return f"(for (({header})) do {render(node.body)}){_to(node)}"
        case While():
            name = "until" if node.until else "while"
            return f"({name} {render(node.condition)} do {render(node.body)}){_to(node)}"


def test(node: TestExpression) -> str:
    """The expression of a test."""
    match node:
        case TestUnary():
            return f"{node.operator} {word(node.operand)}"
        case TestBinary():
            return f"{word(node.left)} {node.operator} {word(node.right)}"
        case TestWord():
            return word(node.word)
        case TestNot():
            return f"(! {test(node.operand)})"
        case TestLogic():
            return f"({test(node.left)} {node.operator} {test(node.right)})"


def assignment(node: Assignment) -> str:
    """`name=value`; `name` alone where there is no value."""
    name = node.name + (f"[{node.subscript}]" if node.subscript is not None else "")
    match node.value:
        case None:
            return name
        case Word() as value:
            text = word(value) if value.parts else ""
        case ArrayValue(words=words, keys=keys):
            items = [
                (f"[{key.text}]=" if key else "") + word(item)
                for key, item in zip(keys, words, strict=True)
            ]
            text = f"({' '.join(items)})"
    return f"{name}{'+=' if node.append else '='}{text}"


def word(node: Word) -> str:
    """One word."""
    return "·".join(map(part, node.parts)) or "<nothing>"


def part(node: Part) -> str:
    """One part of a word."""
    if isinstance(node, Literal):
        text = node.text.replace("\n", "⏎").replace("\t", "⇥")
        return f"'{text}'" if node.quoted else text
    if isinstance(node, ProcessSubstitution):
        return f"{node.direction}({render(node.body)})"
    text = _expansion(node)
    return f'"{text}"' if node.quoted else text


def _expansion(node: Variable | Substitution | Arithmetic | Placeholder) -> str:
    match node:
        case Variable():
            return _variable(node)
        case Substitution():
            return f"`{render(node.body)}`" if node.backquoted else f"$({render(node.body)})"
        case Arithmetic():
            return f"$(({arithmetic(node)}))"
        case Placeholder():
            return f"{{{{{node.name}}}}}"


def _variable(node: Variable) -> str:
    if not node.braced:
        return f"${node.name}"
    subscript = f"[{node.subscript}]" if node.subscript is not None else ""
    prefix = "#" if node.length else "!" if node.indirect else ""
    argument = word(node.argument) if node.argument and node.argument.parts else ""
    return f"${{{prefix}{node.name}{subscript}{node.operator}{argument}}}"


def arithmetic(node: Arithmetic) -> str:
    """The text of an expression, and behind bars what it reads, assigns and expands."""
    found = [
        *(f"?{variable.name}" for variable in node.reads),
        *(f"={name}" for name in node.assigns),
        *map(part, node.parts),
    ]
    return _join(node.text.strip(), "|", *found) if found else node.text.strip()


def redirect(node: Redirect) -> str:
    """`2>&1`; a here-document with its body, quoted by `!` where nothing is expanded."""
    target = word(node.target) if node.target is not None else "<no body>"
    number = "" if node.descriptor is None else str(node.descriptor)
    variable = f"{{{node.variable}}}" if node.variable else ""
    mark = "!" if node.heredoc_delimiter_quoted else ""
    return f"{variable}{number}{node.operator}{mark}{target}"


def _to(node: object) -> str:
    redirects: tuple[Redirect, ...] = getattr(node, "redirects", ())
    return "".join(f" {redirect(item)}" for item in redirects)


def _join(*texts: str) -> str:
    return " ".join(text for text in texts if text)
