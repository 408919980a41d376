from __future__ import annotations

import contextlib
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssmlint.cron import FIELDS, MONTHS, WEEKDAYS, CronError, CronProblem, next_fires, parse_cron

#: A Thursday.
NEW_YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)


def fires(expression: str, count: int = 3, after: datetime = NEW_YEAR) -> list[str]:
    return [f"{moment:%a %Y-%m-%d %H:%M}" for moment in next_fires(expression, after, count)]


# The examples of the "Cron expressions reference" and what it says about each of them.
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("cron(0 10 * * ? *)", ["Thu 2026-01-01 10:00", "Fri 2026-01-02 10:00"]),
        ("cron(15 12 * * ? *)", ["Thu 2026-01-01 12:15", "Fri 2026-01-02 12:15"]),
        ("cron(0 18 ? * MON-FRI *)", ["Thu 2026-01-01 18:00", "Fri 2026-01-02 18:00", "Mon 2026-01-05 18:00"]),
        ("cron(0 8 1 * ? *)", ["Thu 2026-01-01 08:00", "Sun 2026-02-01 08:00"]),
        ("cron(0/15 * * * ? *)", ["Thu 2026-01-01 00:15", "Thu 2026-01-01 00:30"]),
        ("cron(0/10 * ? * MON-FRI *)", ["Thu 2026-01-01 00:10", "Thu 2026-01-01 00:20"]),
        ("cron(0/5 8-17 ? * MON-FRI *)", ["Thu 2026-01-01 08:00", "Thu 2026-01-01 08:05"]),
        ("cron(0/30 20-2 ? * MON-FRI *)", ["Thu 2026-01-01 00:30", "Thu 2026-01-01 01:00"]),
        ("cron(1/10 * * * ? *)", ["Thu 2026-01-01 00:01", "Thu 2026-01-01 00:11", "Thu 2026-01-01 00:21"]),
        ("cron(0 0 3W * ? *)", ["Fri 2026-01-02 00:00", "Tue 2026-02-03 00:00"]),
        ("cron(0 0 ? * 3#2 *)", ["Tue 2026-01-13 00:00", "Tue 2026-02-10 00:00"]),
        ("cron(0 0 1 JAN,FEB,MAR ? *)", ["Sun 2026-02-01 00:00", "Sun 2026-03-01 00:00", "Fri 2027-01-01 00:00"]),
        ("cron(0 0 L * ? *)", ["Sat 2026-01-31 00:00", "Sat 2026-02-28 00:00"]),
        ("cron(15 10 ? * 6L 2026-2027)", ["Fri 2026-01-30 10:15", "Fri 2026-02-27 10:15"]),
    ],
)  # fmt: skip
def test_documented_examples(expression: str, expected: list[str]) -> None:
    assert fires(expression, len(expected)) == expected


# From the DLM pages, where the policies of the EBS user guide and the provider's tests stand.
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("cron(0 17 ? * FRI *)", ["Fri 2026-01-02 17:00", "Fri 2026-01-09 17:00"]),
        ("cron(0 18 ? * WED *)", ["Wed 2026-01-07 18:00", "Wed 2026-01-14 18:00"]),
        ("cron(5 14 3 * ? *)", ["Sat 2026-01-03 14:05", "Tue 2026-02-03 14:05"]),
        ("cron(0 0 ? * L *)", ["Sat 2026-01-03 00:00", "Sat 2026-01-10 00:00"]),
        ("cron(0 0 LW * ? *)", ["Fri 2026-01-30 00:00", "Fri 2026-02-27 00:00", "Tue 2026-03-31 00:00"]),
        ("cron(0 0 1W * ? *)", ["Mon 2026-02-02 00:00", "Mon 2026-03-02 00:00"]),
        ("cron(0 0 ? * FRI-MON *)", ["Fri 2026-01-02 00:00", "Sat 2026-01-03 00:00", "Sun 2026-01-04 00:00", "Mon 2026-01-05 00:00", "Fri 2026-01-09 00:00"]),
        ("cron(0 0 29 2 ? *)", ["Tue 2028-02-29 00:00", "Sun 2032-02-29 00:00"]),
        ("cron(0 0 ? * mon#5 *)", ["Mon 2026-03-30 00:00", "Mon 2026-06-29 00:00"]),
        ("cron(0  0\t1 1 ? 2030)", ["Tue 2030-01-01 00:00"]),
    ],
)  # fmt: skip
def test_more_examples(expression: str, expected: list[str]) -> None:
    assert fires(expression, len(expected)) == expected


@pytest.mark.parametrize(
    ("expression", "marked", "message"),
    [
        ("cron(0 9 * * *)", "0 9 * * *", "a crontab line has five"),
        ("cron(0 0 17 ? * FRI *)", "0 0 17 ? * FRI *", "no seconds field"),
        ("cron(hello world!)", "hello world!", "2 fields, expected six"),
        ("cron()", "", "0 fields, expected six"),
        ("rate(12 hours)", "rate(12 hours)", "`rate(...)` is not allowed"),
        ("at(2026-01-01T00:00:00)", "at(2026-01-01T00:00:00)", "`at(...)` is not allowed"),
        ("0 9 * * ? *", "0 9 * * ? *", "expected `cron(...)` around"),
        ("CRON(0 9 * * ? *)", "CRON(0 9 * * ? *)", "in lower case"),
        ("cron(0 9 * * ? *) ", "cron(0 9 * * ? *) ", "expected exactly"),
        ("cron(0 9 * * * *)", "* * *", "neither day field is `?`"),
        ("cron(0 9 1 * MON *)", "1 * MON", "neither day field is `?`"),
        ("cron(0 9 ? * ? *)", "? * ?", "both day fields are `?`"),
        ("cron(? 9 * * ? *)", "?", "`?` in the minutes field"),
        ("cron(60 9 * * ? *)", "60", "expected 0-59"),
        ("cron(0 24 * * ? *)", "24", "expected 0-23"),
        ("cron(0 9 0 * ? *)", "0", "expected 1-31"),
        ("cron(0 9 32W * ? *)", "32W", "expected 1-31"),
        ("cron(0 9 1 13 ? *)", "13", "expected 1-12 or JAN-DEC"),
        ("cron(0 9 ? * 0 *)", "0", "1 is Sunday"),
        ("cron(0 9 ? * MONDAY *)", "MONDAY", "SUN-SAT"),
        ("cron(0 9 ? * 3#1,6#3 *)", "3#1,6#3", "only one expression"),
        ("cron(0 9 ? * MON#6 *)", "MON#6", "1 to 5 after `#`"),
        ("cron(0 9 * * ? 1969)", "1969", "1970-2199"),
        ("cron(0 9 * * ? 2030-2026)", "2030-2026", "runs backwards"),
        ("cron(0/0 9 * * ? *)", "0/0", "a number from 1 after `/`"),
        ("cron(0 9 1,,2 * ? *)", ",", "an empty day-of-month value"),
        ("cron(0 ٣ * * ? *)", "٣", "expected 0-23"),
        (f"cron(0 9 {','.join(['1'] * 50)} * ? *)", None, "at most 100 are allowed"),
    ],
)
def test_problems_point_at_the_place(expression: str, marked: str | None, message: str) -> None:
    with pytest.raises(CronError) as caught:
        parse_cron(expression)
    (problem,) = caught.value.problems
    assert message in problem.message
    if marked is not None:
        assert expression[problem.start : problem.end] == marked


def test_every_bad_field_is_reported() -> None:
    with pytest.raises(CronError) as caught:
        parse_cron("cron(60 24 0 13 ? 1900)")
    assert len(caught.value.problems) == 5


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("cron(0 9 L-3 * ? *)", "no offset from the last day"),
        ("cron(0 9 ? * */2 *)", "no `/` in the day-of-week field"),
        ("cron(0 9 1W,15W * ? *)", "may stand in a list"),
        ("cron(0/90 9 * * ? *)", "longer than the minutes field"),
    ],
)
def test_what_the_page_does_not_cover_is_a_doubt(expression: str, words: str) -> None:
    assert words in parse_cron(expression).doubts[0].message


@pytest.mark.parametrize(
    ("expression", "shortest", "longest"),
    [
        ("cron(0 * * * ? *)", timedelta(hours=1), timedelta(hours=1)),
        ("cron(0,30 23 * * ? *)", timedelta(minutes=30), timedelta(hours=23, minutes=30)),
        ("cron(0 0 1 1 ? *)", timedelta(days=365), timedelta(days=366)),
        ("cron(0 0 29 2 ? *)", timedelta(days=1461), timedelta(days=2921)),
        ("cron(0 0 1 1 ? 2026/2)", timedelta(days=730), timedelta(days=731)),
        ("cron(0 0 ? * THU#2 *)", timedelta(days=28), timedelta(days=35)),
    ],
)
def test_gaps(expression: str, shortest: timedelta, longest: timedelta) -> None:
    assert parse_cron(expression).gaps == (shortest, longest)


def test_never_and_once() -> None:
    assert fires("cron(0 0 30 2 ? *)") == []
    assert parse_cron("cron(0 0 30 2 ? *)").gaps is None
    assert not parse_cron("cron(0 0 30 2 ? *)").is_one_shot
    assert parse_cron("cron(0 0 1 1 ? 2030)").is_one_shot
    assert fires("cron(0 0 1 1 ? 2030)", 5) == ["Tue 2030-01-01 00:00"]
    assert fires("cron(0 0 1 1 ? 2025)") == []


def test_after_is_exclusive_and_may_be_in_any_zone() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
    assert fires("cron(0 12 * * ? *)", 1, noon) == ["Fri 2026-01-02 12:00"]
    rome = datetime(2026, 1, 1, 12, 30, tzinfo=timezone(timedelta(hours=1)))
    assert fires("cron(0 12 * * ? *)", 1, rome) == ["Thu 2026-01-01 12:00"]
    assert fires("cron(0 12 * * ? *)", 1, noon.replace(tzinfo=None)) == ["Fri 2026-01-02 12:00"]


@given(st.text(max_size=200))
@example("cron(" + "1," * 50 + "1 1 1 1 1 1)")
@example("cron(" + "9" * 95 + " 1 1 1 ? 1)")
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for expression in (text, f"cron({text})"):
        _check_any(expression)


def _check_any(expression: str) -> None:
    problems: tuple[CronProblem, ...] = ()
    try:
        assert len(next_fires(expression, NEW_YEAR, 5)) <= 5
    except CronError as error:
        problems = error.problems
    assert all(0 <= p.start <= p.end <= len(expression) for p in problems)


_FIELD_CHARS = st.text("0123456789,-*?/LW#MONFRI", min_size=1, max_size=12)


@given(st.lists(_FIELD_CHARS, min_size=6, max_size=6))
def test_six_words_of_cron_characters(words: list[str]) -> None:
    try:
        cron = parse_cron(f"cron({' '.join(words)})")
    except CronError:
        return
    found = next_fires(cron, NEW_YEAR, 3)
    assert found == sorted(found)
    if cron.gaps:
        assert timedelta(minutes=1) <= cron.gaps[0] <= cron.gaps[1]


# An independent implementation.  croniter's dialect differs from AWS's in that it has five
# fields with the year as a seventh, counts Sunday as 0, writes `6L` as `L5` and joins the
# two day fields with "or" where both are set; it knows no `LW`, reads `31W` as the last day
# of a shorter month, a range of one value (`5-5`) as all values, and a single number with a
# step (`5/15`) not at all.  So each field is drawn once and written in both dialects.


@st.composite
def _plain_field(draw: st.DrawFn, low: int, high: int, end: int = 0) -> tuple[str, str]:
    """The same field for AWS and for croniter, which lets no year after `end` (2099) pass."""
    kind = draw(st.sampled_from(["*", "list", "range", "from", "step"]))
    if kind == "*":
        return "*", "*"
    numbers = st.integers(low, high)
    if kind == "list":
        text = ",".join(str(n) for n in draw(st.lists(numbers, min_size=1, max_size=4)))
        return text, text
    first, step = draw(numbers), draw(st.integers(1, 7))
    last = (end or high) if kind == "from" else draw(st.integers(first, high))
    theirs = f"{first}-{last}" if first < last else str(first)
    if kind == "range":
        return f"{first}-{last}", theirs
    theirs = f"{theirs}/{step}" if first < last else theirs
    return f"{first}/{step}" if kind == "from" else f"{first}-{last}/{step}", theirs


@st.composite
def _day_fields(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """(AWS day-of-month, AWS day-of-week, croniter's two)."""
    weekday = draw(st.integers(1, 7))
    name = draw(st.sampled_from([str(weekday), WEEKDAYS[weekday - 1]]))
    match draw(st.sampled_from(["month", "L", "W", "week", "weekdays", "#", "nL"])):
        case "L":
            return "L", "?", "L", "*"
        case "W":
            day = draw(st.integers(1, 28))
            return f"{day}W", "?", f"{day}W", "*"
        case "week":
            return "?", name, "*", str(weekday - 1)
        case "weekdays":
            last = draw(st.integers(weekday, 7))
            theirs = f"{weekday - 1}-{last - 1}" if weekday < last else str(weekday - 1)
            return "?", f"{weekday}-{WEEKDAYS[last - 1]}", "*", theirs
        case "#":
            nth = draw(st.integers(1, 5))
            return "?", f"{name}#{nth}", "*", f"{weekday - 1}#{nth}"
        case "nL":
            return "?", f"{name}L", "*", f"L{weekday - 1}"
    ours, theirs = draw(_plain_field(1, 31))
    return ours, "?", theirs, "*"


@st.composite
def _both_dialects(draw: st.DrawFn) -> tuple[str, str]:
    minutes, hours = draw(_plain_field(0, 59)), draw(_plain_field(0, 23))
    month, year = draw(_plain_field(1, 12)), draw(_plain_field(2020, 2040, 2099))
    of_month, of_week, their_month_day, their_weekday = draw(_day_fields())
    ours = f"cron({minutes[0]} {hours[0]} {of_month} {month[0]} {of_week} {year[0]})"
    theirs = f"{minutes[1]} {hours[1]} {their_month_day} {month[1]} {their_weekday} 0 {year[1]}"
    return ours, theirs


@settings(deadline=None, max_examples=300)
@given(
    _both_dialects(),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(timezone.utc)),
)
def test_agrees_with_croniter(expressions: tuple[str, str], after: datetime) -> None:
    croniter = pytest.importorskip("croniter")
    ours, theirs = expressions
    other = croniter.croniter(theirs, after, max_years_between_matches=200)
    expected: list[datetime] = []
    with contextlib.suppress(croniter.CroniterBadDateError):
        expected.extend(other.get_next(datetime) for _ in range(4))
    assert next_fires(ours, after, len(expected) or 1) == expected


@settings(deadline=None)
@given(st.dates(datetime(2000, 1, 1).date(), datetime(2199, 12, 31).date()))
def test_last_weekday_of_the_month(day: datetime) -> None:
    (found,) = next_fires("cron(0 0 LW * ? *)", datetime(day.year, day.month, 1) - timedelta(1), 1)
    assert (found.year, found.month) == (day.year, day.month)
    assert found.weekday() < 5
    rest = [found + timedelta(days) for days in range(1, 4)]
    assert all(later.weekday() >= 5 for later in rest if later.month == found.month)


def test_fields_are_those_of_the_reference() -> None:
    assert [(f.low, f.high) for f in FIELDS] == [
        (0, 59), (0, 23), (1, 31), (1, 12), (1, 7), (1970, 2199),
    ]  # fmt: skip
    assert [f.wildcards for f in FIELDS] == [",-*/", ",-*/", ",-*?/LW", ",-*/", ",-*?L#", ",-*/"]
    assert MONTHS[0] == "JAN"
    assert WEEKDAYS[0] == "SUN"
