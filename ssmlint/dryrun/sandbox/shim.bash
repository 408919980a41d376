#!/host/real/bash -p
# Stands in for every command that touches a host: asks the simulated host what to do.
# Builtins only, because each process that is started here costs more than the question.
#
# A ticket is one byte, and with it come two pipes that nobody else uses.  When this process
# ends, however it ends, the host sees its end of the pipe closed.
IFS= read -r -N 1 slot < /host/tickets || exit 125
exec {answers}< "/host/answers/$slot" {questions}> "/host/questions/$slot"
read -r stat < /proc/$$/stat
printf '%s\0' "$0" "$PWD" "${LC_ALL-}" "${LC_MESSAGES-}" "${LANG-}" "$stat" "$#" "$@" >&"$questions"

print_output() {
    local text
    IFS= read -r -d '' text < "/host/output/$slot.1"
    [[ -n $text ]] && printf '%s' "$text"
    IFS= read -r -d '' text < "/host/output/$slot.2"
    [[ -n $text ]] && printf '%s' "$text" >&2
}

while IFS=' ' read -r -u "$answers" what number; do
    case $what in
        end) exit "$number" ;;
        print-and-end)
            print_output
            exit "$number"
            ;;
        print)
            print_output
            printf 'printed\0' >&"$questions"
            ;;
        read-line)
            if IFS= read -r line || [[ -n $line ]]; then
                printf 'line%s\0' "$line" >&"$questions"
            else
                printf 'end-of-input\0' >&"$questions"
            fi
            ;;
        read-all)
            IFS= read -r -d '' text
            printf 'line%s\0' "$text" >&"$questions"
            ;;
        become | child)
            mapfile -d '' -t words < "/host/output/$slot.words"
            if [[ $what == become ]]; then
                exec {questions}>&- {answers}<&-
                exec -- "${words[@]}"
                exit 127
            fi
            # In a process group of its own, as timeout(1) does it.
            set -m
            {
                exec {questions}>&- {answers}<&-
                exec -- "${words[@]}"
            } &
            set +m
            printf 'child%s\0' "$!" >&"$questions"
            wait "$!"
            printf 'ended%s\0' "$?" >&"$questions"
            ;;
    esac
done
exit 125
