"""The archive format: threads in from JSON Lines or CSV, and out again."""
