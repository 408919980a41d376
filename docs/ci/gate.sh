#!/bin/sh
# A gate for any build server: fails the build for what ssmlint finds in the working directory.
#
#   gate.sh [REVISION]
#
# With a revision (`origin/main`) only findings on lines that have changed since then count.  The
# clone must reach back to where the branch began.  Reports go to the folder `reports`, or to
# $SSMLINT_REPORTS; $SSMLINT_PACKAGE is what pip installs where there is no ssmlint yet.
set -eu

revision=${1:-}
reports=${SSMLINT_REPORTS:-reports}
package=${SSMLINT_PACKAGE:-"ssmlint[shellcheck] @ git+https://github.com/OWNER/ssmlint@v0.1.0"}

if ! command -v ssmlint > /dev/null; then
    python3 -m venv .ssmlint-venv
    .ssmlint-venv/bin/python -m pip --disable-pip-version-check install --quiet "$package"
    PATH=$PWD/.ssmlint-venv/bin:$PATH
fi

set --
if [ -n "$revision" ]; then
    set -- "--new-since=$revision"
fi

# The report for the build server; whether the build fails is said by the one for people.
mkdir -p "$reports"
ssmlint check --quiet --output-format=junit --output-file="$reports/ssmlint.xml" "$@" 2> /dev/null ||
    true
exec ssmlint check "$@"
