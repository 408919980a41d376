"""The simulated commands, one module per family; importing them registers them."""

from ssmlint.dryrun.calls import SIMULATED as SIMULATED
from ssmlint.dryrun.commands import (
    containers as containers,
)
from ssmlint.dryrun.commands import (
    files as files,
)
from ssmlint.dryrun.commands import (
    filesystems as filesystems,
)
from ssmlint.dryrun.commands import (
    iris as iris,
)
from ssmlint.dryrun.commands import (
    listing as listing,
)
from ssmlint.dryrun.commands import (
    mongodb as mongodb,
)
from ssmlint.dryrun.commands import (
    mysql as mysql,
)
from ssmlint.dryrun.commands import (
    others as others,
)
from ssmlint.dryrun.commands import (
    postgresql as postgresql,
)
from ssmlint.dryrun.commands import (
    processes as processes,
)
from ssmlint.dryrun.commands import (
    systemd as systemd,
)
from ssmlint.dryrun.commands import (
    time as time,
)
from ssmlint.dryrun.commands import (
    users as users,
)
