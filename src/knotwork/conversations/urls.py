"""Addresses of this room. Fixed words come before a conversation's slug, which is never one of them."""

from django.urls import include, path

from knotwork.conversations.imports import urls as imports_urls
from knotwork.conversations.results import urls as results_urls
from knotwork.conversations.views import background, dictionary, hosting, listing, moderating, taking_part

app_name = "conversations"

_PROGRAMME = "programmes/<slug:programme>/listen/"
_CONVERSATION = f"{_PROGRAMME}<slug:conversation>/"

urlpatterns = [
    path("listen/", listing.conversation_list, name="list"),
    path("listen/data-dictionary/", dictionary.dictionary, name="dictionary"),
    path("listen/data-dictionary.csv", dictionary.dictionary_csv, name="dictionary-csv"),
    path("come-back/", taking_part.come_back, name="come-back"),
    path(f"{_PROGRAMME}new/", hosting.new, name="new"),
    path("", include(results_urls)),
    path("", include(imports_urls)),
    path(_CONVERSATION, taking_part.take_part, name="take-part"),
    path(f"{_CONVERSATION}about/", listing.about, name="about"),
    path(f"{_CONVERSATION}about-you/", background.about_you, name="about-you"),
    path(f"{_CONVERSATION}background/", background.background, name="background"),
    path(f"{_CONVERSATION}change/", taking_part.change_answer, name="change"),
    path(f"{_CONVERSATION}add/", taking_part.add, name="add"),
    path(f"{_CONVERSATION}yours/", taking_part.yours, name="yours"),
    path(f"{_CONVERSATION}code/", taking_part.code, name="code"),
    path(f"{_CONVERSATION}forget/", taking_part.forget, name="forget"),
    path(f"{_CONVERSATION}moderate/", moderating.moderate, name="moderate"),
    path(f"{_CONVERSATION}moderation/", moderating.moderation_log, name="moderation-log"),
    path(f"{_CONVERSATION}set-up/", hosting.set_up, name="set-up"),
    path(f"{_CONVERSATION}reword/", hosting.reword, name="reword"),
    path(f"{_CONVERSATION}open/", hosting.open_it, name="open"),
    path(f"{_CONVERSATION}close/", hosting.close_it, name="close"),
]
