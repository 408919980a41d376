"""The documents to start from: `ssmlint new` writes them out, editors offer them as snippets."""

from __future__ import annotations

from importlib import resources

#: The templates and what each is for.
TEMPLATES = {
    "mysql": "MySQL or MariaDB: a global read lock, and its filesystems frozen",
    "postgresql": "PostgreSQL: a checkpoint, and its filesystems frozen",
    "mongodb": "MongoDB: fsyncLock",
    "iris": "InterSystems IRIS: ExternalFreeze on every instance that is up",
    "empty": "anything else: two functions to fill in, and folders to freeze",
}


def template(name: str) -> str:
    """The text of a template; raises `KeyError` where there is none of that name."""
    if name not in TEMPLATES:
        raise KeyError(name)
    file = resources.files(__name__) / f"{name}.yaml"
    return file.read_text(encoding="utf-8")
