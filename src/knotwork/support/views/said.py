"""What is said when something was done."""

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SAID = {
    "agreement": gettext_lazy("It is written down. Each side says yes for itself."),
    "agreed": gettext_lazy("Your yes is written down."),
    "word": gettext_lazy("Your word is written down."),
    "profile": gettext_lazy("It is written down. Places of this programme can find you now."),
    "profile-back": gettext_lazy("You do not offer to help any more."),
    "asked": gettext_lazy("They were asked. Next: they say yes or no, and you get a letter."),
    "answered": gettext_lazy("Your answer is written down, and the place gets a letter."),
    "ended": gettext_lazy("It is ended."),
    "visit": gettext_lazy("It is written down. The place and you can read your note."),
    "visit-out": gettext_lazy("It is taken out."),
    "shared": gettext_lazy("It is saved who may read the note."),
    "help": gettext_lazy("It is said. Next: others answer, and you get a letter."),
    "answer": gettext_lazy("Thank you. Whoever asked gets a letter."),
    "closed": gettext_lazy("It is closed."),
    "announced": gettext_lazy("It is announced."),
    "changed": gettext_lazy("It is changed, and those who signed up get a letter."),
    "called-off": gettext_lazy("It is called off, and those who signed up get a letter."),
    "noted": gettext_lazy("It is written down."),
    "signed-up": gettext_lazy("You are signed up."),
    "signed-off": gettext_lazy("You are not signed up any more."),
}


def said_when_done(request: HttpRequest) -> str | Promise:
    """The sentence for what the reader just did, if she did anything."""
    return SAID.get(request.GET.get("done", ""), "")
