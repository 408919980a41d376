"""A page is read into sections and examples."""

from __future__ import annotations

from ssmlint.page import parse_page

PAGE = """\
## What it does
Reports a thing.

```yaml document
not: an example
```

## Why is this bad?
Because.

## Example
A few words.
```bash
echo one  # <-
echo two  # <- <-
```
```bash
## not a heading
```
Use instead:
```bash
echo three
```

In a policy, too:
```json policy
{}
echo  # repeated 1,000 times
```
Use instead:

```json policy
```

## References
- somewhere
"""


def test_sections_keep_fenced_headings_in_their_body() -> None:
    page = parse_page(PAGE)
    assert [s.title for s in page.sections] == [
        "What it does",
        "Why is this bad?",
        "Example",
        "References",
    ]
    assert page.section("References") == "- somewhere"
    assert page.section("Fix safety") is None


def test_examples_stand_in_their_section_and_are_good_or_bad_by_the_words_before() -> None:
    examples = parse_page(PAGE).examples
    assert [(e.info, e.is_good) for e in examples] == [
        (("bash",), False),
        (("bash",), False),
        (("bash",), True),
        (("json", "policy"), False),
        (("json", "policy"), True),
    ]


def test_marks_are_read_and_taken_out() -> None:
    first = parse_page(PAGE).examples[0]
    assert first.text == "echo one\necho two\n"
    assert first.marked == (0, 1, 1)


def test_repeated_lines_are_written_out() -> None:
    assert parse_page(PAGE).examples[3].text == "{}\n" + "echo\n" * 1000


def test_a_bad_example_is_paired_with_the_good_one_that_follows() -> None:
    page = parse_page(PAGE)
    pairs = [(bad.text, good and good.text) for bad, good in page.pairs]
    assert pairs[0][1] is None
    assert pairs[1] == ("## not a heading\n", "echo three\n")
    assert pairs[2][1] == ""


def test_a_fence_that_is_never_closed_ends_with_the_page() -> None:
    assert parse_page("## Example\n```bash\nx").examples[0].text == "x\n"


def test_an_empty_page_has_no_parts() -> None:
    assert parse_page("") == parse_page("words only")
