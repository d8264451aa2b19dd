"""Letters made as offices make them: typed PDFs, scans, photographs, with links and codes."""

import io
from pathlib import Path

import pymupdf
import segno
from PIL import Image

from meetingroom.resources import resource

REGULAR = str(resource("fonts", "BeVietnamPro_400Regular.ttf"))
LINK = "https://zoom.us/j/98765432101?pwd=Abc123"
LEFT = ("UBND TỈNH LÀO CAI", "VĂN PHÒNG", "Số: 123/GM-UBND")
RIGHT = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "Lào Cai, ngày 20 tháng 11 năm 2026",
)  # fmt: skip
BODY = (
    "Kính gửi: Ủy ban nhân dân các xã, phường",
    "Ủy ban nhân dân tỉnh trân trọng kính mời các đồng chí dự họp trực tuyến",
    "về công tác phòng, chống rét cho cây trồng, vật nuôi vụ đông xuân.",
    "1. Thời gian: 08 giờ 00 phút, ngày 25 tháng 11 năm 2026.",
    "2. Địa điểm: điểm cầu Ủy ban nhân dân xã.",
    "Mã cuộc họp: 987 6543 2101, mật khẩu: 123456",
)


def letter(path: Path, *, pages: int = 1, link: bool = True, code: bool = True) -> Path:
    """A letter with its head of two columns, written line by line across both."""
    with pymupdf.open() as document:
        page = document.new_page()
        write_head(page)
        for number, row in enumerate(BODY):
            put(page, 85, 180 + 20 * number, row)
        if link:
            put(page, 85, 320, "Đường dẫn: vào phòng họp")
            (place,) = page.search_for("vào phòng họp")
            page.insert_link({"kind": pymupdf.LINK_URI, "from": place, "uri": LINK})
        if code:
            page.insert_image(pymupdf.Rect(420, 600, 500, 680), stream=code_picture(LINK))
        for number in range(1, pages):
            sheet = document.new_page()
            for row in range(30):
                put(sheet, 85, 90 + 20 * row, f"Nội dung thứ {row} của trang {number + 1}")
        document.save(path)
    return path


def write_head(page: pymupdf.Page, *, stamp: str = "") -> None:
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        put(page, 60, 60 + 18 * number, left)
        put(page, 300, 60 + 18 * number, right)
    if stamp:
        put(page, 90, 130, stamp)


def put(page: pymupdf.Page, x: float, y: float, text: str, size: float = 12) -> None:
    page.insert_text((x, y), text, fontsize=size, fontname="F0", fontfile=REGULAR)


def code_picture(text: str, scale: int = 6) -> bytes:
    target = io.BytesIO()
    segno.make(text).save(target, kind="png", scale=scale)
    return target.getvalue()


def scanned(path: Path, source: Path, turn: int = 0, dpi: int = 200) -> Path:
    """Pictures of the pages of a letter in a PDF, as a scanner makes them."""
    with pymupdf.open() as document, pymupdf.open(source) as original:
        for page in original:
            picture = Image.open(io.BytesIO(page.get_pixmap(dpi=dpi).tobytes("png")))
            picture = picture.convert("L").rotate(turn, expand=True)
            target = io.BytesIO()
            picture.save(target, "JPEG", quality=80)
            sheet = document.new_page(width=picture.width * 0.36, height=picture.height * 0.36)
            sheet.insert_image(sheet.rect, stream=target.getvalue())
        document.save(path)
    return path


def photographed(
    path: Path, source: Path, turn: int = 0, kind: str = "JPEG", **how: object
) -> Path:
    """A letter's first page as a telephone sends it."""
    with pymupdf.open(source) as original:
        picture = Image.open(io.BytesIO(original[0].get_pixmap(dpi=170).tobytes("png")))
    picture.convert("RGB").rotate(turn, expand=True).save(path, kind, **how)
    return path
