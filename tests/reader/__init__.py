"""How YAML is read."""
