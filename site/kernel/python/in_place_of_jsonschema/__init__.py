"""In place of jsonschema, which needs compiled code: nbformat imports its names, and validates with fastjsonschema."""

from .exceptions import ErrorTree, ValidationError

__all__ = ["Draft4Validator", "ErrorTree", "ValidationError"]


class Draft4Validator:
    """Nothing is checked a second time for a better message."""

    def __init__(self, schema):
        self.schema = schema

    def iter_errors(self, data, _schema=None):
        """No errors beside what fastjsonschema has found."""
        return iter(())
