"""Rules about text: pure functions that know no model and no app."""
