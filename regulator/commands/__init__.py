"""What is typed: a command a file, thin over what it asks. Those that need Kafka are in ``streams``."""
