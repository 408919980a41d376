"""Reading bash as it will run: syntax, statements, effects, symbolic runs by stage."""
