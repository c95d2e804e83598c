"""The store: its questions and its answers, and how a new one is picked up."""
