"""An independent judge of recorded logs, written from the contract's page alone, to check the product against."""
