"""The simulated host: one state machine, and the table that describes it."""
