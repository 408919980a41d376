"""A document, run for real on a host that is not real: nothing on the machine is touched."""
