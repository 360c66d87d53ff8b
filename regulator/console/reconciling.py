"""The page that says whether the database still tells the truth, and what is being judged again."""

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from regulator.console.context import Visit, visit
from regulator.console.languages import Speaker
from regulator.console.rendering import render
from regulator.console.times import clock_time
from regulator.domain.instants import Instant
from regulator.store.footings import FootingStore, Job
from regulator.store.reconciliation import Difference, Reconciliation, ReconciliationStore, Stands
from regulator.store.rejudgements import Progress, RejudgementStore

_RUNS = 14


class RunShown(msgspec.Struct, frozen=True):
    """One comparison."""

    day: str
    at: str
    orders: int
    findings: int
    not_comparable: int
    differences: int


class DifferenceShown(msgspec.Struct, frozen=True):
    """One finding of which two say different things."""

    order: str
    rule: str
    subject: str
    replayed: str
    stored: str


async def reconciliation_page(request: Request) -> Response:
    """When it was last compared, what differed, and how far past orders are judged again."""
    return HTMLResponse(await run_in_threadpool(_page, visit(request)))


def _page(here: Visit) -> str:
    with here.console.store.reading() as connection:
        store = ReconciliationStore(connection)
        runs = store.newest(_RUNS)
        differences = store.differences(runs[0].number) if runs else []
        progress = RejudgementStore(connection).progress()
        job = FootingStore(connection).job()
    return render(
        "reconciliation.html",
        **here.frame(),
        runs=[_run(one, here.now) for one in runs],
        differences=[_difference(one, here.say, here.now) for one in differences],
        progress=_progress(progress, job, here),
    )


def _run(one: Reconciliation, now: Instant) -> RunShown:
    return RunShown(
        day=one.day.isoformat(),
        at=clock_time(one.finished_at, now=now),
        orders=one.tally.orders,
        findings=one.tally.findings,
        not_comparable=one.tally.not_comparable,
        differences=one.tally.differences,
    )


def _difference(one: Difference, say: Speaker, now: Instant) -> DifferenceShown:
    return DifferenceShown(
        order=one.order_key.replace("|", " ", 1),
        rule=say.term("rule", one.either.rule),
        subject=one.either.subject,
        replayed=_said(one.replayed, say, now),
        stored=_said(one.stored, say, now),
    )


def _said(stands: Stands | None, say: Speaker, now: Instant) -> str:
    if stands is None:
        return say("reconciliation_nothing")
    parts = [
        say.term("reason", stands.reason),
        "/".join(say.term("stage", stage) for stage in stands.stages),
        clock_time(stands.at, now=now, seconds=True),
        say("reconciliation_disputed") if stands.disputed else "",
    ]
    return " · ".join(part for part in parts if part)


def _progress(progress: Progress, job: Job | None, here: Visit) -> list[str]:
    """Say what is under way: on account of the register, and of rules, limits and areas."""
    said = []
    if progress.subjects:
        left = progress.total - progress.done
        said.append(
            here.say(
                "rejudgement_progress",
                subjects=progress.subjects,
                total=progress.total,
                done=progress.done,
                left=left,
            )
        )
    if job is not None:
        since = clock_time(job.noticed_at, now=here.now)
        what = "rejudgement_limits" if job.touched.limits else "rejudgement_law"
        said.append(here.say(what, since=since, total=job.total, done=job.done, left=job.left))
    return said or [here.say("rejudgement_none")]
