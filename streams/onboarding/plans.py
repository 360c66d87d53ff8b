"""The four things an operator does with a platform, and taking one of them back: each a plan."""

from collections.abc import Iterable
from functools import partial

from kafka.admin import KafkaAdminClient

from regulator.config import Config, Platform
from regulator.domain.errors import Misconfigured
from streams.onboarding.grants import BARRED, Grant, Grants, granted
from streams.onboarding.identity import user_of
from streams.onboarding.listing import Entry, Listing, spoken_for
from streams.onboarding.password import Password
from streams.onboarding.plan import Plan
from streams.onboarding.quota import Quota, limits
from streams.topics import SANDBOX_QUEUE, create_missing, declared_for, missing_of


class Onboarding:
    """One platform at one broker."""

    def __init__(
        self, slug: str, *, admin: KafkaAdminClient, config: Config, listing: Listing, quota: Quota
    ) -> None:
        self._slug = slug
        self._admin = admin
        self._config = config
        self._listing = listing
        self._grants = Grants(admin, slug)
        self._password = Password(admin, slug)
        self._quota = quota

    def add(self, entry: Entry) -> Plan:
        """Plan to let a platform in, or to complete what is missing; a suspended one stays suspended."""
        plan = Plan()
        present = self._grants.present()
        platform = self._list(plan, entry)
        self._topics(plan, platform)
        self._limit(plan, platform)
        if self._password.exists():
            plan.note(f"{user_of(self._slug)} has a password")
        else:
            plan.add_secret(f"make a password for {user_of(self._slug)}", self._password.renew)
        self._grant(plan, granted(self._slug), present)
        if present.issuperset(BARRED):
            plan.note(f"SUSPENDED, and stays so: regulator platform resume {self._slug}")
        return plan

    def rotate(self) -> Plan:
        """Plan a new password. Raises Misconfigured for a platform that has none."""
        if not self._password.exists():
            raise Misconfigured(f"{self._slug} has no password: regulator platform add {self._slug}")
        plan = Plan()
        plan.add_secret(f"make a new password for {user_of(self._slug)}", self._password.renew)
        return plan

    def suspend(self) -> Plan:
        """Plan to bar a platform at once: password, quota, topics and data stay."""
        plan = Plan()
        if not self._password.exists():
            raise Misconfigured(f"{self._slug} has no password: it cannot come in as it is")
        self._grant(plan, BARRED, self._grants.present())
        return plan

    def resume(self) -> Plan:
        """Plan to end a suspension."""
        plan = Plan()
        barred = self._grants.present().intersection(BARRED)
        if barred:
            plan.add(f"let {user_of(self._slug)} in again", lambda: self._grants.remove(barred))
        else:
            plan.note(f"{user_of(self._slug)} is not suspended")
        return plan

    def remove(self) -> Plan:
        """Plan to take everything back but topics and data, permissions first: they end at once."""
        plan = Plan()
        if present := self._grants.present():
            plan.add(f"take away {len(present)} permissions", self._grants.remove_all)
        else:
            plan.note("it has no permissions")
        if self._password.exists():
            plan.add(f"delete the password of {user_of(self._slug)}", self._password.forget)
        else:
            plan.note("it has no password")
        if quota := self._quota.present():
            plan.add("remove its quota", lambda: self._quota.clear(quota))
        else:
            plan.note("it has no quota")
        plan.note("its topics stay, and what is on them until its time is over")
        if self._slug in self._config.platforms:
            plan.note(f"[{self._slug}] stays in {self._listing.path}: what it sent is still judged")
        return plan

    def _list(self, plan: Plan, entry: Entry) -> Platform:
        listed = self._config.platforms.get(self._slug)
        if listed is not None:
            if other := self._listing.contradicts(entry, listed):
                raise Misconfigured(
                    f"{self._listing.path} says otherwise about [{self._slug}]: {', '.join(other)}."
                    " Edit the file: this command changes no entry"
                )
            plan.note(
                f"{self._listing.path.name} lists [{self._slug}]: {', '.join(sorted(listed.companies))}"
            )
            return listed
        entry.check()
        spoken_for(self._config.platforms, self._slug, entry)
        if not self._listing.exists:
            plan.note(
                f"there is no {self._listing.path}: it is made, and the demonstration's platforms are then no"
                " longer taken from the project's own"
            )
        plan.add(f"add [{self._slug}] to {self._listing.path}", lambda: self._listing.append(entry))
        plan.afterwards.append("Desk, judge and track read platforms.toml when they start: start them again.")
        return entry.platform()

    def _topics(self, plan: Plan, platform: Platform) -> None:
        wanted = [*declared_for(self._slug, platform), *([SANDBOX_QUEUE] if platform.sandbox else [])]
        missing = missing_of(self._admin, wanted)
        if there := [topic.name for topic in wanted if topic not in missing]:
            plan.note(f"there are topics {', '.join(there)}")
        if missing:
            names = ", ".join(topic.name for topic in missing)
            plan.add(f"make topics {names}", lambda: create_missing(self._admin, missing))

    def _limit(self, plan: Plan, platform: Platform) -> None:
        wanted, present = limits(platform.bytes_a_second), self._quota.present()
        if dict(present) == dict(wanted):
            plan.note(f"it may push {platform.bytes_a_second} bytes a second")
        else:
            plan.add(f"let it push {platform.bytes_a_second} bytes a second", lambda: self._quota.set(wanted))

    def _grant(self, plan: Plan, wanted: Iterable[Grant], present: frozenset[Grant]) -> None:
        for grant in wanted:
            if grant in present:
                plan.note(f"{user_of(self._slug)} {grant}")
            else:
                plan.add(f"{user_of(self._slug)} {grant}", partial(self._grants.create, [grant]))
