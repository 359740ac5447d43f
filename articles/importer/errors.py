"""Why a file can't be imported."""


class SourceError(Exception):
    """A file that can't become a page. `message` tells its owner what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
