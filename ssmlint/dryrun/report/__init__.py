"""How a dry run is told: one module per output format."""
