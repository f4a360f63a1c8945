"""A class: the instructor's folder, its gradebook, and the runs that fill it."""
