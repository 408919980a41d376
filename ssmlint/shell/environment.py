"""What is in the environment of a script that the agent runs.

The agent passes on its own environment (systemd's, for a service) and adds a few names
(aws/amazon-ssm-agent, `agent/executers/executers.go`, `agent/plugins/runscript`).  No
login files are read, so nothing that `/etc/profile` or `~/.bashrc` sets is there.
"""

from __future__ import annotations

#: Set by the agent for every script.
AGENT_VARIABLES = frozenset(
    {
        "AWS_SSM_INSTANCE_ID",
        "AWS_SSM_REGION_NAME",
        "AWS_SSM_PLATFORM_NAME",
        "AWS_SSM_PLATFORM_VERSION",
        "SSM_COMMAND_ID",
        # On hybrid nodes only.
        "AWS_PROFILE",
        "AWS_SHARED_CREDENTIALS_FILE",
    }
)

#: Set by systemd for a service, by the kernel's or distribution's defaults.
SERVICE_VARIABLES = frozenset(
    {
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "SHELL",
        "LANG",
        "LANGUAGE",
        "PWD",
        "OLDPWD",
        "TERM",
        "TZ",
        "TMPDIR",
        "INVOCATION_ID",
        "JOURNAL_STREAM",
        "SYSTEMD_EXEC_PID",
        "XDG_RUNTIME_DIR",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "http_proxy",
        "https_proxy",
        "no_proxy",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "LC_ALL",
        "LC_CTYPE",
        "LC_MESSAGES",
    }
)

#: Set by bash itself (bash(1), "Shell Variables").
BASH_VARIABLES = frozenset(
    {
        "BASH",
        "BASHOPTS",
        "BASHPID",
        "BASH_ALIASES",
        "BASH_ARGC",
        "BASH_ARGV",
        "BASH_ARGV0",
        "BASH_CMDS",
        "BASH_COMMAND",
        "BASH_ENV",
        "BASH_EXECUTION_STRING",
        "BASH_LINENO",
        "BASH_LOADABLES_PATH",
        "BASH_REMATCH",
        "BASH_SOURCE",
        "BASH_SUBSHELL",
        "BASH_VERSINFO",
        "BASH_VERSION",
        "BASH_XTRACEFD",
        "COLUMNS",
        "COMP_WORDBREAKS",
        "COPROC",
        "COPROC_PID",
        "DIRSTACK",
        "EPOCHREALTIME",
        "EPOCHSECONDS",
        "EUID",
        "FUNCNAME",
        "GROUPS",
        "HISTCMD",
        "HOSTNAME",
        "HOSTTYPE",
        "IFS",
        "LINENO",
        "LINES",
        "MACHTYPE",
        "MAPFILE",
        "OPTARG",
        "OPTERR",
        "OPTIND",
        "OSTYPE",
        "PIPESTATUS",
        "POSIXLY_CORRECT",
        "PPID",
        "PS1",
        "PS2",
        "PS3",
        "PS4",
        "RANDOM",
        "READLINE_LINE",
        "REPLY",
        "SECONDS",
        "SHELLOPTS",
        "SHLVL",
        "SRANDOM",
        "TIMEFORMAT",
        "UID",
    }
)

AGENT_ENVIRONMENT = AGENT_VARIABLES | SERVICE_VARIABLES | BASH_VARIABLES
