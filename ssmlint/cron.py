"""The six-field cron expressions of EventBridge, which lifecycle policies use too.

Grammar and examples: Amazon EventBridge user guide, "Cron expressions reference"; the DLM
API (`CreateRule.CronExpression`) refers to that very page.  All times are UTC.  What the
page leaves open (`L-3`, `/` in the day-of-week field ...) is read the way Quartz reads it,
whose notation this is, and remembered in `Cron.doubts`.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from datetime import datetime

from ssmlint.cron_times import Cron, CronProblem, DayRule
from ssmlint.records import dataclass

#: Characters between the parentheses (DLM API model, `CronExpression`).
MAX_BODY = 100

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")

_WRAPPED = re.compile(r"cron\((?P<body>[^()\n]*)\)\Z")
_WORD = re.compile(r"\S+")
_WEEKDAY_TERM = re.compile(r"(?P<day>\w+)#(?P<nth>\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """What one of the six fields may hold."""

    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()
    """Names for the values from `low` on."""
    wildcards: str = ",-*/"
    wraps: bool = True
    """Whether a range may run over the end, as in AWS's own hours `20-2`."""


FIELDS = (
    Field("minutes", 0, 59),
    Field("hours", 0, 23),
    Field("day-of-month", 1, 31, wildcards=",-*?/LW"),
    Field("month", 1, 12, MONTHS),
    Field("day-of-week", 1, 7, WEEKDAYS, wildcards=",-*?L#"),
    Field("year", 1970, 2199, wraps=False),
)
MINUTES, HOURS, DAY_OF_MONTH, MONTH, DAY_OF_WEEK, YEAR = FIELDS


class CronError(ValueError):
    """The text is no cron expression of AWS; `problems` has at least one entry."""

    def __init__(self, *problems: CronProblem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def next_fires(expression: Cron | str, after: datetime, count: int) -> list[datetime]:
    """The next `count` fire times later than `after`, in UTC; fewer where there are no more.

    A naive `after` is taken as UTC.  Raises `CronError` for a text that cannot be parsed.
    """
    cron = parse_cron(expression) if isinstance(expression, str) else expression
    return list(itertools.islice(cron.fires_after(after), count))


@functools.lru_cache(maxsize=256)
def parse_cron(text: str) -> Cron:
    """Parse `cron(...)`; raises `CronError` with every problem found."""
    match = _WRAPPED.match(text)
    if match is None:
        raise CronError(_unwrapped(text))
    body, offset = match["body"], match.start("body")
    if len(body) > MAX_BODY:
        message = f"{len(body)} characters between the parentheses, at most {MAX_BODY} are allowed"
        raise CronError(CronProblem(offset, offset + len(body), message))
    words = [(word.group(), offset + word.start()) for word in _WORD.finditer(body)]
    if len(words) != len(FIELDS):
        raise CronError(CronProblem(offset, offset + len(body), _wrong_count(len(words))))
    return _Reader(text, words).read()


def _unwrapped(text: str) -> CronProblem:
    head = text.strip().partition("(")[0].strip().lower()
    if head in ("rate", "at"):
        message = f"`{head}(...)` is not allowed here, expected `cron(...)`"
    elif head == "cron":
        message = "expected exactly `cron(`, the six fields and `)`, in lower case and on one line"
    else:
        message = "expected `cron(...)` around the six fields"
    return CronProblem(0, len(text), message)


def _wrong_count(count: int) -> str:
    names = " ".join(item.name for item in FIELDS)
    more = ""
    if count == 5:
        more = "; a crontab line has five, AWS adds the year and wants `?` in one of the day fields"
    elif count == 7:
        more = "; AWS's cron has no seconds field"
    return f"{count} field{'s' * (count != 1)}, expected six: {names}{more}"


class _Reader:
    """Reads the six words and collects what is wrong with them."""

    def __init__(self, text: str, words: list[tuple[str, int]]) -> None:
        self.text = text
        self.words = words
        self.problems: list[CronProblem] = []
        self.doubts: list[CronProblem] = []

    def read(self) -> Cron:
        values = [
            self.values(item, word, offset)
            for item, (word, offset) in zip(FIELDS, self.words, strict=True)
            if item not in (DAY_OF_MONTH, DAY_OF_WEEK)
        ]
        days = self.day_rule()
        if self.problems:
            raise CronError(*sorted(self.problems, key=lambda p: (p.start, p.end)))
        minutes, hours, months, years = (tuple(sorted(found)) for found in values)
        return Cron(self.text, minutes, hours, days, months, years, tuple(self.doubts))

    def day_rule(self) -> DayRule:
        (of_month, month_at), (of_week, week_at) = self.words[2], self.words[4]
        if (of_month == "?") == (of_week == "?"):
            where = "both day fields are `?`" if of_month == "?" else "neither day field is `?`"
            message = f"{where}, expected `?` in exactly one of day-of-month and day-of-week"
            self.problems.append(CronProblem(month_at, week_at + len(of_week), message))
        if of_week != "?":
            rule = self.days_of_week(of_week, week_at)
            if of_month == "?":
                return rule
        return self.days_of_month(of_month, month_at) if of_month != "?" else DayRule()

    def days_of_month(self, word: str, offset: int) -> DayRule:
        plain: set[int] = set()
        from_last: set[int] = set()
        nearest: set[int] = set()
        last_weekday = False
        for term, at in _terms(word, offset):
            upper = term.upper()
            if upper in ("L", "LW", "WL"):
                last_weekday |= upper != "L"
                from_last |= {0} if upper == "L" else set()
            elif re.fullmatch(r"L-\d{1,2}", upper, re.ASCII):
                from_last.add(int(upper[2:]))
                self.doubt(term, at, "AWS's page has no offset from the last day")
            elif upper.endswith("W"):
                nearest |= self.number(DAY_OF_MONTH, term[:-1], at, term)
            else:
                plain |= self.term(DAY_OF_MONTH, term, at)
                continue
            if term != word:
                self.doubt(term, at, "AWS's page does not say that it may stand in a list")
        return DayRule(frozenset(plain), frozenset(from_last), frozenset(nearest), last_weekday)

    def days_of_week(self, word: str, offset: int) -> DayRule:
        plain: set[int] = set()
        nth: set[tuple[int, int]] = set()
        last: set[int] = set()
        for term, at in _terms(word, offset):
            which = _WEEKDAY_TERM.fullmatch(term)
            if which:
                nth |= self.nth_weekday(word, offset, which, at)
            elif term.upper() == "L":
                plain.add(DAY_OF_WEEK.high)
            elif term.upper().endswith("L") and "-" not in term:
                last |= self.number(DAY_OF_WEEK, term[:-1], at, term)
            else:
                plain |= self.term(DAY_OF_WEEK, term, at)
        return DayRule(weekdays=frozenset(plain), nth=frozenset(nth), last=frozenset(last))

    def nth_weekday(
        self, word: str, offset: int, match: re.Match[str], at: int
    ) -> set[tuple[int, int]]:
        if match.group() != word:
            message = "with `#` only one expression may stand in the day-of-week field"
            problem = CronProblem(offset, offset + len(word), message)
            if problem not in self.problems:
                self.problems.append(problem)
            return set()
        if not 1 <= int(match["nth"]) <= 5:
            message = f"`{match.group()}`: expected 1 to 5 after `#`"
            self.problems.append(CronProblem(at, at + len(match.group()), message))
            return set()
        days = self.number(DAY_OF_WEEK, match["day"], at, match.group())
        return {(day, int(match["nth"])) for day in days}

    def values(self, item: Field, word: str, offset: int) -> set[int]:
        found: set[int] = set()
        for term, at in _terms(word, offset):
            found |= self.term(item, term, at)
        return found

    def term(self, item: Field, term: str, at: int) -> set[int]:
        """The values of one term: a number or name, `*`, a range, each with a step or not."""
        base, slash, step_text = term.partition("/")
        step = 1
        if slash:
            if not _is_number(step_text) or int(step_text) < 1:
                self.problem(item, term, at, "expected a number from 1 after `/`")
                return set()
            step = int(step_text)
            if "/" not in item.wildcards:
                self.doubt(term, at, f"AWS's page has no `/` in the {item.name} field")
            elif step > item.high - item.low:
                self.doubt(term, at, f"the step is longer than the {item.name} field")
        if base == "*":
            return set(range(item.low, item.high + 1, step))
        first_text, dash, last_text = base.partition("-")
        first = self.number(item, first_text, at, term)
        if dash:
            return self.between(item, term, at, first, self.number(item, last_text, at, term), step)
        if slash:
            return set(range(first.pop(), item.high + 1, step)) if first else set()
        return first

    def between(
        self, item: Field, term: str, at: int, first: set[int], last: set[int], step: int
    ) -> set[int]:
        if not first or not last:
            return set()
        low, high = first.pop(), last.pop()
        if high < low and not item.wraps:
            self.problem(item, term, at, "the range runs backwards")
            return set()
        size = item.high - item.low + 1
        end = high if high >= low else high + size
        return {(value - item.low) % size + item.low for value in range(low, end + 1, step)}

    def number(self, item: Field, text: str, at: int, term: str) -> set[int]:
        """One value as a set, the empty set (and a problem) where it is none."""
        if text.upper() in item.names:
            return {item.names.index(text.upper()) + item.low}
        names = f" or {item.names[0]}-{item.names[-1]}" if item.names else ""
        expected = f"expected {item.low}-{item.high}{names}"
        if item is DAY_OF_WEEK:
            expected += " (1 is Sunday)"
        if _is_number(text) and item.low <= int(text) <= item.high:
            return {int(text)}
        self.problem(item, term, at, expected)
        return set()

    def problem(self, item: Field, term: str, at: int, expected: str) -> None:
        what = f"`{term}` in the {item.name} field" if term else f"an empty {item.name} value"
        self.problems.append(CronProblem(at, at + max(1, len(term)), f"{what}: {expected}"))

    def doubt(self, term: str, at: int, message: str) -> None:
        self.doubts.append(CronProblem(at, at + len(term), f"`{term}`: {message}"))


def _terms(word: str, offset: int) -> Iterator[tuple[str, int]]:
    for term in word.split(","):
        yield term, offset
        offset += len(term) + 1


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


__all__ = ["Cron", "CronError", "CronProblem", "next_fires", "parse_cron"]
