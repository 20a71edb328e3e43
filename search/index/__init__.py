"""The index of each machine: made from `search.Document` by the worker, read by the web processes."""
