"""Rules about the bash in a document that hold for every script (SH...)."""
