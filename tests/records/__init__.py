"""What the record types accept, refuse and derive."""
