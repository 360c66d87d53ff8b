"""SQL against a replay of the feeds: every night, and whenever an operator asks."""
