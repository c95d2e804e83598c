"""Benchmarks: this project beside what a developer would pick instead (docs/performance.md)."""
