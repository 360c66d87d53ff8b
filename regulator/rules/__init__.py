"""One provision a file: a pure ``judge`` from facts to a verdict."""
