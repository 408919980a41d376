"""The host under the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.templates.applications import Application
from tests.templates.host import Host, template_script


@pytest.fixture
def host_for(tmp_path: Path) -> Iterator[Callable[[Application], Host]]:
    """Build the host of one application; what still runs on it ends with the test."""
    hosts: list[Host] = []

    def build(application: Application) -> Host:
        host = Host(tmp_path, template_script(application.template))
        hosts.append(host)
        application.prepare(host)
        return host

    yield build
    for host in hosts:
        host.close()
