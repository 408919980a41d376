"""The built-in rule pack: one module per rule, a folder per subject."""

from ssmlint.rule import SITE_RULE_PAGES

RULE_PAGES = SITE_RULE_PAGES
