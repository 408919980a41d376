"""The small statement tree that a bash script is lowered to.

Spans here are code-point offsets into the *script* (`Script.text`), not into the file;
`Script.span` translates.  What bash allows and this tree does not express becomes
`Unknown`: an analysis must then assume that anything may have happened.

How a tree is gone through is in `nodes`, and imported from here with its kinds of nodes.
"""

from __future__ import annotations

from typing import Union

from ssmlint.records import dataclass
from ssmlint.shell.nodes import Node
from ssmlint.shell.nodes import children as children
from ssmlint.shell.nodes import walk as walk
from ssmlint.shell.nodes import walk_block as walk_block
from ssmlint.source import Span

# --- words -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """Text that stands for itself, after quote removal.

    `quoted` says that it stood in quotes or behind a backslash, so that it is neither
    split nor taken as a pattern.
    """

    span: Span
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """`$name`, `${name}` or `${name<operator>argument}`.

    `operator` is the text right behind the name (`:-`, `:=`, `:+`, `:?`, `-`, `#`, `##`,
    `%`, `/`, `//`, `^^`, `:` ...), `#` as `length` for `${#name}`.  `name` may be special
    (`?`, `#`, `@`, `*`, `!`, `$`, `-`, `0`, `1` ...).  `subscript` is the text in
    brackets and `index` what is read there (None for `[@]` and `[*]`; the bare names in
    it are keys where the array is associative).  `indirect` marks `${!name}`.  The
    argument of `/` is all of `pattern/replacement`, that of `:` all of `offset:length`.
    """

    span: Span
    name: str
    operator: str = ""
    argument: Word | None = None
    quoted: bool = False
    braced: bool = False
    length: bool = False
    indirect: bool = False
    subscript: str | None = None
    index: Arithmetic | None = None


@dataclass(frozen=True, slots=True)
class Substitution(Node):
    """`$(...)` or backquotes."""

    span: Span
    body: Block
    quoted: bool = False
    backquoted: bool = False


@dataclass(frozen=True, slots=True)
class ProcessSubstitution(Node):
    """`<(...)` or `>(...)`; `direction` is the first character."""

    span: Span
    direction: str
    body: Block


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`$((...))`: the names it reads, the names it assigns, and the text inside."""

    span: Span
    text: str
    reads: tuple[Variable, ...] = ()
    """Every variable that is read, whether written `name` or `$name`."""
    assigns: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    """The other expansions inside (substitutions, placeholders ...), in order."""
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Placeholder(Node):
    """An SSM `{{ reference }}`, which the agent replaces before any shell reads it.

    Also a `${A.B}` or `${AWS::Region}`, which CloudFormation replaces, and every other
    `${...}` that bash would call a bad substitution: the text at `span` tells them apart.
    """

    span: Span
    name: str
    """What stands between the braces, stripped."""
    quoted: bool = False


Part = Union[Literal, Variable, Substitution, ProcessSubstitution, Arithmetic, Placeholder]


class _Literally(Node):
    """What is found out about a word when it is made: asked for much more often than made."""

    __slots__ = ("is_quoted", "literal")

    literal: str | None
    """The word's text where it is the same in every run, else None."""
    is_quoted: bool
    """Whether any text that stands for itself in it is quoted."""

    def _find_literal(self, parts: tuple[Part, ...]) -> None:
        if len(parts) == 1 and type(parts[0]) is Literal:
            self.literal, self.is_quoted = parts[0].text, parts[0].quoted
            return
        literals = [part for part in parts if isinstance(part, Literal)]
        constant = len(literals) == len(parts)
        self.literal = "".join([part.text for part in literals]) if constant else None
        self.is_quoted = any(part.quoted for part in literals)


@dataclass(frozen=True, slots=True)
class Word(_Literally):
    """One shell word: the parts that are joined to make it."""

    span: Span
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        self._find_literal(self.parts)


# --- statements ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArrayValue(Node):
    """`(a b c)` on the right of an assignment.

    `keys` has for each word what stands in the brackets of `[key]=word`, or None; bare
    names in a key may be names of their own, as in `Variable.index`.
    """

    span: Span
    words: tuple[Word, ...]
    keys: tuple[Arithmetic | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment(Node):
    """`name=value`, `name+=value`, `name[sub]=value`; `value` None for `local name`."""

    span: Span
    name: str
    name_span: Span
    value: Word | ArrayValue | None = None
    append: bool = False
    subscript: str | None = None
    index: Arithmetic | None = None
    """What is read between the brackets; bare names may be keys, as in `Variable`."""


@dataclass(frozen=True, slots=True)
class Redirect(Node):
    """`operator` as written (`>`, `>>`, `<`, `<<`, `<<-`, `<<<`, `&>`, `>&` ...).

    For a here-document `target` is its body as a word (variables in it count as quoted);
    `heredoc_delimiter_quoted` says that nothing in it is expanded.
    """

    span: Span
    operator: str
    target: Word | None = None
    descriptor: int | None = None
    heredoc_delimiter_quoted: bool = False
    variable: str | None = None
    """The variable that takes the descriptor, as in `{name}>file`."""


@dataclass(frozen=True, slots=True)
class Command(Node):
    """A simple command; with no `words` it is only assignments and redirections."""

    span: Span
    words: tuple[Word, ...]
    assignments: tuple[Assignment, ...] = ()
    redirects: tuple[Redirect, ...] = ()

    @property
    def name(self) -> str | None:
        """The command's name where it is the same in every run."""
        return self.words[0].literal if self.words else None


@dataclass(frozen=True, slots=True)
class Declaration(Node):
    """`local`, `export`, `readonly`, `declare`, `typeset`, `unset`.

    `options` holds every `-x`/`+x` argument; `names` are those without a value too.
    `words` are arguments that are no plain name or assignment (`export "$x"`).
    """

    span: Span
    keyword: str
    options: tuple[str, ...]
    assignments: tuple[Assignment, ...]
    words: tuple[Word, ...] = ()
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class Pipeline(Node):
    """`a | b | c`, perhaps negated with `!` or timed with `time` (also a single command).

    `|&` has become a redirection `2>&1` of the command on its left.
    """

    span: Span
    commands: Block
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AndOr(Node):
    """`left && right` or `left || right`."""

    span: Span
    left: Statement
    operator: str
    right: Statement


@dataclass(frozen=True, slots=True)
class Branch(Node):
    """One `if`/`elif` with its condition."""

    span: Span
    condition: Block
    body: Block


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if ... elif ... else ... fi`; `otherwise` is None without an `else`."""

    span: Span
    branches: tuple[Branch, ...]
    otherwise: Block | None = None
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseItem(Node):
    """`a|b) body ;;`; `terminator` is `;;`, `;&` or `;;&`."""

    span: Span
    patterns: tuple[Word, ...]
    body: Block
    terminator: str = ";;"


@dataclass(frozen=True, slots=True)
class Case(Node):
    """`case word in ... esac`."""

    span: Span
    subject: Word
    items: tuple[CaseItem, ...]
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for name in words`; `words` None means the positional parameters.

    `select` loops are `For` too.
    """

    span: Span
    name: str
    name_span: Span
    words: tuple[Word, ...] | None
    body: Block
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class ArithmeticFor(Node):
    """`for ((init; condition; step))`."""

    span: Span
    header: tuple[Arithmetic, ...]
    body: Block
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class While(Node):
    """`while` or, with `until`, `until`."""

    span: Span
    condition: Block
    body: Block
    until: bool = False
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class Function(Node):
    """A function definition; running it only defines `name`."""

    span: Span
    name: str
    name_span: Span
    body: Block
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class Group(Node):
    """`{ ...; }`"""

    span: Span
    body: Block
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class Subshell(Node):
    """`( ... )`: assignments inside are lost, `exit` leaves only it."""

    span: Span
    body: Block
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class Background(Node):
    """`command &`"""

    span: Span
    command: Statement


@dataclass(frozen=True, slots=True)
class Coprocess(Node):
    """`coproc [NAME] command`."""

    span: Span
    name: str
    command: Statement


@dataclass(frozen=True, slots=True)
class ArithmeticCommand(Node):
    """`((...))` or `let ...` as a command."""

    span: Span
    expression: Arithmetic
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class TestUnary(Node):
    """`-n word`, `-f word` ..."""

    span: Span
    operator: str
    operand: Word


@dataclass(frozen=True, slots=True)
class TestBinary(Node):
    """`left == right`, `left -eq right`, `left =~ right` ..."""

    span: Span
    left: Word
    operator: str
    right: Word


@dataclass(frozen=True, slots=True)
class TestWord(Node):
    """A word alone: true when it is not empty."""

    span: Span
    word: Word


@dataclass(frozen=True, slots=True)
class TestNot(Node):
    """`! expression`"""

    span: Span
    operand: TestExpression


@dataclass(frozen=True, slots=True)
class TestLogic(Node):
    """`left && right`, `left || right` (or `-a`, `-o`, always written as `&&`, `||`)."""

    span: Span
    left: TestExpression
    operator: str
    right: TestExpression


TestExpression = Union[TestUnary, TestBinary, TestWord, TestNot, TestLogic]


@dataclass(frozen=True, slots=True)
class Test(Node):
    """`[ ... ]`, `[[ ... ]]` or `test ...`; `bracket` is `[`, `[[` or `test`.

    `expression` is None for an empty test (false).
    """

    span: Span
    bracket: str
    expression: TestExpression | None
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown(Node):
    """Something that could not be lowered; it may do anything."""

    span: Span
    reason: str


Statement = Union[
    Command,
    Declaration,
    Pipeline,
    AndOr,
    If,
    Case,
    For,
    ArithmeticFor,
    While,
    Function,
    Group,
    Subshell,
    Background,
    Coprocess,
    ArithmeticCommand,
    Test,
    Unknown,
]
Block = tuple[Statement, ...]
