"""Facts and rules to findings. Pure: the register, the limits, the reports and the time are arguments."""
