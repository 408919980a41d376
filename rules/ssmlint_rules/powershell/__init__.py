"""Rules on PowerShell scripts (PS...)."""
