"""Addresses of this room. ``new`` comes before a call's slug, which is never that word."""

from django.urls import path

from knotwork.calls.views import (
    comparing,
    deciding,
    joining,
    judging,
    looking,
    panel,
    portfolio,
    reviewing,
    setting_up,
    telling,
    writing,
)

app_name = "calls"

_OF_PROGRAMME = "programmes/<slug:programme>/calls/"
_CALL = f"{_OF_PROGRAMME}<slug:call>/"
_BIDS = f"{_CALL}bids/"
_BID = f"{_BIDS}<uuid:bid>/"
_PANEL = f"{_CALL}panel/"
_REVIEWS = f"{_CALL}reviews/"
_REVIEW = f"{_BID}review/"

_COMPARING = [
    path(f"{_CALL}compare/", comparing.compare, name="compare"),
    path(f"{_CALL}compare.csv", comparing.compare_csv, name="compare-csv"),
    path(f"{_CALL}compare.xlsx", comparing.compare_workbook, name="compare-workbook"),
    path(f"{_CALL}compare.svg", comparing.compare_picture, {"kind": "svg"}, name="compare-svg"),
    path(f"{_CALL}compare.png", comparing.compare_picture, {"kind": "png"}, name="compare-png"),
    path(f"{_CALL}compare/<uuid:bid>/", comparing.compare_bid, name="compare-bid"),
    path(f"{_CALL}portfolio/", portfolio.portfolio, name="portfolio"),
    path(f"{_CALL}portfolio.csv", portfolio.portfolio_csv, name="portfolio-csv"),
    path(f"{_CALL}portfolio.xlsx", portfolio.portfolio_workbook, name="portfolio-workbook"),
]
_REVIEWING = [
    path(f"{_CALL}lead-on/", panel.lead_on, name="lead-on"),
    path(_PANEL, panel.panel, name="panel"),
    path(f"{_CALL}panel.csv", panel.panel_csv, name="panel-csv"),
    path(f"{_CALL}panel.xlsx", panel.panel_workbook, name="panel-workbook"),
    path(f"{_PANEL}new/", panel.appoint, name="panel-new"),
    path(f"{_PANEL}reviewers/<uuid:reviewer>/end/", panel.end_reviewer, name="panel-reviewer-end"),
    path(f"{_PANEL}conflicts/find/", panel.find_conflicts, name="conflicts-find"),
    path(f"{_PANEL}conflicts/<uuid:conflict>/end/", panel.end_conflict, name="conflict-end"),
    path(f"{_PANEL}assign/", panel.assign, name="assign"),
    path(f"{_PANEL}assign/by-hand/", panel.assign_by_hand, name="assign-hand"),
    path(f"{_PANEL}assign/<uuid:assignment>/end/", panel.end_assignment, name="assignment-end"),
    path(_REVIEWS, reviewing.reviews, name="reviews"),
    path(f"{_REVIEWS}organisations/", reviewing.organisations, name="organisations"),
    path(f"{_REVIEWS}conflicts/", reviewing.declare, name="conflicts"),
    path(_REVIEW, reviewing.review, name="review"),
    path(f"{_REVIEW}hand-in/", reviewing.submit, name="review-submit"),
    path(f"{_REVIEW}criteria/<uuid:criterion>/", reviewing.correct, name="review-correct"),
]

urlpatterns = [
    *_REVIEWING,
    *_COMPARING,
    path("calls/", looking.call_list, name="list"),
    path(_OF_PROGRAMME, looking.of_programme, name="programme"),
    path(f"{_OF_PROGRAMME}new/", setting_up.new, name="new"),
    path(_CALL, looking.call, name="call"),
    path(f"{_CALL}change/", setting_up.change, name="change"),
    path(f"{_CALL}publish/", setting_up.publish, name="publish"),
    path(f"{_CALL}deadline/", setting_up.deadline, name="deadline"),
    path(f"{_CALL}open-bids/", setting_up.open_bids, name="open-bids"),
    path(f"{_CALL}knotty/", looking.knotty_test, name="knotty"),
    path(_BIDS, judging.bids, name="bids"),
    path(f"{_CALL}bids.csv", judging.bids_csv, name="bids-csv"),
    path(f"{_CALL}bids.xlsx", judging.bids_workbook, name="bids-workbook"),
    path(f"{_CALL}come-in/", joining.come_in, name="come-in"),
    path(f"{_BIDS}new/", writing.begin, name="begin"),
    path(_BID, writing.bid, name="bid"),
    path(f"{_BID}about/", writing.about, name="bid-about"),
    path(f"{_BID}knotty/", writing.is_it_knotty, name="bid-knotty"),
    path(f"{_BID}questions/<uuid:question>/", writing.section, name="bid-section"),
    path(f"{_BID}hand-in/", writing.hand_in, name="bid-hand-in"),
    path(f"{_BID}take-back/", writing.take_back, name="bid-take-back"),
    path(f"{_BID}withdraw/", writing.withdraw, name="bid-withdraw"),
    path(f"{_BID}partners/new/", joining.add_partner, name="bid-partner-new"),
    path(f"{_BID}partners/<uuid:partner>/end/", joining.end_partner, name="bid-partner-end"),
    path(f"{_BID}authors/new/", joining.add_author, name="bid-author-new"),
    path(f"{_BID}authors/<uuid:author>/", joining.say_of_author, name="bid-author"),
    path(f"{_BID}authors/<uuid:author>/end/", joining.end_author, name="bid-author-end"),
    path(f"{_BID}board/", joining.ask_board, name="bid-board"),
    path(f"{_BID}sign/", joining.sign, name="bid-sign"),
    path(f"{_BID}files/new/", joining.add_file, name="bid-file-new"),
    path(f"{_BID}files/<uuid:file>/", joining.file, name="bid-file"),
    path(f"{_BID}files/<uuid:file>/end/", joining.end_file, name="bid-file-end"),
    path(f"{_CALL}decision/", deciding.decision, name="decision"),
    path(f"{_CALL}decision/propose/", deciding.propose, name="decision-propose"),
    path(f"{_CALL}decision/lines/", deciding.lines, name="decision-lines"),
    path(f"{_CALL}decision/put/", deciding.put, name="decision-put"),
    path(f"{_CALL}decision/take-back/", deciding.take_back, name="decision-take-back"),
    path(f"{_CALL}decision/sign/", deciding.sign, name="decision-sign"),
    path(f"{_CALL}decision.csv", deciding.decision_csv, name="decision-csv"),
    path(f"{_CALL}decision.xlsx", deciding.decision_workbook, name="decision-workbook"),
    path(f"{_CALL}letters/", telling.letters, name="letters"),
    path(f"{_CALL}letters/send/", telling.send, name="letters-send"),
    path(f"{_CALL}letters/<uuid:letter>/", telling.letter, name="letter"),
    path(f"{_CALL}notes/", telling.appeals, name="appeals"),
    path(f"{_CALL}notes/<uuid:appeal>/answer/", telling.answer_appeal, name="appeal-answer"),
    path(f"{_BID}letter/", telling.bid_letter, name="bid-letter"),
    path(f"{_BID}note/", telling.bid_appeal, name="bid-appeal"),
]
