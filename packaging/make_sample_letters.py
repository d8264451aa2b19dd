"""Make the sample letters of higher levels (run by hand; the result is committed).

    .venv/bin/python packaging/make_sample_letters.py

Everything is invented for this project; no such province, link or telephone number is meant.
Text is set in Noto Serif (OFL), which comes with MuPDF.
"""

from pathlib import Path

import pymupdf

ROOT = Path(__file__).resolve().parent.parent / "resources" / "sample" / "letters"
A4 = pymupdf.paper_rect("a4")
INSIDE = pymupdf.Rect(85, 57, 595 - 43, 842 - 57)
CSS = """
* {font-family: serif; font-size: 12pt; line-height: 1.3;}
p {text-align: justify; text-indent: 28pt; margin: 4pt 0;}
h1 {font-size: 14pt; text-align: center; margin: 12pt 0 2pt 0;}
.c {text-align: center; text-indent: 0; margin: 1pt 0;}
.l {text-indent: 0; font-size: 10pt; margin: 1pt 0;}
table {width: 100%;}
td {text-align: center; font-size: 10pt;}
"""
CLOSING = """
<table><tr><td style="text-align:left"><p class="l"><b><i>Nơi nhận:</i></b></p>
<p class="l">- Như trên;</p><p class="l">- Thường trực Tỉnh ủy;</p><p class="l">- Lưu: VT.</p></td>
<td><b>TL. CHỦ TỊCH<br/>CHÁNH VĂN PHÒNG</b><br/><br/><br/><b>Lục Văn Thao</b></td></tr></table>"""


def head(number: str, kind: str, subject: str) -> str:
    """The head of a letter of the province."""
    return f"""
    <table><tr><td>ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN<br/><b>VĂN PHÒNG</b><br/>Số: {number}</td>
    <td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br/><b>Độc lập - Tự do - Hạnh phúc</b><br/>
    <i>Đông Sơn, ngày 20 tháng 5 năm 2027</i></td></tr></table>
    <h1>{kind}</h1><p class="c"><b>{subject}</b></p><br/>
    <p class="c">Kính gửi: Chủ tịch Ủy ban nhân dân các xã, phường</p>"""


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


ONLINE = (
    head("145/GM-VP", "GIẤY MỜI", "Hội nghị trực tuyến về phòng, chống thiên tai năm 2027")
    + paragraphs(
        "Thực hiện chương trình công tác, Chủ tịch Ủy ban nhân dân tỉnh mời các đồng chí dự hội "
        "nghị trực tuyến về phòng, chống thiên tai và tìm kiếm cứu nạn năm 2027.",
        "<b>1. Thời gian:</b> Từ 08 giờ 00 phút đến 11 giờ 00 phút, ngày 28/5/2027 (thứ Sáu).",
        "<b>2. Địa điểm:</b> Điểm cầu chính tại phòng họp số 1, trụ sở Ủy ban nhân dân tỉnh; "
        "điểm cầu cấp xã tại trụ sở Ủy ban nhân dân các xã, phường.",
        "<b>3. Thành phần:</b> Chủ tịch, các Phó Chủ tịch Ủy ban nhân dân xã; trưởng các phòng "
        "chuyên môn; trưởng thôn do Ủy ban nhân dân xã mời.",
        "<b>4. Đường dẫn dự họp (Zoom):</b>",
        "https://us02web.zoom.us/j/81234567890",
        "Meeting ID: 812 3456 7890",
        "Mật khẩu: 654321",
        "Thử đường truyền lúc 14 giờ 30 phút ngày 27/5/2027. Đầu mối kỹ thuật: đồng chí Ma Thị "
        "Duyên, điện thoại 0912 345 678.",
        "Đề nghị các đồng chí có mặt tại điểm cầu trước 15 phút để ổn định kỹ thuật.",
    )
    + CLOSING
)
OWN_SYSTEM = (
    head("151/GM-VP", "GIẤY MỜI", "Họp giao ban trực tuyến quý II năm 2027")
    + paragraphs(
        "Chủ tịch Ủy ban nhân dân tỉnh mời các đồng chí dự họp giao ban trực tuyến qua hệ thống "
        "truyền hình hội nghị của tỉnh.",
        "<b>Thời gian:</b> 14 giờ 00 phút, thứ Hai, ngày 31/5/2027.",
        "<b>Địa điểm:</b> Tại điểm cầu Ủy ban nhân dân xã Mẫu Sơn.",
        "<b>Đầu mối kỹ thuật:</b> Trung tâm Công nghệ thông tin tỉnh, đồng chí Bế Văn Lực, điện "
        "thoại 0987 654 321.",
    )
    + CLOSING
)
ORDINARY = (
    head("160/TB-VP", "THÔNG BÁO", "Về việc tiết kiệm điện tại trụ sở")
    + paragraphs(
        "Văn phòng Ủy ban nhân dân tỉnh đề nghị các cơ quan tắt các thiết bị điện khi hết giờ làm "
        "việc, dùng máy điều hòa từ 26 độ trở lên và báo cáo kết quả hằng quý."
    )
    + CLOSING
)
TWO_LINKS = """Kính gửi các đồng chí,
Mời dự Hội nghị trực tuyến tập huấn hộ tịch điện tử.
Thời gian: 8h00 thứ Năm, ngày 03/6/2027
Các xã khu vực phía Đông vào đường dẫn: https://meet.google.com/abc-defg-hij
Các xã khu vực phía Tây vào đường dẫn: https://us02web.zoom.us/j/89876543210
Meeting ID: 898 7654 3210
Mật khẩu: 112233
Kỹ thuật: anh Tống Văn Đại 0911 222 333
"""
STRANGE = """Mời đồng chí dự họp trực tuyến khẩn với Bộ.
Thời gian: 15 giờ 00 ngày 04/6/2027
Link Zoom: https://zoom.us.hop-khan.example/j/81234567890
ID: 812 3456 7890
Mật khẩu: 778899
"""
WEEK = """ỦY BAN NHÂN DÂN XÃ MẪU SƠN
LỊCH CÔNG TÁC TUẦN
(Từ ngày 07/6/2027 đến ngày 11/6/2027)
Lịch này thay thư mời họp

THỨ HAI (07/6/2027)
* SÁNG: 08 giờ 00: Họp giao ban Ủy ban nhân dân xã. Địa điểm: Hội trường tầng 2.
* CHIỀU: 14 giờ 00: Làm việc với Hạt Kiểm lâm về cháy rừng. Địa điểm: Phòng họp số 1.
THỨ TƯ (09/6/2027)
* SÁNG: 07 giờ 30: Dự hội nghị trực tuyến với tỉnh về chuyển đổi số. Địa điểm: UBND xã.
THỨ SÁU (11/6/2027)
* CHIỀU: Tiếp công dân định kỳ. Địa điểm: Bộ phận Một cửa.
"""
LETTERS = {
    "Giấy mời hội nghị trực tuyến.pdf": ONLINE,
    "Giấy mời giao ban qua cầu truyền hình.pdf": OWN_SYSTEM,
    "Thông báo tiết kiệm điện.pdf": ORDINARY,
    "Tin nhắn có hai đường dẫn.txt": TWO_LINKS,
    "Tin nhắn đáng ngờ.txt": STRANGE,
    "Lịch công tác tuần.txt": WEEK,
}


def write_pdf(html: str, target: Path) -> None:
    """Lay a letter out."""
    story, writer = pymupdf.Story(html=html, user_css=CSS), pymupdf.DocumentWriter(str(target))
    goes_on = 1
    while goes_on:
        device = writer.begin_page(A4)
        goes_on, _ = story.place(INSIDE)
        story.draw(device)
        writer.end_page()
    writer.close()
    with pymupdf.open(target) as made:
        made.subset_fonts()
        content = made.tobytes(garbage=4, deflate=True, no_new_id=True)
    target.write_bytes(content)


def main() -> None:
    """Every letter."""
    ROOT.mkdir(parents=True, exist_ok=True)
    for name, words in LETTERS.items():
        if name.endswith(".pdf"):
            write_pdf(words, ROOT / name)
        else:
            (ROOT / name).write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main()
