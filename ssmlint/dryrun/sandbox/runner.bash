#!/host/real/bash -p
# Starts what the simulated host has started: the agent's scripts and the units of systemd.
# The limits hold for everything in here and can not be raised again.
ulimit -c 0 -f "$1" -v "$2" -u "$3" -n 256
exec {orders}< /host/orders {reports}> /host/reports
printf 'ready\n' >&"$reports"
while read -r -u "$orders" kind job; do
    {
        # A script has a process group of its own; a unit makes a session for itself.
        [[ $kind == script ]] && set -m
        (
            exec {orders}<&- {reports}>&-
            . "/host/jobs/$job"
        ) < /dev/null > "/host/jobs/$job.1" 2> "/host/jobs/$job.2" &
        set +m
        printf 'started %s %s\n' "$job" "$!" >&"$reports"
        wait "$!"
        printf 'ended %s %s\n' "$job" "$?" >&"$reports"
    } 2> /dev/null &
done
