"""What the linter says about a brief."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One broken rule; `paragraph` counts from 1, and 0 is the brief as a whole.

    >>> str(Finding(code="C05", message="has no citation", paragraph=3))
    'C05 paragraph 3: has no citation'
    >>> str(Finding(code="V08", message="has 12 words", paragraph=0))
    'V08 brief: has 12 words'
    """

    code: str
    message: str
    paragraph: int

    def __str__(self) -> str:
        place = f"paragraph {self.paragraph}" if self.paragraph else "brief"
        return f"{self.code} {place}: {self.message}"
