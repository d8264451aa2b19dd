"""Pictures of all controls: `python tests/ui/foundation/gallery.py DIR`."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from meetingroom.ui.controls import (
    Avatar,
    Button,
    Card,
    Chip,
    CodeField,
    DateField,
    EmptyPlace,
    Field,
    IconButton,
    InfoBar,
    Label,
    LiveChip,
    MessagePage,
    MinutesStepper,
    NumberField,
    Panel,
    ProgressRow,
    RowList,
    SearchField,
    Segmented,
    SideBar,
    StatusLine,
    StepBar,
    TabRow,
    TimeField,
    UndoToast,
    WrapRow,
)
from meetingroom.ui.theme import THEMES, apply_theme, load_theme

STEPS = (
    ("facts", "Thông tin"),
    ("agenda", "Chương trình và tài liệu"),
    ("people", "Thành phần"),
    ("check", "Kiểm tra"),
    ("issue", "Phát hành"),
    ("follow_up", "Theo dõi"),
    ("collect", "Tổng hợp"),
    ("minutes", "Biên bản, kết luận"),
)
ENTRIES = (
    ("calendar", "calendar", "Lịch họp"),
    ("meeting", "presentation", "Cuộc họp"),
    ("search", "search", "Tra cứu"),
    ("devices", "laptop", "Máy đã ghép"),
    ("settings", "settings", "Cài đặt"),
)


def states() -> QWidget:
    """The picture of states: empty, offline, message, progress, undo, fields."""
    page = Panel("desk")
    grid = QGridLayout(page)
    grid.setContentsMargins(24, 24, 24, 24)
    grid.setSpacing(20)
    empty = Card(padding=0)
    empty.body.addWidget(
        EmptyPlace(
            "calendar",
            "Chưa có cuộc họp nào",
            "Kéo giấy mời hoặc lịch tuần vào đây.",
            "Tạo cuộc họp đầu tiên",
            button_icon="plus",
        )
    )
    grid.addWidget(empty, 0, 0)
    grid.addWidget(offline(), 0, 1)
    message = Card(padding=1)
    message.body.addWidget(
        MessagePage(
            "file-warning",
            "Trang 7 không vẽ được",
            "Tệp bị hỏng ở trang này. Các trang khác và ghi chú của bạn vẫn còn.",
            (("Thử lại", "again"), ("Báo thư ký", "tell")),
        )
    )
    grid.addWidget(message, 0, 2)
    grid.addWidget(progress(), 1, 0)
    grid.addWidget(undo(), 1, 1)
    grid.addWidget(choices(), 1, 2)
    return page


def offline() -> Card:
    """The bar that tells of a lost connection."""
    card = Card(padding=0)
    bar = InfoBar()
    bar.tell(
        "attention",
        "Mất kết nối với máy chủ phòng họp",
        "Bạn vẫn đọc và ghi chú được. 2 ý kiến sẽ gửi khi có mạng.",
        icon="unplug",
    )
    second = InfoBar()
    second.tell(
        "good", "Đã gửi 2 ý kiến, mọi máy đã khớp", actions=(("Xem", "see"), ("Để sau", "later"))
    )
    third = InfoBar()
    third.tell("live", "Tệp có dấu mật, không nhận", actions=(("Xem", "see"),))
    for each in (bar, second, third):
        card.body.addWidget(each)
    card.body.addStretch(1)
    return card


def progress() -> Card:
    """Two works that take a while."""
    card = Card("Tiến độ", "dừng được")
    first = ProgressRow("Đang nhận tài liệu", "2.1 Báo cáo, còn khoảng 20 giây")
    first.set_progress(31, 46, "31/46 MB")
    second = ProgressRow("Đang xuất tập tài liệu có ghi chú", "Bạn có thể làm việc khác.")
    second.set_progress(96, 143, "trang 96/143")
    card.body.addWidget(first)
    card.body.addWidget(second)
    card.body.addStretch(1)
    return card


def undo() -> Card:
    """A list and the toast over it."""
    card = Card(edge="attention")
    rows = RowList("Chương trình")
    rows.addItems(
        ["3  Dự toán thu, chi ngân sách", "4  Kế hoạch phòng, chống đói, rét", "5  Bế mạc"]
    )
    rows.setCurrentRow(1)
    card.body.addWidget(rows)
    UndoToast(card).tell("Đã xóa mục 5 và 1 tài liệu")
    return card


def choices() -> Card:
    """Buttons and fields."""
    card = Card()
    row = WrapRow()
    row.addWidget(Button("Đồng ý", "primary"))
    row.addWidget(Button("Không đồng ý"))
    row.addWidget(Button("Ý kiến khác"))
    row.addWidget(Button("Thu hồi", "danger", "trash-2"))
    card.body.addLayout(row)
    card.body.addWidget(SearchField("Tìm cuộc họp, tài liệu"))
    error = Field("Tên mục", QLineEdit("Báo cáo"))
    error.set_error("Tên này đã có trong chương trình.")
    card.body.addWidget(error)
    box = QComboBox()
    box.addItems(["Lý A Sùng, Trưởng phòng Kinh tế", "Phòng Kinh tế"])
    card.body.addWidget(Field("Người trình bày", box))
    card.body.addStretch(1)
    return card


def first_run() -> QWidget:
    """Code field, large buttons, chips, choices."""
    page = Panel("surface")
    column = QVBoxLayout(page)
    column.setContentsMargins(48, 32, 48, 32)
    column.setSpacing(16)
    column.addWidget(Label("Phòng họp không giấy tờ", "figure"))
    column.addWidget(
        Label("Máy này chưa thuộc văn phòng nào.", "bar_title", "ink_soft", weight=400)
    )
    card = Card(padding=32)
    card.set_chosen("true")
    code = CodeField()
    code.insert_code("h7km-4")
    code.setFocus()
    card.body.addWidget(Label("Tham gia bằng mã", "title"))
    card.body.addWidget(code)
    row = WrapRow(spacing=12)
    join = Button("Tham gia", "primary", extent="large")
    join.setEnabled(False)
    row.addWidget(join)
    row.addWidget(Button("Quét mã QR", "outlined", "qr-code", extent="large"))
    row.addWidget(Button("Nhập địa chỉ", "quiet", extent="large"))
    row.addWidget(
        Button("Lập văn phòng", "accent", "chevron-right", extent="large", icon_after=True)
    )
    card.body.addLayout(row)
    column.addWidget(card)
    column.addLayout(chips())
    column.addLayout(ticks())
    stage = QHBoxLayout()
    stage.addWidget(Button("Trang trước", "outlined", "chevron-left", extent="stage"))
    stage.addWidget(
        Button("TRANG SAU", "primary", "chevron-right", extent="stage", icon_after=True), 1
    )
    column.addLayout(stage)
    column.addStretch(1)
    return page


def chips() -> WrapRow:
    """All chips."""
    row = WrapRow(spacing=12)
    row.addWidget(LiveChip())
    row.addWidget(Chip("Bản nháp"))
    row.addWidget(Chip("Đã phát hành bản 3", "accent"))
    row.addWidget(Chip("Đủ 7/7", "good", "check"))
    row.addWidget(Chip("Cần xem", "attention", "triangle-alert"))
    row.addWidget(Chip("Bị từ chối", "problem", "circle-x"))
    row.addWidget(Avatar("Nông Thị Hiền"))
    for name in ("hand", "highlighter", "pen-line", "eraser"):
        row.addWidget(IconButton(name, name, checkable=True))
    chosen = IconButton("undo-2", "Hoàn tác", shortcut="Ctrl+Z", checkable=True)
    chosen.setChecked(True)
    row.addWidget(chosen)
    return row


def ticks() -> WrapRow:
    """Boxes, circles, steppers, times."""
    row = WrapRow(spacing=16)
    ticked = QCheckBox("Có thảo luận, 5 phút mỗi người")
    ticked.setChecked(True)
    chosen = QRadioButton("Tại phòng họp")
    chosen.setChecked(True)
    for each in (ticked, QCheckBox("Có biểu quyết"), chosen, QRadioButton("Trực tuyến")):
        row.addWidget(each)
    row.addWidget(MinutesStepper(40))
    row.addWidget(NumberField())
    row.addWidget(TimeField())
    row.addWidget(DateField())
    scenes = (
        ("lobby", "house", "Sảnh"),
        ("item", "list", "Mục"),
        ("paper", "file-text", "Tài liệu"),
    )
    segments = Segmented(scenes, "Cảnh trên màn hình lớn")
    segments.choose("paper")
    row.addWidget(segments)
    return row


def desk() -> QWidget:
    """The secretary's frame: side bar, steps, tabs, status line."""
    page = Panel("desk")
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    side = SideBar("Bàn thư ký", "UBND xã Mẫu Sơn", ENTRIES)
    side.set_person("Hương Giang", "Thư ký")
    side.choose("meeting")
    row.addWidget(side)
    column = QVBoxLayout()
    column.setSpacing(0)
    steps = StepBar(STEPS, "Các bước")
    steps.set_state("facts", "done")
    steps.set_state("check", "missing", 2)
    steps.set_current("agenda")
    column.addWidget(steps)
    tabs = TabRow((("notes", "Ghi chú"), ("opinions", "Ý kiến"), ("talk", "Phát biểu")), "Bảng")
    tabs.set_count("notes", 14)
    column.addWidget(tabs)
    card = Card("6 mục, 7 tài liệu", "2 giờ 20 phút, dự kiến kết thúc 10:20")
    card.header.addWidget(Button("Thêm mục", "outlined", "plus", extent="small"))
    card.header.addWidget(Button("Thêm tệp", "outlined", "upload", extent="small"))
    text = QPlainTextEdit()
    text.setPlaceholderText("Nhập ý kiến góp ý")
    card.body.addWidget(Field("Gợi ý cho chủ tọa, chỉ chủ tọa thấy", text))
    holder = QVBoxLayout()
    holder.setContentsMargins(24, 16, 24, 16)
    holder.addWidget(card)
    column.addLayout(holder, 1)
    status = StatusLine()
    status.set_segment("saved", "check", "Đã lưu trên máy này", "good")
    status.set_segment("hub", "wifi", "Máy chủ phòng họp: đang chạy, 17 máy kết nối")
    status.set_right("Mục 2 còn 7 phút")
    column.addWidget(status)
    row.addLayout(column, 1)
    return page


def take_pictures(app: QApplication, folder: Path) -> None:
    """Every page in every theme at both text sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    for theme in THEMES:
        for scale in (1.0, 2.0):
            apply_theme(app, load_theme(theme, scale, less_motion=True))
            for make in (states, first_run, desk):
                page = make()
                height = 768 if scale == 1 or make is desk else 1300
                page.resize((1600 if make is desk else 1366) * (2 if height > 768 else 1), height)
                page.show()
                app.processEvents()
                page.grab().save(str(folder / f"{make.__name__}-{theme}-{scale:.0%}.png"))
                page.close()
                page.deleteLater()


if __name__ == "__main__":
    take_pictures(QApplication(sys.argv[:1]), Path(sys.argv[1]))
