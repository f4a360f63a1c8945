"""What a failed check says: `trail` keeps what was asked, `seen` looks at the answer, `hints` finds the hint."""
