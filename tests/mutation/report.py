"""Break the good twins in every way we can name, and print how many of them are reported.

Run it with `make mutants`; it takes some minutes, hence it is no part of `make test`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.mutation.judging import Judged, Verdict, judge
from tests.mutation.mutants import Mutation, mutate
from tests.mutation.planted_document import DOCUMENT
from tests.mutation.planted_filesystems import FILESYSTEMS
from tests.mutation.planted_iris import IRIS
from tests.mutation.planted_mongodb import MONGODB
from tests.mutation.planted_mysql import MYSQL
from tests.mutation.planted_postgresql import POSTGRESQL
from tests.mutation.planted_stages import STAGES

PLANTED: tuple[Mutation, ...] = (
    *DOCUMENT,
    *STAGES,
    *FILESYSTEMS,
    *IRIS,
    *MONGODB,
    *MYSQL,
    *POSTGRESQL,
)


def pairs() -> Iterator[tuple[str, Mutation]]:
    """Every twin with every mutation that breaks it."""
    for mutation in PLANTED:
        for twin in mutation.twins:
            yield twin, mutation


def _judge(number: int) -> Judged:
    twin, mutation = list(pairs())[number]
    return judge(mutate(twin, mutation))


def main() -> None:
    """Judge all mutants, list those that are not shown where they are, and print the rate."""
    verdicts: Counter[Verdict] = Counter()
    with ProcessPoolExecutor() as pool:
        for judged in pool.map(_judge, range(len(list(pairs()))), chunksize=4):
            verdicts[judged.verdict] += 1
            if not judged.verdict.killed:
                print(f"{judged.mutant.twin}: {judged.mutant.name}: {judged.verdict.value}")
            print(f"\r{verdicts.total()} mutants", end="", file=sys.stderr)
    print(file=sys.stderr)
    for verdict in Verdict:
        print(f"{verdicts[verdict]:5} {verdict.value}")
    killed = sum(count for verdict, count in verdicts.items() if verdict.killed)
    print(f"kill rate: {killed / verdicts.total():.1%} of {verdicts.total()}")


if __name__ == "__main__":
    main()
