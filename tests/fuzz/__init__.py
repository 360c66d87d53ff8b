"""Hostile input: valid messages of every type, spoilt on purpose, in both encodings, by a seed."""
