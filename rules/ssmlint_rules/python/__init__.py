"""Rules on the Python scripts of `aws:executeScript`."""
