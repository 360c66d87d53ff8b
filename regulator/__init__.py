"""What is lawful, and who decides. Knows no Kafka."""
