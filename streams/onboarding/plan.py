"""What is so already, and what would be done."""

from collections.abc import Callable, Iterator

import msgspec


class Step(msgspec.Struct, frozen=True):
    """One change. ``do`` returns a secret that the operator must see once, if it made one."""

    said: str
    do: Callable[[], str | None]


class Plan:
    """Steps in their order; those that are done already are only told."""

    def __init__(self) -> None:
        self.already: list[str] = []
        self.steps: list[Step] = []
        self.afterwards: list[str] = []
        """What the operator has to do then."""

    def note(self, said: str) -> None:
        """Tell what is so already."""
        self.already.append(said)

    def add(self, said: str, do: Callable[[], object]) -> None:
        """Add a change that makes no secret."""

        def without_secret() -> None:
            do()

        self.steps.append(Step(said, without_secret))

    def add_secret(self, said: str, do: Callable[[], str]) -> None:
        """Add the change that makes a secret."""
        self.steps.append(Step(said, do))

    def carry_out(self) -> Iterator[tuple[str, str | None]]:
        """Do one change after the other; yield what was done, and the secret it made."""
        for step in self.steps:
            yield step.said, step.do()
