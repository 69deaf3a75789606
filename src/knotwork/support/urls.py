"""Addresses of this room."""

from django.urls import path

from knotwork.support.views import agreements, enablers, events, files, help, reading

app_name = "support"

_P = "programmes/<slug:programme>/support/"
_PL = "programmes/<slug:programme>/places/<slug:place>/support/"

urlpatterns = [
    path(_P, reading.of_programme, name="programme"),
    path(f"{_P}events.ics", files.calendar, name="calendar"),
    path(f"{_P}enablers/", reading.enablers, name="enablers"),
    path(f"{_P}enablers/mine/", enablers.profile, name="profile"),
    path(f"{_P}enablers/mine/take-back/", enablers.take_back_profile, name="profile-back"),
    path(f"{_P}matches/<uuid:match>/answer/", enablers.answer, name="match-answer"),
    path(f"{_P}matches/<uuid:match>/end/", enablers.end, name="match-end"),
    path(f"{_P}matches/<uuid:match>/visits/new/", enablers.add_visit, name="visit-new"),
    path(f"{_P}visits/<uuid:visit>/share/", enablers.share, name="visit-share"),
    path(f"{_P}visits/<uuid:visit>/take-out/", enablers.take_out_visit, name="visit-out"),
    path(f"{_P}help/<uuid:request_id>/", help.one, name="help"),
    path(f"{_P}help/<uuid:request_id>/close/", help.close, name="help-close"),
    path(f"{_P}events/new/", events.new, name="event-new"),
    path(f"{_P}events/<uuid:event>/", events.one, name="event"),
    path(f"{_P}events/<uuid:event>/event.ics", files.event_calendar, name="event-calendar"),
    path(f"{_P}events/<uuid:event>/change/", events.change, name="event-change"),
    path(f"{_P}events/<uuid:event>/call-off/", events.call_off, name="event-off"),
    path(f"{_P}events/<uuid:event>/notes/", events.notes, name="event-notes"),
    path(f"{_P}events/<uuid:event>/sign-up/", events.sign_up, name="sign-up"),
    path(f"{_P}events/<uuid:event>/sign-off/", events.sign_off, name="sign-off"),
    path(_PL, reading.of_place, name="place"),
    path(f"{_PL}support.xlsx", files.place_workbook, name="place-workbook"),
    path(f"{_PL}agreement/", agreements.write, name="agreement"),
    path(f"{_PL}agreement/yes/", agreements.say_yes, name="agree"),
    path(f"{_PL}milestones/new/", agreements.add_milestone, name="milestone-new"),
    path(f"{_PL}milestones/<uuid:milestone>/", agreements.say_word, name="milestone"),
    path(f"{_PL}milestones/<uuid:milestone>/take-out/", agreements.take_out, name="milestone-out"),
    path(f"{_PL}enablers/<uuid:profile>/ask/", enablers.ask, name="enabler-ask"),
    path(f"{_PL}help/new/", help.ask, name="help-new"),
]
