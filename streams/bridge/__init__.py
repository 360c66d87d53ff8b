"""The ministry's own forwarding feed: its dispatch, read as it comes, onto topics of ours."""
