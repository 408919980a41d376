"""The command line: one module per subcommand, `main` returns the exit status."""
