"""Addresses of this room. Fixed words come before a conversation's slug, which is never one of them."""

from django.urls import include, path

from knotwork.conversations.imports import urls as imports_urls
from knotwork.conversations.results import urls as results_urls
from knotwork.conversations.views import (
    flagging,
    hosting,
    inviting,
    listing,
    looking_after,
    moderating,
    taking_part,
)

app_name = "conversations"

_PROGRAMME = "programmes/<slug:programme>/listen/"
_CONVERSATION = f"{_PROGRAMME}<slug:conversation>/"

urlpatterns = [
    path("listen/", listing.conversation_list, name="list"),
    path("come-back/", taking_part.come_back, name="come-back"),
    path("invited/", inviting.invited, name="invited"),
    path("invited/<str:code>/", inviting.invited_with, name="invited-link"),
    path(f"{_PROGRAMME}new/", hosting.new, name="new"),
    path("", include(results_urls)),
    path("", include(imports_urls)),
    path(_CONVERSATION, taking_part.take_part, name="take-part"),
    path(f"{_CONVERSATION}about/", listing.about, name="about"),
    path(f"{_CONVERSATION}change/", taking_part.change_answer, name="change"),
    path(f"{_CONVERSATION}add/", taking_part.add, name="add"),
    path(f"{_CONVERSATION}yours/", taking_part.yours, name="yours"),
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
]
