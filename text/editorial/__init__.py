"""Checks of a Markdown text for its editors: what is weak in it, what it uses, how hard it reads."""
