"""What Python is: the scripts of `aws:executeScript`, read and never run."""
