"""The untrusted process that runs a student's code, and how to talk to it."""
