"""Addresses of this room. Fixed words come before a conversation's slug, which is never one of them."""

from django.urls import include, path, re_path

from knotwork.conversations.imports import urls as imports_urls
from knotwork.conversations.results import urls as results_urls
from knotwork.conversations.views import (
    adding,
    background,
    big_screen,
    dictionary,
    flagging,
    hosting,
    inviting,
    listing,
    looking_after,
    moderating,
    paper,
    result_letters,
    short_links,
    statement,
    taking_part,
    translating,
    urgent,
)

app_name = "conversations"

_PROGRAMME = "programmes/<slug:programme>/listen/"
_CONVERSATION = f"{_PROGRAMME}<slug:conversation>/"

urlpatterns = [
    path(f"{_PROGRAMME}new/", hosting.new, name="new"),
    path(f"{_PROGRAMME}urgent/", urgent.templates, name="urgent-list"),
    # Every vote comes this way, so only the fixed words stand before it.
    path(_CONVERSATION, taking_part.take_part, name="take-part"),
    path("listen/", listing.conversation_list, name="list"),
    path("listen/data-dictionary/", dictionary.dictionary, name="dictionary"),
    path("listen/data-dictionary.csv", dictionary.dictionary_csv, name="dictionary-csv"),
    path("come-back/", taking_part.come_back, name="come-back"),
    re_path(r"^to/(?P<short_code>[A-Za-z0-9-]{1,12})/?$", short_links.short_link, name="short-link"),
    path("invited/", inviting.invited, name="invited"),
    path("invited/<str:code>/", inviting.invited_with, name="invited-link"),
    path(f"{_PROGRAMME}urgent/new/", urgent.prepare, name="urgent-new"),
    path(f"{_PROGRAMME}urgent/<uuid:template>/", urgent.change, name="urgent-change"),
    path(f"{_PROGRAMME}urgent/<uuid:template>/ask/", urgent.ask, name="urgent-ask"),
    path("", include(results_urls)),
    path("", include(imports_urls)),
    path(f"{_CONVERSATION}about/", listing.about, name="about"),
    path(f"{_CONVERSATION}statements/<uuid:statement>/", statement.read_statement, name="statement"),
    path(f"{_CONVERSATION}about-you/", background.about_you, name="about-you"),
    path(f"{_CONVERSATION}background/", background.background, name="background"),
    path(f"{_CONVERSATION}change/", taking_part.change_answer, name="change"),
    path(f"{_CONVERSATION}add/", adding.add, name="add"),
    path(f"{_CONVERSATION}yours/", taking_part.yours, name="yours"),
    path(f"{_CONVERSATION}end/", taking_part.end, name="end"),
    path(f"{_CONVERSATION}letter/", result_letters.letter, name="letter"),
    path(f"{_CONVERSATION}translations/", translating.languages, name="translations"),
    path(f"{_CONVERSATION}translations/<str:language>/", translating.translation, name="translation"),
    path(f"{_CONVERSATION}code/", taking_part.code, name="code"),
    path(f"{_CONVERSATION}forget/", taking_part.forget, name="forget"),
    path(f"{_CONVERSATION}moderate/", moderating.moderate, name="moderate"),
    path(f"{_CONVERSATION}moderation/", moderating.moderation_log, name="moderation-log"),
    path(f"{_CONVERSATION}moderate/decided/", moderating.decided_list, name="moderate-decided"),
    path(f"{_CONVERSATION}moderate/<uuid:statement>/", moderating.one_statement, name="moderate-one"),
    path(f"{_CONVERSATION}moderate/<uuid:statement>/spelling/", moderating.spelling, name="spelling"),
    path(f"{_CONVERSATION}flag/", flagging.flag, name="flag"),
    path(f"{_CONVERSATION}integrity/", looking_after.integrity, name="integrity"),
    path(f"{_CONVERSATION}invitations/", inviting.invitations, name="invitations"),
    path(f"{_CONVERSATION}invitations/<uuid:batch>/end/", inviting.end_invitations, name="invitations-end"),
    path(f"{_CONVERSATION}set-up/", hosting.set_up, name="set-up"),
    path(f"{_CONVERSATION}reword/", hosting.reword, name="reword"),
    path(f"{_CONVERSATION}open/", hosting.open_it, name="open"),
    path(f"{_CONVERSATION}close/", hosting.close_it, name="close"),
    path(f"{_CONVERSATION}screen/", big_screen.choose, name="screen"),
    path(f"{_CONVERSATION}screen/question/", big_screen.question, name="screen-question"),
    path(f"{_CONVERSATION}screen/results/", big_screen.results, name="screen-results"),
    path(f"{_CONVERSATION}urgent/", urgent.look_after, name="urgent"),
    path(f"{_CONVERSATION}offer/", urgent.offer, name="offer"),
    path(f"{_CONVERSATION}paper/", paper.packs, name="paper"),
    path(f"{_CONVERSATION}paper/type-in/", paper.type_in, name="paper-type-in"),
    path(f"{_CONVERSATION}paper/<uuid:pack>/", paper.pack, name="paper-pack"),
    path(f"{_CONVERSATION}paper/<uuid:pack>/throw-away/", paper.throw_away, name="paper-throw-away"),
]
