"""The demo: invented people, questions and texts, loaded into an empty site through the verbs of the house."""
