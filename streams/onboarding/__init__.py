"""Letting platforms in: topics, password, permissions and quota of one slug, made, changed and taken back.

Every command first says what it would do, and does it when told again with ``--yes``. Doing it twice
is doing it once, and what was left half done is completed.
"""
