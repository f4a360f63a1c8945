"""The exceptions that nbformat names."""


class ValidationError(Exception):
    """A notebook that is none."""

    def __init__(self, message, schema_path=(), **kwargs):
        super().__init__(message)
        self.message, self.schema_path, self.path = message, schema_path, ()


class ErrorTree:
    """Never made here."""
