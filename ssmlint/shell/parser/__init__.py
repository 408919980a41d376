"""The reader of bash; `ssmlint.shell.syntax.parse` is its only door."""
