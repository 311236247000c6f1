"""Benchmarks: each can be run by itself, `python -m bench.importing --deals 100000`. How to read them: README.md."""
