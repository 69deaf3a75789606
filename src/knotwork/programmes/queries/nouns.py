"""What the doors of this room hand out: programmes and places as they are read."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from knotwork.programmes.addresses import contact_url, place_url, programme_url
from knotwork.programmes.hold import holds_now
from knotwork.programmes.ledger import Account, StateSums, money, sums_by
from knotwork.programmes.models import LedgerKind, LedgerState, LedgerUnit, Provenance, Stage


@dataclass(frozen=True)
class MovedTo:
    """What was asked for has another address now."""

    url: str


@dataclass(frozen=True)
class ProgrammeSummary:
    """A programme in a list; ``places`` counts those that the viewer may see."""

    id: int
    public_id: UUID
    slug: str
    name: str
    short_name: str
    summary: str
    country: str
    began: int | None
    provenance: str
    places: int

    @property
    def title(self) -> str:
        return self.short_name or self.name

    @property
    def url(self) -> str:
        return programme_url(self.slug)


@dataclass(frozen=True)
class DutiesView:
    """A programme's hold before an election, what its conversations are not, and until when it keeps who is who."""

    hold_opens_at: datetime | None = None
    hold_closes_at: datetime | None = None
    hold_words: str = ""
    hold_is_shown: bool = False
    consultation_note: str = ""
    keep_until: date | None = None

    @property
    def holds_now(self) -> bool:
        return holds_now(self)


@dataclass(frozen=True)
class ProgrammeView:
    """A programme in full. Its mailbox stays inside: a page only needs to know that there is one."""

    id: int
    public_id: UUID
    slug: str
    name: str
    short_name: str
    summary: str
    thesis: str
    country: str
    began: int | None
    overseen_by: str
    bid_sponsor: str
    sites_stated: int | None
    has_mailbox: bool
    attribution: str
    language: str
    time_zone: str
    provenance: str
    visibility: str
    aims: tuple[str, ...]
    withdrawn_at: datetime | None = None
    duties: DutiesView = DutiesView()

    @property
    def title(self) -> str:
        return self.short_name or self.name

    @property
    def url(self) -> str:
        return programme_url(self.slug)

    @property
    def contact_url(self) -> str:
        return contact_url(self.slug)

    @property
    def is_public(self) -> bool:
        return self.visibility == Stage.PUBLIC

    @property
    def holds_real_facts(self) -> bool:
        return self.provenance == Provenance.REAL_FACTS

    @property
    def example_mark(self) -> str | None:
        """What the strip on top of every page of this programme says; nothing for a programme's own work."""
        return None if self.provenance == Provenance.OWN else self.provenance.replace("_", "-")


@dataclass(frozen=True)
class ThemeView:
    """A word under which places with alike issues find each other."""

    slug: str
    name: str


@dataclass(frozen=True)
class AreaView:
    """An official area that a place is or was made of: ``[from_date, until_date)``."""

    code: str
    name: str
    from_date: date | None
    until_date: date | None

    def is_in_force(self, day: date) -> bool:
        """Whether the place is made of this area on ``day``."""
        has_begun = self.from_date is None or self.from_date <= day
        return has_begun and (self.until_date is None or day < self.until_date)

    @property
    def words(self) -> str:
        """The area with its years in words: *Bournemouth, until 2019*."""
        name, begins, ends = self.name, self.from_date, self.until_date
        if begins and ends:
            return _("%(name)s, %(from)d to %(until)d") % {
                "name": name,
                "from": begins.year,
                "until": ends.year,
            }
        if ends:
            return _("%(name)s, until %(year)d") % {"name": name, "year": ends.year}
        if begins:
            return _("%(name)s, since %(year)d") % {"name": name, "year": begins.year}
        return name


@dataclass(frozen=True)
class PlaceSummary:
    """A place in a list or on a map."""

    id: int
    public_id: UUID
    slug: str
    name: str
    issue: str
    is_sensitive: bool
    themes: tuple[ThemeView, ...]
    areas: tuple[AreaView, ...]
    programme_slug: str

    @property
    def url(self) -> str:
        return place_url(self.programme_slug, self.slug)

    def has_theme(self, slug: str) -> bool:
        return any(theme.slug == slug for theme in self.themes)


@dataclass(frozen=True)
class PlaceView:
    """A place in full, with its programme."""

    id: int
    public_id: UUID
    slug: str
    name: str
    issue: str
    sponsor: str
    is_sensitive: bool
    help_text: str
    help_url: str
    visibility: str
    themes: tuple[ThemeView, ...]
    areas: tuple[AreaView, ...]
    programme: ProgrammeView

    @property
    def url(self) -> str:
        return place_url(self.programme.slug, self.slug)


@dataclass(frozen=True)
class PartnerView:
    """An organisation and its part."""

    id: int
    name: str
    part: str
    part_words: str
    note: str


@dataclass(frozen=True)
class FactView:
    """Something known, and who says so."""

    text: str
    source: str


@dataclass(frozen=True)
class PlacePeople:
    """Who leads a place, by the organisations they come from; persons are not named."""

    leads_from: tuple[str, ...]
    enablers_from: tuple[str, ...]
    has_enabler: bool


@dataclass(frozen=True)
class MemberView:
    """Somebody's role, for those who look after the programme."""

    public_id: UUID
    email: str
    role: str
    role_words: str
    place: str
    organisation: str
    opens_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True)
class EntryView:
    """One thing that came or is promised."""

    public_id: UUID
    kind: str
    amount: Decimal
    currency: str
    is_approximate: bool
    what: str
    contributor: str
    place: str
    source: str
    state: str = LedgerState.RECEIVED.value
    quantity: Decimal | None = None
    unit: str = ""
    rate: Decimal | None = None
    reference: str = ""
    contributor_id: UUID | None = None
    place_id: UUID | None = None
    entered_at: datetime | None = None

    @property
    def kind_words(self) -> str:
        return str(LedgerKind(self.kind).label)

    @property
    def state_words(self) -> str:
        return str(LedgerState(self.state).label)

    @property
    def is_pledged(self) -> bool:
        return self.state == LedgerState.PLEDGED

    @property
    def is_spent(self) -> bool:
        return self.state == LedgerState.SPENT

    @property
    def counted_words(self) -> str:
        """How the amount was worked out: *60 days of somebody's time at £500*; empty where no rate is declared."""
        if self.quantity is None or self.rate is None:
            return ""
        return _("%(quantity)s %(unit)s at %(rate)s") % {
            "quantity": f"{self.quantity:,.2f}".removesuffix(".00"),
            "unit": LedgerUnit(self.unit).label,
            "rate": money(self.rate, self.currency),
        }

    @property
    def amount_words(self) -> str:
        return money(self.amount, self.currency, is_approximate=self.is_approximate)


@dataclass(frozen=True)
class LedgerView:
    """The entries that a viewer may see, and their sums: always exactly the sums of these entries."""

    entries: tuple[EntryView, ...]
    accounts: tuple[Account, ...]

    @property
    def by_place(self) -> tuple[StateSums, ...]:
        """The same entries by place; what is given to the whole programme has an empty name."""
        return sums_by(self.entries, lambda entry: entry.place)

    @property
    def by_partner(self) -> tuple[StateSums, ...]:
        """The same entries by contributor; those of whom nobody says have an empty name."""
        return sums_by(self.entries, lambda entry: entry.contributor)

    @property
    def by_kind(self) -> tuple[StateSums, ...]:
        """The same entries by the way in which they are given."""
        return sums_by(self.entries, lambda entry: entry.kind)

    @property
    def all_together(self) -> tuple[StateSums, ...]:
        """All entries, one row for each currency."""
        return sums_by(self.entries, lambda _entry: "")


@dataclass(frozen=True)
class PlaceLedger:
    """The sums of one place (``place`` is ``None`` for what is given to the programme as a whole)."""

    place: UUID | None
    name: str
    sums: tuple[StateSums, ...]


@dataclass(frozen=True)
class Statement:
    """What one partner gives to a programme: its entries and their sums, to hand to the partner."""

    partner: str
    partner_id: UUID
    ledger: LedgerView
