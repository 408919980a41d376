# Read by every bash in the sandbox before its script (BASH_ENV).
#
# SECONDS and EPOCHSECONDS follow the virtual clock: a name reference whose subscript is worked
# out at every use.  [0] is the value, [1] what it was when last worked out (they differ after an
# assignment), [2] when the shell began, [3] the clock.
__clock=([2]=$(< /host/clock))
unset SECONDS EPOCHSECONDS
declare -n SECONDS='__clock[(__clock[0] != __clock[1] ? (__clock[2] = __clock[3] - __clock[0]) : 0, __clock[3] = $(< /host/clock), __clock[0] = __clock[1] = __clock[3] - __clock[2]) * 0]'
declare -n EPOCHSECONDS='__clock[(__clock[4] = __epoch + $(< /host/clock)) * 0 + 4]'

command_not_found_handle() { /host/unknown "$@"; }
