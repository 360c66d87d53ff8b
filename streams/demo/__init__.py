"""The demonstration city: real movement and a real spread of licences, replayed as five platforms' feeds.

Everything here is made up or replayed (docs/demonstration.md says which is which). It stands where the
outside world stands: it knows the ministry's field names and the topics, and nothing of any rule.
"""
