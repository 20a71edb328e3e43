"""Forms of faq: the asker's."""
