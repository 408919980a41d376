"""An editor that the tests of a module share, because a server takes a second to start."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.ssmlint_lsp.editor import Editor, session


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def editor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """One session for all tests of a module that need no settings or files of their own.

    Such a test is marked with `SHARED` and opens documents under names of its own.
    """
    async with session(tmp_path_factory.mktemp("folder")) as shared:
        yield shared
