"""What it costs, beside what the same job costs elsewhere."""
