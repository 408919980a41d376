"""Names for what a result depends on: the same name, the same result."""

from __future__ import annotations

from collections.abc import Iterable

from ssmlint.source import Source

try:
    # `hashlib` brings OpenSSL along, which takes longer to load than a cached run takes.
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - another Python than CPython
    from hashlib import blake2b

#: Bytes of a digest: 2^80 entries would have to be written before two get the same name.
_SIZE = 20


def digest(*parts: bytes | str) -> str:
    """Hexadecimal digits that no other parts have, told apart from their neighbours."""
    hashed = blake2b(digest_size=_SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hashed.update(b"%d:" % len(data))
        hashed.update(data)
    return hashed.hexdigest()


def digest_of_source(source: Source) -> str:
    """The digest of everything that a rule can learn of a file from its `Source`."""
    problem = source.encoding_problem
    known = (source.path, source.encoding, source.had_bom)
    trouble = None if problem is None else (problem.offset, problem.message)
    return digest(repr(known), repr(trouble), source.text)


def digest_of_all(parts: Iterable[object]) -> str:
    """The digest of values that show themselves fully by `repr`: texts, numbers, tuples."""
    return digest(*(repr(part) for part in parts))
