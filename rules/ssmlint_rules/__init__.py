"""The built-in rule pack: one module per rule, a folder per subject."""
