"""A real Apache Kafka of one node, brought and kept without Docker."""
