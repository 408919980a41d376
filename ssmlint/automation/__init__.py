"""What Automation runbooks (schema version 0.3) do: steps, their order, and what they hand on."""
