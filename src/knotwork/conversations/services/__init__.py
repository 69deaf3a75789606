"""The doors for writing in this room: one module per noun."""

from knotwork.conversations.services.background import ask_background, say_background
from knotwork.conversations.services.conversations import (
    SetUp,
    change_set_up,
    close_conversation,
    open_conversation,
    reword_question,
    set_up_conversation,
)
from knotwork.conversations.services.flags import flag_statement
from knotwork.conversations.services.integrity import flag_participants, unflag_participants
from knotwork.conversations.services.invitations import (
    end_invitations,
    look_at_invitation,
    make_invitations,
    use_invitation,
)
from knotwork.conversations.services.merging import merge_statements, undo_merge
from knotwork.conversations.services.participants import come_back, forget, join, new_return_code
from knotwork.conversations.services.reports import make_report, publish_report
from knotwork.conversations.services.result_letters import (
    ask_for_result_letter,
    send_result_letters,
    take_address_out,
)
from knotwork.conversations.services.statements import (
    accept,
    add_statement,
    ask_second_opinion,
    do_not_show,
    edit_statement,
    reword_statement,
)
from knotwork.conversations.services.translations import translate
from knotwork.conversations.services.voting import answer, cast_vote, say_not_understood

__all__ = [
    "SetUp",
    "accept",
    "add_statement",
    "answer",
    "ask_background",
    "ask_for_result_letter",
    "ask_second_opinion",
    "cast_vote",
    "change_set_up",
    "close_conversation",
    "come_back",
    "do_not_show",
    "edit_statement",
    "end_invitations",
    "flag_participants",
    "flag_statement",
    "forget",
    "join",
    "look_at_invitation",
    "make_invitations",
    "make_report",
    "merge_statements",
    "new_return_code",
    "open_conversation",
    "publish_report",
    "reword_question",
    "reword_statement",
    "say_background",
    "say_not_understood",
    "send_result_letters",
    "set_up_conversation",
    "take_address_out",
    "translate",
    "undo_merge",
    "unflag_participants",
    "use_invitation",
]
