#!/bin/bash
# Read by every stand-in: logs the call and fails it where a test wants that.

call="${0##*/}${*:+ }$*"
call=${call//$'\n'/ }
printf '%s\n' "$call" >> "$HOST/calls"

# A fault's name may be the beginning of a call.
for fault in "$HOST"/faults/*; do
    [ -e "$fault" ] || continue
    name=${fault##*/}
    if [[ ${call//\//:} == "$name"* ]]; then
        printf '%s\n' "$(< "$fault")" >&2
        exit 1
    fi
done

# The file that stands for a path, an instance or a unit.
file_of() { printf '%s\n' "$HOST/$1/${2//\//:}"; }
