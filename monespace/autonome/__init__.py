"""The self-contained portal of `make run`: one command starts every process, and stops them."""
