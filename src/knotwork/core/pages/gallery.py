"""What the gallery shows: each component with content that strains it a little."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.pages.components import Fact, Knot, Step
from knotwork.core.pages.figure import Download, FigureView
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.drawing.picture import Picture


class GalleryForm(PlainForm):
    """One field of each kind."""

    statement = readable_by(
        forms.CharField(
            label=_("What would make later life less lonely here?"),
            help_text=_("Say one thing at a time. Please name no person."),
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
        _("Everybody can read this, without your name."),
    )
    email = forms.EmailField(
        label=_("Your email address"),
        required=False,
        help_text=_("We write to you once, and then delete it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    people = forms.IntegerField(label=_("How many people took part?"), min_value=0)
    day = forms.DateField(label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}))
    part = forms.ChoiceField(
        label=_("Which part of the town is it about?"),
        choices=[("", _("Choose one")), ("harbour", _("Harbour side")), ("hill", _("The Hill"))],
    )
    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=[("16", _("16 to 24")), ("25", _("25 to 64")), ("65", _("65 or over"))],
        widget=forms.RadioSelect,
    )
    help = forms.MultipleChoiceField(
        label=_("What could you offer?"),
        choices=[("time", _("Time")), ("room", _("A room")), ("money", _("Money"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    paper = forms.FileField(label=_("A paper, if you have one"), required=False)
    agreed = forms.BooleanField(label=_("My organisation has agreed to this"))


SVG = (
    '<svg viewBox="0 0 640 210" role="img" aria-labelledby="gallery-bars-title gallery-bars-desc">'
    '<title id="gallery-bars-title">Agreement by statement</title>'
    '<desc id="gallery-bars-desc">Three bars with their limits: 84, 71 and 78 per cent.</desc>'
    '<g font-size="17" fill="currentColor">'
    '<text x="0" y="36">Neighbours know names</text><text x="0" y="106">Link workers, one budget</text>'
    '<text x="0" y="176">Buses before apps</text></g>'
    '<g fill="var(--series-1)"><rect x="220" y="14" width="336" height="34" rx="4"/>'
    '<rect x="220" y="84" width="284" height="34" rx="4"/>'
    '<rect x="220" y="154" width="312" height="34" rx="4"/></g>'
    '<g stroke="currentColor" stroke-width="2"><path d="M540 31h32M540 24v14M572 24v14M482 101h44M482 94v14'
    'M526 94v14M512 171h40M512 164v14M552 164v14"/></g></svg>'
)

BARS = Picture(
    name="gallery-bars",
    svg=SVG,
    columns=("Statement", "Agree", "Lower limit", "Upper limit", "Answers"),
    rows=(
        ("Neighbours who know each other’s names cut lonely days", 0.84, 0.8, 0.88, 412),
        ("GP link workers should hold a shared budget", 0.71, 0.655, 0.765, 12398),
        ("Bus routes matter more than befriending apps", 0.78, None, None, 2026),
    ),
    title="What most people agree on",
    description="Three bars with their limits: 84, 71 and 78 per cent.",
)


def gallery_context() -> dict[str, Any]:
    """Everything that ``gallery.html`` needs."""
    as_of = clock.now() - timedelta(minutes=3)
    return {
        "page_title": _("Components"),
        "page_description": _("Every part that pages are made of."),
        "example_mark": "made-up",
        "crumbs": ((_("Start"), "/"), ("Northvale", "/"), (_("Components"), "")),
        "form": GalleryForm(auto_id="empty-%s"),
        "wrong_form": GalleryForm({"email": "nobody", "age": "7"}, auto_id="wrong-%s"),
        "figure": FigureView(
            picture=BARS,
            sentence=_("84% of the 412 who answered agree that neighbours who know names cut lonely days."),
            uncertainty=_("Likely between 80% and 88%, if those who answered speak for all."),
            source=_("Votes of those who took part in Northvale"),
            method=_("Share of agreement, Wilson limits, 95%"),
            as_of=as_of,
            downloads=tuple(
                Download(kind, f"/house/components/?take={kind}") for kind in ("SVG", "PNG", "CSV")
            ),
            mark_example=True,
            method_url="/house/components/",
        ),
        "as_of": as_of,
        "facts": (
            Fact(_("Place"), "Northvale"),
            Fact(_("Knotty issue"), _("Later life is lonely for many"), _("Change"), "/house/components/"),
            Fact(
                _("Two leads"), _("One of the council, one of a charity"), _("Change"), "/house/components/"
            ),
        ),
        "steps": (
            Step(_("Your statement waits for a moderator"), _("Most are read within a day."), "done"),
            Step(_("Others say what they think of it"), _("You may come back and see."), "now"),
            Step(_("You learn what became of it")),
        ),
        "knots": (
            Knot(_("Statement"), _("“I have not spoken to anybody since Sunday.”"), "/house/components/"),
            Knot(_("Factor on the map"), _("Lonely days"), is_current=True),
            Knot(_("Try-out"), _("A bench and a kettle at each bus stop"), "/house/components/"),
            Knot(_("Lesson"), _("Taken up by two other places"), "/house/components/"),
        ),
        "page": Paginator(range(90), 10).page(2),
        "words": ("hopeful", "stuck", "curious", "tired", "together"),
    }
