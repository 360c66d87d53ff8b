"""``regulator explain``: why there is an alert for an order or a car, or none."""

import getpass
from contextlib import closing
from pathlib import Path

import click
import msgspec

from regulator.clock import now
from regulator.commands.options import CONFIG, InstantParameter
from regulator.config import Config, load_config
from regulator.console.languages import Language
from regulator.console.outline import as_text
from regulator.console.telling import told
from regulator.domain.instants import Instant
from regulator.explaining.explained import Explained, Unknown
from regulator.replay.explaining import Asked, explain_log
from regulator.replay.recorded import read_log
from regulator.secrets import Secrets, load_secrets
from regulator.settings import Settings, load_settings
from regulator.store import open_store
from regulator.store.explaining import Question, explain, office_of

_LANGUAGES = {"zh": Language.ZH, "en": Language.EN}


@click.command("explain")
@click.argument("asked", metavar="ORDER|PLATE")
@click.option("--company", default="", help="Whose order, where several companies have one of this number.")
@click.option("--at", type=InstantParameter(), help="Say also which licences were held at this instant.")
@click.option("--known-by", type=InstantParameter(), help="Answer by what the register knew at this instant.")
@click.option(
    "--log",
    "logs",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Answer from recorded logs, judged without Kafka and SQL; may be given several times.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option(
    "--lang", type=click.Choice(sorted(_LANGUAGES)), default="zh", help="Of the text; zh by default."
)
@CONFIG
@click.pass_context
def explain_command(
    ctx: click.Context,
    asked: str,
    company: str,
    at: Instant | None,
    known_by: Instant | None,
    logs: tuple[Path, ...],
    as_json: bool,
    lang: str,
    config_folder: Path | None,
) -> None:
    """Say why there is an alert for an ORDER (or login) or a car (PLATE), or why there is none.

    Which reports, what every rule says of them, whose statements on company, car and driver, how far the
    register was complete, and what would have changed the verdict. From SQL each question is recorded
    with its asker. The exit code is 1 where nothing is held under that name.
    """
    settings = load_settings(config_folder)
    config = load_config(settings.config)
    question = Question(asked=asked, company=company, at=at, known_by=known_by)
    secrets = load_secrets(settings.home)
    explained = (
        _from_log(logs, question, config, secrets) if logs else _from_sql(question, settings, config, secrets)
    )
    if as_json:
        click.echo(msgspec.json.encode(explained))
    else:
        for line in as_text(told(explained, _LANGUAGES[lang])):
            click.echo(line)
    ctx.exit(1 if isinstance(explained, Unknown) else 0)


def _from_log(logs: tuple[Path, ...], question: Question, config: Config, secrets: Secrets) -> Explained:
    messages = (message for log in logs for message in read_log(log))
    asked = Asked(text=question.asked, company=question.company, at=question.at, known_by=question.known_by)
    return explain_log(messages, asked, config=config, secrets=secrets)


def _from_sql(question: Question, settings: Settings, config: Config, secrets: Secrets) -> Explained:
    office = office_of(config, secrets)
    with closing(open_store(settings.database)) as store:
        return explain(store, question, office, who=f"terminal: {_user()}", now=now())


def _user() -> str:
    """Name whoever sits at the terminal, as the machine knows him; a container may know nobody."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
