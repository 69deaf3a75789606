"""The pages of a programme's team, and files for everybody. What people read stands in ``thread``."""

from django.urls import include, path

from knotwork.programmes.views import duties, files, ledger, partners, places, words

_MANAGE = "<slug:programme>/manage/"

_team = [
    path("new/", words.new, name="new"),
    path(_MANAGE, words.overview, name="overview"),
    path(f"{_MANAGE}words/", words.change, name="words"),
    path(f"{_MANAGE}aims/", words.aims, name="aims"),
    path(f"{_MANAGE}facts/new/", words.add_fact, name="fact-new"),
    path(f"{_MANAGE}partners/new/", partners.add_partner, name="partner-new"),
    path(f"{_MANAGE}partners/<int:partnership>/end/", partners.end_partner, name="partner-end"),
    path(f"{_MANAGE}people/new/", partners.invite, name="invite"),
    path(f"{_MANAGE}people/<uuid:membership>/end/", partners.end_role, name="role-end"),
    path(f"{_MANAGE}ledger/new/", partners.add_entry, name="entry-new"),
    path(f"{_MANAGE}ledger/<uuid:entry>/withdraw/", partners.withdraw_entry, name="entry-withdraw"),
    path(f"{_MANAGE}ledger/<uuid:entry>/move/", ledger.move_entry, name="entry-move"),
    path(f"{_MANAGE}ledger/in/", ledger.bring_in, name="ledger-in"),
    path(f"{_MANAGE}ledger/in/<uuid:staged>/", ledger.staged, name="ledger-staged"),
    path(f"{_MANAGE}places/new/", places.add, name="place-new"),
    path(f"{_MANAGE}hold/", duties.hold, name="hold"),
    path(f"{_MANAGE}hold/end/", duties.end_hold, name="hold-end"),
    path(f"{_MANAGE}consultation/", duties.consultation, name="consultation"),
    path(f"{_MANAGE}keeping/", duties.keeping, name="keeping"),
    path("<slug:programme>/places/<slug:place>/manage/", places.edit, name="place-edit"),
    path("<slug:programme>/places/<slug:place>/manage/invite/", places.invite, name="place-invite"),
]

_files = [
    path("<slug:programme>/places.csv", files.places_csv, name="places"),
    path("<slug:programme>/ledger.csv", files.ledger_csv, name="ledger"),
]

_ledger = [
    path("<slug:programme>/ledger/", ledger.page, name="page"),
    path("<slug:programme>/ledger.xlsx", ledger.workbook, name="workbook"),
    path("<slug:programme>/ledger/partners/<uuid:partner>/", ledger.statement, name="statement"),
    path(
        "<slug:programme>/ledger/partners/<uuid:partner>/statement.xlsx",
        ledger.statement_workbook,
        name="statement-workbook",
    ),
]

urlpatterns = [
    path("programmes/", include((_team, "programme_team"))),
    path("programmes/", include((_files, "programme_files"))),
    path("programmes/", include((_ledger, "programme_ledger"))),
]
