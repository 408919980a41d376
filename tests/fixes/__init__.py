"""Every fix of every rule, made on every file there is."""
