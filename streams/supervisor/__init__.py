"""Keeps a declared list of processes running, and leaves nothing behind."""
