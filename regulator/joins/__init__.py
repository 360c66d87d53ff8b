"""Event-time state machines: no clock, no Kafka, the same answer in any order of arrival."""
