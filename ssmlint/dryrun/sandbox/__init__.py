"""Where the script runs: a room with a shell, text tools, and nothing of the machine."""
