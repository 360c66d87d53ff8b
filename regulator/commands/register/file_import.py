"""One file on its way into the register: read, compared and shown, taken."""

from hashlib import file_digest
from pathlib import Path

import click
import msgspec

from regulator.clock import now
from regulator.commands.register.options import is_asked, progress
from regulator.commands.register.preview import list_bad_rows, show_preview, tell_result
from regulator.domain.errors import RegulatorError
from regulator.domain.instants import Instant
from regulator.secrets import Secrets
from regulator.store import Store
from regulator.store.importing import Origin, finish, import_news, vouch
from regulator.store.imports import ImportStore
from regulator.store.register_comparison import Comparing, Comparison
from regulator.store.register_file import RegisterFile, Terms, stage_file
from regulator.store.stage import Stage
from regulator.wire.spreadsheets import read_table

_WITHOUT_BEING_TOLD = 0.01
"""A file that would end more than this share of what its source holds is stopped."""


class TooMuchWouldEnd(RegulatorError):
    """Look at the file; if it is right, say how many it ends."""


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What a clerk asked for beside the file."""

    complete_to: Instant | None
    whole: bool
    ending: int | None
    dry_run: bool
    yes: bool
    examples: int

    @property
    def claims(self) -> list[str]:
        """What the clerk says of the file as a whole."""
        said = {"--complete-to": self.complete_to is not None, "--whole": self.whole}
        return [claim for claim, is_made in said.items() if is_made]


class FileImport:
    """One file on its way: read, compared and shown, taken."""

    _read: RegisterFile
    _compared: Comparison

    def __init__(
        self, store: Store, stage: Stage, *, path: Path, terms: Terms, wishes: Wishes, secrets: Secrets
    ) -> None:
        self._store = store
        self._stage = stage
        self._path = path
        self._terms = terms
        self._wishes = wishes
        self._sealing_key = secrets.encryption_key

    def read(self, sheet: str | None) -> None:
        """Bring the file's rows to the stage."""
        with progress("Reading", self._path.stat().st_size) as advance:
            rows = read_table(self._path, sheet=sheet, on_bytes=advance)
            self._read = stage_file(rows, self._stage, terms=self._terms)

    def compare(self) -> None:
        """Find out what would change, and show it."""
        with progress("Comparing", self._read.rows) as advance, self._store.reading() as connection:
            comparing = Comparing(
                connection,
                self._stage,
                source=self._terms.source.name,
                at=self._terms.arrival,
                examples=self._wishes.examples,
            )
            for rows in comparing.run():
                advance(rows)
            self._compared = comparing.result
        list_bad_rows(self._stage, self._read, self._wishes.claims)
        asked = is_asked(yes=self._wishes.yes)
        if self._wishes.dry_run or asked:
            show_preview(self._compared, comparing.examples, whole=self._whole)
        self._stop_if_too_much_would_end()
        if asked and not self._wishes.dry_run:
            click.confirm("Take this into the register?", abort=True, err=True)

    def take(self) -> None:
        """Write what is new, unless it is only to be shown."""
        if self._wishes.dry_run:
            click.echo("nothing was changed: --dry-run", err=True)
            return
        source, at, file = self._terms.source, self._terms.arrival, self._path.name
        number = self._begin()
        origin = Origin(source=source.name, file=file, at=at, number=number)
        with progress("Writing", self._compared.news(whole=self._whole)) as advance:
            batches = import_news(
                self._store, self._stage, origin=origin, whole=self._whole, encryption_key=self._sealing_key
            )
            for things in batches:
                advance(things)
        changed = finish(self._store, number, at=now())
        if self._wishes.complete_to is not None and not self._stage.count_wrong():
            vouch(self._store, source, complete_to=self._wishes.complete_to, file=file, at=at)
        tell_result(self._read, self._compared, number=number, changed=changed)

    @property
    def _whole(self) -> bool:
        """What stayed out because of a bad row is not what the file lacks."""
        return self._wishes.whole and not self._stage.count_wrong()

    def _begin(self) -> int:
        with self._path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        with self._store.writing() as connection:
            return ImportStore(connection).begin(
                self._terms.source.name,
                self._path.name,
                digest=digest,
                rows=self._read.rows,
                at=self._terms.arrival,
            )

    def _stop_if_too_much_would_end(self) -> None:
        ends, held, named = self._compared.ending(whole=self._whole), self._compared.held, self._wishes.ending
        if named is not None and named != ends:
            raise TooMuchWouldEnd(f"the file ends {ends} of the {held} that the source holds, not {named}")
        if named is None and ends > held * _WITHOUT_BEING_TOLD:
            raise TooMuchWouldEnd(
                f"the file ends {ends} of the {held} that {self._terms.source.name} holds, more than 1 %:"
                f" look at it with --dry-run; if it is right, say --ending {ends}"
            )
