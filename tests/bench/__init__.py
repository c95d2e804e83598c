"""The benchmark: what it asks, holds answers to and makes of its figures."""
