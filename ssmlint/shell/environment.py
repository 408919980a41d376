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

#: Names that begin so are the agent's alone (inferred).
_AGENT_PREFIX = "AWS_SSM_"

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

#: Names that tools and service managers document, and that somebody may have given to the
#: agent's service (systemd.exec(5), `Environment=`; snapd; the manuals of the tools).  A
#: script that reads one of them without setting it may be right.
_DOCUMENTED = """
    ALL_PROXY FTP_PROXY CURL_CA_BUNDLE SSL_CERT_DIR SSL_CERT_FILE REQUESTS_CA_BUNDLE
    CACHE_DIRECTORY CONFIGURATION_DIRECTORY CREDENTIALS_DIRECTORY LOGS_DIRECTORY
    RUNTIME_DIRECTORY STATE_DIRECTORY LISTEN_FDNAMES LISTEN_FDS LISTEN_PID MAINPID
    MEMORY_PRESSURE_WATCH MEMORY_PRESSURE_WRITE NOTIFY_SOCKET WATCHDOG_PID WATCHDOG_USEC
    CI DEBIAN_FRONTEND DISPLAY EDITOR MAIL MANPATH PAGER VISUAL
    CATALINA_BASE CATALINA_HOME CLASSPATH GOPATH JAVA_HOME JAVA_OPTS JRE_HOME
    LD_LIBRARY_PATH LD_PRELOAD NODE_OPTIONS PYTHONPATH VIRTUAL_ENV
    DOCKER_CONFIG DOCKER_HOST KUBECONFIG VAULT_ADDR VAULT_TOKEN
    CASSANDRA_HOME DB2INSTANCE HADOOP_HOME ISC_CONFIG_FILE ISC_QUIET MYSQL_HOME MYSQL_HOST
    MYSQL_PWD MYSQL_TCP_PORT MYSQL_UNIX_PORT NLS_LANG ORACLE_BASE ORACLE_HOME ORACLE_SID
    PGDATA PGDATABASE PGHOST PGPASSFILE PGPASSWORD PGPORT PGSERVICE PGSSLMODE PGUSER
    REDISCLI_AUTH SAPSYSTEMNAME TNS_ADMIN TWO_TASK
"""
_DOCUMENTED_NAMES = frozenset(_DOCUMENTED.split())
_DOCUMENTED_PREFIXES = ("AWS_", "BASH_", "LC_", "SNAP", "SSH_", "SUDO_", "SYSTEMD_", "XDG_")

_OS_RELEASE = """
    NAME VERSION ID ID_LIKE VERSION_CODENAME VERSION_ID PRETTY_NAME ANSI_COLOR CPE_NAME
    HOME_URL DOCUMENTATION_URL SUPPORT_URL BUG_REPORT_URL PRIVACY_POLICY_URL SUPPORT_END
    BUILD_ID VARIANT VARIANT_ID LOGO UBUNTU_CODENAME PLATFORM_ID VENDOR_NAME VENDOR_URL
    REDHAT_BUGZILLA_PRODUCT REDHAT_BUGZILLA_PRODUCT_VERSION REDHAT_SUPPORT_PRODUCT
    REDHAT_SUPPORT_PRODUCT_VERSION IMAGE_ID IMAGE_VERSION DEFAULT_HOSTNAME
"""
_LSB_RELEASE = "DISTRIB_ID DISTRIB_RELEASE DISTRIB_CODENAME DISTRIB_DESCRIPTION"

#: Files of `NAME=value` lines that scripts read, with the names they may define
#: (os-release(5) and what distributions add, lsb_release(1)).
KNOWN_FILES = {
    "/etc/os-release": frozenset(_OS_RELEASE.split()),
    "/usr/lib/os-release": frozenset(_OS_RELEASE.split()),
    "/etc/lsb-release": frozenset(_LSB_RELEASE.split()),
}


def may_be_given(name: str) -> bool:
    """Whether a name that no script sets may still be in the agent's environment."""
    if name in AGENT_ENVIRONMENT or name in _DOCUMENTED_NAMES:
        return True
    if name.startswith(_AGENT_PREFIX):
        return False
    return name.startswith(_DOCUMENTED_PREFIXES)
