"""The track: every platform's positions, and where each car was last."""
