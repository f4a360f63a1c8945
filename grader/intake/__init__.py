"""What comes into a class: submissions from learning platforms, and the roster."""
