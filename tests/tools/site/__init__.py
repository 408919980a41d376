"""The documentation as a site of plain files: `make docs`, or `python -m tests.tools.site FOLDER`.

Everything is made from what is there for other reasons: the pages of the rules, the table of
options, the help of the commands, README.md and docs/.  It needs no network and no script
runs in it; the same checkout gives the same files.
"""
