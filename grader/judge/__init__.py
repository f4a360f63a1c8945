"""A submission's bytes in; results, a notebook and a feedback page out. Nothing is written, no class is known."""
