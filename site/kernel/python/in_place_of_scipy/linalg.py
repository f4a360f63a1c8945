"""In place of scipy.linalg, which the browser's Python has not: scipy.special asks for its compiled part alone."""
