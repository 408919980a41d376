"""The names of a file: parameters, steps, outputs and variables, and those of its scripts."""
