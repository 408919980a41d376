"""Runs over many files: what is remembered of earlier ones, and several processes."""
