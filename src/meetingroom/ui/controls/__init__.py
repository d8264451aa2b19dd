"""Widgets every screen is made of; all follow the theme and work by keyboard."""

from meetingroom.ui.controls.bars import InfoBar, StatusLine
from meetingroom.ui.controls.buttons import Button, IconButton
from meetingroom.ui.controls.cards import Card, EmptyPlace, HairLine, MessagePage, Panel
from meetingroom.ui.controls.chips import Avatar, Chip, LiveChip, initials_of
from meetingroom.ui.controls.code_field import CodeField
from meetingroom.ui.controls.fields import Field, MinutesStepper, SearchField
from meetingroom.ui.controls.finding import is_found
from meetingroom.ui.controls.folding_row import FoldingRow
from meetingroom.ui.controls.gradual_rows import GradualRows
from meetingroom.ui.controls.labels import ElidedLabel, IconLabel, Label, plain_tip, repolish
from meetingroom.ui.controls.lists import RowList
from meetingroom.ui.controls.progress_row import ProgressBar, ProgressRow
from meetingroom.ui.controls.qr_code import QrCode, paint_qr
from meetingroom.ui.controls.scrolled_column import ScrolledColumn, empty
from meetingroom.ui.controls.side_bar import SideBar
from meetingroom.ui.controls.spin_fields import DateField, NumberField, TimeField
from meetingroom.ui.controls.step_bar import StepBar
from meetingroom.ui.controls.tabs import Segmented, TabRow
from meetingroom.ui.controls.undo_toast import UndoToast
from meetingroom.ui.controls.wrap_row import WrapRow, wrapping

__all__ = [
    "Avatar",
    "Button",
    "Card",
    "Chip",
    "CodeField",
    "DateField",
    "ElidedLabel",
    "EmptyPlace",
    "Field",
    "FoldingRow",
    "GradualRows",
    "HairLine",
    "IconButton",
    "IconLabel",
    "InfoBar",
    "Label",
    "LiveChip",
    "MessagePage",
    "MinutesStepper",
    "NumberField",
    "Panel",
    "ProgressBar",
    "ProgressRow",
    "QrCode",
    "RowList",
    "ScrolledColumn",
    "SearchField",
    "Segmented",
    "SideBar",
    "StatusLine",
    "StepBar",
    "TabRow",
    "TimeField",
    "UndoToast",
    "WrapRow",
    "empty",
    "initials_of",
    "is_found",
    "paint_qr",
    "plain_tip",
    "repolish",
    "wrapping",
]
