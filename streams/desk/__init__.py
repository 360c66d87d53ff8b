"""The desk: topics to SQL (projection), SQL to topics (outbox), and the officers' console."""
