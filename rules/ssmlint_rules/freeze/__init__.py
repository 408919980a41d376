"""Rules about freezing, thawing and exit codes of DLM documents (DLM1.. to DLM4..)."""
