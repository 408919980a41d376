"""What PowerShell is: the scripts of `aws:runPowerShellScript`, read and never run."""
