"""Errors, named by what the caller should do."""


class RegulatorError(Exception):
    """The root of our own errors: its text is fit to be shown to a person."""


class Misconfigured(RegulatorError):
    """Stop, and tell the operator which setting or file is wrong, where and why."""


class Unavailable(RegulatorError):
    """A service we depend on does not answer: try again later, lose nothing meanwhile."""


class Unstorable(RegulatorError):
    """Something among what was given fits no column: give the rest without it."""


class TooManyDefects(RegulatorError):
    """Our own code fails too often: stop, rather than park a whole feed."""
