"""Rules about lifecycle policies (POL...)."""
