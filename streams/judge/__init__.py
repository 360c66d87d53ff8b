"""The judge: every platform's orders against the register, findings into the enforcement queue."""
