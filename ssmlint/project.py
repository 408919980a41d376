"""Where the project is at home: the one place for what changes when it moves.

Both are placeholders for as long as it has no home of its own.  After a change here
`make rules` writes it wherever else it stands: README.md, docs/, pyproject.toml.
"""

#: The repository, for people, for pre-commit and for pip; a fork names its own.
REPOSITORY = "https://github.com/OWNER/ssmlint"

#: Where `make docs` is published: every finding links to the page of its rule there.
SITE = "https://ssmlint.github.io/ssmlint"
