"""Rules on Automation runbooks: the order of their steps, and what steps hand on."""
