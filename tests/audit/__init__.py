"""`make audit`: the demo site as a browser, a checker of markup and a search engine see it."""
