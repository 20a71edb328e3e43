"""What a text must not say in public, found as spans of the original string."""
