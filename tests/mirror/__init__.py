"""Mirrors: what they fetch, what they refuse, and what they prove."""
