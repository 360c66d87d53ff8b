"""An independent judge of recorded logs, written from the contract's page alone."""
