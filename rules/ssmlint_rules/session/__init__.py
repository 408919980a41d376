"""Rules on Session documents (schema version 1.0)."""
