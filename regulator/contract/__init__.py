"""The contract with platforms as documents and as a check: all of it from the border's one table."""
