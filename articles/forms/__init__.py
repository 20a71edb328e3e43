"""Forms of readers."""
