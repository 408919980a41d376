"""One module per feature of the protocol, each with a function `register(server)`."""

#: The features that the server has, by their modules.
MODULES = (
    "code_actions",
    "completion",
    "configuration",
    "debugging",
    "diagnostics",
    "dry_run",
    "folding",
    "hints",
    "hover",
    "lenses",
    "links",
    "navigation",
    "renaming",
    "selecting",
    "symbols",
    "tokens",
)
