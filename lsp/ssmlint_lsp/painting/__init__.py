"""The words of scripts by what they are: keywords, strings, variables ...; one module per language."""
