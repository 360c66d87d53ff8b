"""How records move. Knows no law."""
