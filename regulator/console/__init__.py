"""Officers' and supervisors' web pages. Reads and writes SQL only."""
