"""Rules about the file itself: encoding, syntax, limits (SSM0..)."""
