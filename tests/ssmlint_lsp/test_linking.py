"""Links in files."""

from __future__ import annotations

from ssmlint_lsp.linking import Link, links
from tests.ssmlint_lsp.test_names import AUTOMATION
from tests.ssmlint_lsp.test_navigating import POLICY, with_policy
from tests.ssmlint_lsp.writing import facts_of, literal


def linked(text: str, found: tuple[Link, ...]) -> list[tuple[str, str]]:
    return [(text[link.span.start : link.span.end], link.url) for link in found]


def test_handlers_lead_to_documents() -> None:
    found = links(with_policy())
    arn = "arn:aws:ssm:eu-west-1:123456789012:document/freeze-it"
    assert linked(POLICY, found) == [("freeze-it", ""), (arn, "")]
    assert all(link.target and link.target.source.path == "other.yaml" for link in found)


def test_urls_end_before_the_sentence_does() -> None:
    text = literal("#!/bin/bash\n# see (https://example.org/a_(b)?q=1#x), or http://x.y/z.\n")
    assert [url for _, url in linked(text, links(facts_of(text)))] == [
        "https://example.org/a_(b)?q=1#x",
        "http://x.y/z",
    ]


def test_rules_in_suppressions_lead_to_their_pages() -> None:
    text = "# ssmlint: ignore[undefined-variable, SSM202, nobody] why\n" + literal()
    found = linked(text, links(facts_of(text)))
    assert [name for name, _ in found] == ["undefined-variable", "SSM202"]
    assert all(url.startswith("https://") and url.endswith(".html") for _, url in found)


def test_actions_lead_to_their_pages() -> None:
    page = "https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-{}.html"
    found = linked(AUTOMATION, links(facts_of(AUTOMATION)))
    assert found[0] == ("aws:executeAwsApi", page.format("executeAwsApi"))
    assert found[1] == ("aws:branch", page.format("branch"))
