"""Where the agent has its files, and where it and systemd look for programs."""

#: Where the agent keeps its files (aws/amazon-ssm-agent, `appconfig/constants_unix.go`).
AGENT_FOLDER = "/var/lib/amazon/ssm"

SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
