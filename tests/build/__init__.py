"""Building: reproducible, incremental, and never at the cost of what is served."""
