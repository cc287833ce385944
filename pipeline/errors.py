"""Every error that the project raises, and who must act on it.

* PolicywireError
  - ConfigError    a file under config/ or a setting is wrong   (the operator must act)
  - StoreError     the database cannot be used                  (the operator must act)
  - ModelError     the classifier cannot be used                (the operator must act: retrain or restore it)
  - WorkerError    the processes that read feeds and pages fail (the operator must act: memory, limits)
  - UsageError     a stage or command was asked for what it cannot do   (the caller must act)
  - FetchError     a feed or page could not be read             (a retry may help)
  - ParseError     a body is not what it should be              (its publisher must act; the item is counted)
  - CitationError  a brief's marks and sources disagree         (a bug: never send it)
  - WriterError    a language model gave no usable answer       (nobody: the built-in writer takes over)
  - MailError      a mail could not be handed over              (a retry may help)
"""

from __future__ import annotations


class PolicywireError(Exception):
    """The root of the tree: catch this to catch all of them."""


class ConfigError(PolicywireError):
    """A configuration file or setting is wrong; the message names file, line, key and what was expected."""


class StoreError(PolicywireError):
    """The database cannot be reached, read or upgraded."""


class ModelError(PolicywireError):
    """The classifier's artefact is missing, foreign, truncated or of another version."""


class WorkerError(PolicywireError):
    """The processes that read feeds and pages cannot be started, or are killed before they have done anything."""


class UsageError(PolicywireError):
    """An unknown stage, scope key or value; the message lists the known ones."""


class FetchError(PolicywireError):
    """A feed or page could not be read; `state` is the counted state, `reason` one line for the operator.

    `status` is the HTTP status behind it, 0 where nobody answered.
    """

    def __init__(self, state: str, reason: str, status: int = 0) -> None:
        super().__init__(f"{state}: {reason}")
        self.state = state
        self.reason = reason
        self.status = status


class ParseError(PolicywireError):
    """A body could not be read as what it claims to be; `state` is the counted state."""

    def __init__(self, state: str, reason: str) -> None:
        super().__init__(f"{state}: {reason}")
        self.state = state
        self.reason = reason


class CitationError(PolicywireError):
    """A brief cites a source that it does not list, or lists one that it does not cite."""


class MailError(PolicywireError):
    """A mail server refused or could not be reached; the message never holds a secret."""


class WriterError(PolicywireError):
    """A language model did not answer in time, refused, or answered what cannot be read; never holds its answer."""
