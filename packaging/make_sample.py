"""Make the sample office and its papers (run by hand; the result is committed).

    .venv/bin/python packaging/make_sample.py

Everything is invented for this project. Text is set in Liberation Serif (OFL).
"""

import io
import random
import shutil
from pathlib import Path

import pymupdf
from PIL import Image, ImageFilter

ROOT = Path(__file__).resolve().parent.parent / "resources" / "sample"
FONTS = Path("/usr/share/fonts/truetype/liberation")
A4 = pymupdf.paper_rect("a4")
CSS = """
@font-face {font-family: tnr; src: url(LiberationSerif-Regular.ttf);}
@font-face {font-family: tnr; font-weight: bold; src: url(LiberationSerif-Bold.ttf);}
@font-face {font-family: tnr; font-style: italic; src: url(LiberationSerif-Italic.ttf);}
* {font-family: tnr; font-size: 13pt; line-height: 1.25;}
p {text-align: justify; text-indent: 28pt; margin: 5pt 0;}
h1 {font-size: 14pt; text-align: center; margin: 10pt 0 2pt 0;}
h2 {font-size: 13pt; margin: 10pt 0 3pt 28pt;}
h3 {font-size: 13pt; margin: 6pt 0 3pt 28pt;}
.c {text-align: center; text-indent: 0; margin: 1pt 0;}
.l {text-indent: 0; font-size: 11pt; margin: 1pt 0;}
table {border-collapse: collapse; width: 100%;}
td, th {border: 1px solid black; padding: 2pt 4pt; text-align: center; font-size: 12pt;}
.n td {border: none; font-size: 13pt;}
"""
VILLAGES = (
    "Khuổi Lầy",
    "Lũng Cà",
    "Nà Mò",
    "Pác Lùng",
    "Bản Pảng",
    "Pò Tấu",
    "Khau Đấng",
    "Nà Vàng",
)
HEADS = ("Sùng Thị Mỷ", "Triệu Chòi Phâu", "Lộc Văn Bằng", "Hà Văn Đội", "Phùng Sành Kiêm",
         "Mã Thị Kim", "Đặng Tòn Phấu", "Nông Văn Ước")  # fmt: skip
OFFICIALS = (
    ("Hoàng Văn Páo", "Chủ tịch UBND xã", "Ủy ban nhân dân xã", ""),
    ("Nông Thị Hiền", "Phó Chủ tịch UBND xã", "Ủy ban nhân dân xã", ""),
    ("Triệu Tiến Sơn", "Phó Chủ tịch UBND xã", "Ủy ban nhân dân xã", ""),
    ("Nguyễn Thị Minh Thu", "Chánh Văn phòng", "Văn phòng HĐND và UBND", ""),
    ("Lý A Sùng", "Trưởng phòng", "Phòng Kinh tế", ""),
    ("Phạm Đức Long", "Trưởng phòng", "Phòng Văn hóa - Xã hội", ""),
    ("Dương Quang Huy", "Giám đốc", "Trung tâm Phục vụ hành chính công", ""),
    ("Đặng Văn Thắng", "Trưởng Công an xã", "Công an xã", ""),
    ("Bàn Tiến Lương", "Chỉ huy trưởng", "Ban Chỉ huy Quân sự xã", ""),
    ("Lương Văn Kiên", "Phó Bí thư Thường trực", "Đảng ủy xã", ""),
    ("Vi Thị Lan", "Phó Chủ tịch HĐND xã", "Hội đồng nhân dân xã", ""),
    ("Trần Quốc Đạt", "Chủ tịch", "Ủy ban MTTQ Việt Nam xã", ""),
    ("Tẩn Mùi Phin", "Chủ tịch Hội Nông dân", "Ủy ban MTTQ Việt Nam xã", ""),
    ("Chu Thị Ngọc", "Chủ tịch Hội LHPN", "Ủy ban MTTQ Việt Nam xã", ""),
    ("Giàng A Chống", "Bí thư Đoàn Thanh niên", "Ủy ban MTTQ Việt Nam xã", ""),
    ("Hoàng Thị Nhung", "Trạm trưởng", "Trạm Y tế xã", ""),
    ("Lê Thanh Bình", "Hiệu trưởng", "Trường PTDTBT THCS", ""),
    ("Vàng Seo Dín", "Phó Trưởng phòng", "Phòng Kinh tế", ""),
    ("Lò Thị Ươm", "Chuyên viên", "Phòng Văn hóa - Xã hội", ""),
    ("Phùng Chẳn Lìn", "Công chức tư pháp", "Văn phòng HĐND và UBND", ""),
    ("Cư A Tủa", "Công chức địa chính", "Phòng Kinh tế", ""),
    ("Đỗ Thúy Quỳnh", "Kế toán", "Văn phòng HĐND và UBND", ""),
    ("Hương Giang", "Văn thư", "Văn phòng HĐND và UBND", "secretary administrator"),
)
SECTORS = (
    ("Trồng trọt", "diện tích gieo trồng", "ha"),
    ("Chăn nuôi, thú y", "tổng đàn gia súc", "con"),
    ("Lâm nghiệp", "diện tích rừng được chăm sóc", "ha"),
    ("Thủy lợi", "chiều dài kênh mương nạo vét", "m"),
    ("Giao thông nông thôn", "chiều dài đường được sửa", "m"),
    ("Thu, chi ngân sách", "số thu trên địa bàn", "triệu đồng"),
    ("Giáo dục", "số học sinh ra lớp", "em"),
    ("Y tế, dân số", "số lượt người được khám", "lượt"),
    ("Văn hóa, thể thao", "số buổi sinh hoạt tại nhà văn hóa", "buổi"),
    ("Giảm nghèo", "số hộ được hỗ trợ sinh kế", "hộ"),
    ("Cải cách hành chính", "số hồ sơ giải quyết đúng hạn", "hồ sơ"),
    ("Quốc phòng, an ninh", "số buổi tuần tra chung", "buổi"),
)
CAUSES = (
    "do mưa kéo dài trong tháng 10", "do thiếu nhân lực tại thôn", "do đường vào thôn bị sạt lở",
    "do giá vật tư tăng so với đầu năm", "do một số hộ chưa phối hợp", "do thời tiết rét sớm",
)  # fmt: skip
DEEDS = (
    "cử cán bộ xuống từng thôn hướng dẫn", "rà soát lại danh sách từng hộ",
    "phối hợp với Mặt trận và các đoàn thể vận động", "bố trí kinh phí từ nguồn dự phòng",
    "giao trưởng thôn báo cáo vào thứ Sáu hằng tuần", "kiểm tra thực tế ít nhất hai lần mỗi tháng",
)  # fmt: skip


def number(value: float) -> str:
    """A figure as Vietnamese papers write it: 1.234,5."""
    text = f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"
    return text.replace(",", "_").replace(".", ",").replace("_", ".")


def letterhead(symbol: str, kind: str, subject: str, day: int = 20) -> str:
    """The head of an official paper."""
    return f"""
    <table class="n"><tr><td><b>ỦY BAN NHÂN DÂN<br/>XÃ MẪU SƠN</b><br/>‾‾‾‾‾‾‾<br/>Số: {symbol}</td>
    <td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br/><b>Độc lập - Tự do - Hạnh phúc</b><br/>
    ‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾<br/><i>Mẫu Sơn, ngày {day} tháng 11 năm 2026</i></td></tr></table>
    <h1>{kind}</h1><p class="c"><b>{subject}</b></p><p class="c">‾‾‾‾‾‾‾‾‾‾</p>"""


def closing(post: str = "CHỦ TỊCH", name: str = "Hoàng Văn Páo") -> str:
    """The end of an official paper."""
    return f"""
    <table class="n"><tr><td style="text-align:left"><p class="l"><b><i>Nơi nhận:</i></b></p>
    <p class="l">- Như trên;</p><p class="l">- Thường trực HĐND xã;</p>
    <p class="l">- Các thành viên UBND xã;</p><p class="l">- Lưu: VT, VP.</p></td>
    <td><b>TM. ỦY BAN NHÂN DÂN<br/>{post}</b><br/><br/><br/><br/><b>{name}</b></td></tr></table>"""


def village_table(chance: random.Random, title: str) -> str:
    """A table of villages."""
    rows, whole, done = "", 0, 0
    for place, village in enumerate(VILLAGES, 1):
        herd = chance.randrange(600, 1600)
        treated = int(herd * chance.uniform(0.7, 0.98))
        whole, done = whole + herd, done + treated
        share = number(treated / herd * 100)
        rows += f"<tr><td>{place}</td><td>{village}</td><td>{number(herd)}</td><td>{number(treated)}</td><td>{share}</td></tr>"
    rows += f"<tr><td></td><td><b>Cộng</b></td><td><b>{number(whole)}</b></td><td><b>{number(done)}</b></td><td><b>{number(done / whole * 100)}</b></td></tr>"
    return f"""<p class="c"><b>{title}</b></p><table><tr><th>TT</th><th>Thôn</th><th>Kế hoạch</th>
    <th>Thực hiện</th><th>Tỷ lệ (%)</th></tr>{rows}</table>"""


def paragraph(chance: random.Random, village: str, sector: tuple[str, str, str]) -> str:
    """One paragraph of a report, with figures of its own."""
    _, what, unit = sector
    plan = chance.uniform(40, 900)
    share = chance.uniform(62, 112)
    cause, deed, other = chance.choice(CAUSES), chance.choice(DEEDS), chance.choice(DEEDS)
    verdict = "vượt kế hoạch" if share > 100 else "thấp hơn kế hoạch"
    return (
        f"<p>Thôn {village}: {what} đạt {number(plan * share / 100)} {unit}, bằng {number(share)}% "
        f"kế hoạch năm, {verdict}; so với cùng kỳ năm trước {chance.choice(('tăng', 'giảm'))} "
        f"{number(chance.uniform(0.4, 9.7))} điểm phần trăm. Nguyên nhân chủ yếu {cause}; một phần "
        f"{chance.choice(CAUSES)}. Trong tháng, xã đã {deed}; đồng thời {other}. Dự kiến đến "
        f"{chance.randrange(5, 29):02d}/12/2026 sẽ hoàn thành phần còn lại, kinh phí ước "
        f"{number(chance.uniform(4, 240))} triệu đồng, do {chance.choice(OFFICIALS[3:9])[0]} theo dõi.</p>"
    )


def report(chance: random.Random, parts: int, villages: int, symbol: str, subject: str) -> str:
    """A long report by sector and village."""
    html = letterhead(symbol, "BÁO CÁO", subject)
    html += "<h2>I. KẾT QUẢ THỰC HIỆN</h2>"
    for part in range(parts):
        sector = SECTORS[part % len(SECTORS)]
        html += f"<h3>{part + 1}. {sector[0]}</h3>"
        for village in VILLAGES[:villages]:
            for _ in range(3):
                html += paragraph(chance, village, sector)
        html += village_table(
            chance, f"Biểu {part + 1}. {sector[0]} theo thôn (đến ngày 20/11/2026)"
        )
    html += "<h2>II. NHIỆM VỤ TRỌNG TÂM THÁNG 12</h2>"
    for place, deed in enumerate(DEEDS, 1):
        html += f"<p>{place}. Các phòng, đơn vị và các thôn tiếp tục {deed}, hoàn thành trước ngày {10 + place}/12/2026.</p>"
    return html + closing()


def lay_out(html: str, page: pymupdf.Rect = A4) -> pymupdf.Document:
    """HTML as pages with margins of NĐ 30, numbered from page 2."""
    story = pymupdf.Story(html, user_css=CSS, archive=pymupdf.Archive(str(FONTS)))
    sink = io.BytesIO()
    writer = pymupdf.DocumentWriter(sink)
    where = pymupdf.Rect(page.x0 + 85, page.y0 + 57, page.x1 - 43, page.y1 - 57)
    more = 1
    while more:
        device = writer.begin_page(page)
        more, _ = story.place(where)
        story.draw(device)
        writer.end_page()
    writer.close()
    document = pymupdf.open("pdf", sink.getvalue())
    for index in range(1, document.page_count):
        box = document[index].rect
        document[index].insert_text(
            (box.width / 2 - 8, 40), str(index + 1), fontsize=13, fontname="tiro"
        )
    return document


def keep(document: pymupdf.Document, path: Path, title: str) -> None:
    """Save small, with a title."""
    document.set_metadata({"title": title, "author": "UBND xã Mẫu Sơn"})
    document.subset_fonts()
    document.save(path, garbage=4, deflate=True, deflate_fonts=True)
    print(path.relative_to(ROOT), document.page_count, path.stat().st_size // 1024, "KiB")


def protect(paper: Path, path: Path) -> None:
    """A copy that opens with the password "mau-son" only."""
    with pymupdf.open(paper) as document:
        document.save(
            path, garbage=4, deflate=True, encryption=pymupdf.PDF_ENCRYPT_AES_256,
            owner_pw="mau-son-2026", user_pw="mau-son",
        )  # fmt: skip


def outline(document: pymupdf.Document) -> None:
    """Bookmarks at the headings."""
    rows = []
    for index, page in enumerate(document):
        for line in page.get_text().splitlines():
            head = line.strip()
            if head.startswith(("I. ", "II. ")):
                rows.append([1, head, index + 1])
            elif head[:2].rstrip(".").isdigit() and head.split(". ")[-1] in {s[0] for s in SECTORS}:
                rows.append([2 if rows else 1, head, index + 1])
    document.set_toc(rows)


def wide_tables(chance: random.Random) -> pymupdf.Document:
    """Appendix: landscape pages stored rotated, as spreadsheet programs print them."""
    html = ""
    months = "".join(f"<th>T{month}</th>" for month in range(1, 13))
    for sector in SECTORS:
        rows = "".join(
            f"<tr><td>{place}</td><td>{village}</td>"
            + "".join(f"<td>{number(chance.uniform(2, 99))}</td>" for _ in range(12))
            + f"<td>{number(chance.uniform(300, 990))}</td></tr>"
            for place, village in enumerate(VILLAGES * 2, 1)
        )
        html += f"""<h1>PHỤ LỤC: {sector[0].upper()}</h1><p class="c"><i>Đơn vị tính: {sector[2]}</i></p>
        <table><tr><th>TT</th><th>Thôn</th>{months}<th>Cả năm</th></tr>{rows}</table>
        <p class="c" style="page-break-after: always"></p>"""
    return lay_out(html, pymupdf.paper_rect("a4-l"))


def as_scan(source: pymupdf.Document, chance: random.Random) -> pymupdf.Document:
    """The same paper as somebody scanned it: grey, a little crooked, noisy."""
    scan = pymupdf.open()
    for page in source:
        pixmap = page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
        image = Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)
        image = image.rotate(
            chance.uniform(-0.9, 0.9), fillcolor=250, resample=Image.Resampling.BICUBIC
        )
        noise = Image.effect_noise(image.size, 14)
        image = Image.blend(image, noise, 0.06).filter(ImageFilter.GaussianBlur(0.5))
        target = io.BytesIO()
        image.save(target, "JPEG", quality=42)
        scan.new_page(width=A4.width, height=A4.height).insert_image(A4, stream=target.getvalue())
    return scan


def sign(path: Path) -> None:
    """A digital signature with a throw-away certificate made here."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415

    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf  # noqa: PLC0415

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, "Hoàng Văn Páo (chứng thư mẫu)"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "UBND xã Mẫu Sơn (mẫu)"),
    ])  # fmt: skip
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, *([False] * 7))
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now).not_valid_after(now + timedelta(days=3650))
        .add_extension(usage, critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    store = path.with_suffix(".p12")
    store.write_bytes(
        serialization.pkcs12.serialize_key_and_certificates(
            b"sample", key, certificate, None, serialization.BestAvailableEncryption(b"sample")
        )
    )
    signer = SimpleSigner.load_pkcs12(str(store), passphrase=b"sample")
    store.unlink()
    with path.open("rb") as source:
        meta = PdfSignatureMetadata(field_name="Signature1", reason="Mẫu", location="Mẫu Sơn")
        signed = sign_pdf(IncrementalPdfFileWriter(source), meta, signer=signer)
    path.write_bytes(signed.getvalue())


def agenda_html() -> str:
    """The programme."""
    rows = (
        ("08:00", "Khai mạc, thông qua chương trình", "Hoàng Văn Páo"),
        ("08:10", "Báo cáo kinh tế - xã hội tháng 11, nhiệm vụ tháng 12", "Lý A Sùng"),
        ("08:50", "Dự toán thu, chi ngân sách năm 2027", "Lý A Sùng"),
        ("09:20", "Kế hoạch phòng, chống đói, rét cho cây trồng, vật nuôi", "Vàng Seo Dín"),
        ("09:50", "Biểu quyết thông qua kế hoạch", "Hoàng Văn Páo"),
        ("10:05", "Kết luận, bế mạc", "Hoàng Văn Páo"),
    )
    table = "".join(
        f"<tr><td>{a}</td><td style='text-align:left'>{b}</td><td>{c}</td></tr>" for a, b, c in rows
    )
    return (
        letterhead("41/CTr-UBND", "CHƯƠNG TRÌNH", "Phiên họp thường kỳ UBND xã tháng 11 năm 2026")
        + "<p>Thời gian: 8 giờ 00, thứ Năm ngày 26 tháng 11 năm 2026, tại Hội trường tầng 2.</p>"
        + f"<table><tr><th>Giờ</th><th>Nội dung</th><th>Trình bày</th></tr>{table}</table>"
        + "<p>Các đại biểu nghiên cứu trước tài liệu; tại phiên họp chỉ thảo luận những điểm còn ý kiến khác nhau.</p>"
        + closing("CHÁNH VĂN PHÒNG", "Nguyễn Thị Minh Thu")
    )


def plan_html(chance: random.Random) -> str:
    """A draft plan."""
    html = letterhead(
        "    /KH-UBND",
        "KẾ HOẠCH",
        "Phòng, chống đói, rét cho cây trồng, vật nuôi vụ đông xuân 2026 - 2027",
    )
    for place, part in enumerate(
        ("Mục đích, yêu cầu", "Nội dung", "Kinh phí", "Tổ chức thực hiện"), 1
    ):
        html += f"<h3>{place}. {part}</h3>"
        for village in VILLAGES[: 3 + place]:
            html += paragraph(chance, village, SECTORS[place % 3])
    return html + closing()


def secret() -> pymupdf.Document:
    """A harmless paper with a secrecy stamp where stamps are."""
    document = lay_out(
        letterhead("00/BC-UBND", "BÁO CÁO", "Nội dung giả định để thử từ chối")
        + "<p>Văn bản này không có nội dung thật.</p>"
        + closing()
    )
    page = document[0]
    box = pymupdf.Rect(110, 152, 168, 176)
    page.draw_rect(box, color=(0.8, 0, 0), width=1)
    words = pymupdf.TextWriter(page.rect, color=(0.8, 0, 0))
    font = pymupdf.Font(fontfile=str(FONTS / "LiberationSerif-Bold.ttf"))
    words.append((box.x0 + 14, box.y1 - 7), "MẬT", font=font, fontsize=13)
    words.write_text(page)
    return document


def people() -> None:
    """people.csv and office.toml."""
    rows = ["name,title,unit,email,phone,role"]
    for place, (name, title, unit, role) in enumerate(OFFICIALS, 1):
        rows.append(
            f"{name},{title},{unit},canbo{place:02d}@mauson.example,0900 000 {place:03d},{role}"
        )
    for place, (name, village) in enumerate(zip(HEADS, VILLAGES, strict=True), 1):
        rows.append(f"{name},Trưởng thôn {village},Thôn {village},,0900 100 {place:03d},")
    (ROOT / "people.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (ROOT / "office.toml").write_text(
        'name = "Ủy ban nhân dân xã Mẫu Sơn"\nletterhead = ["ỦY BAN NHÂN DÂN", "XÃ MẪU SƠN"]\n'
        'place_name = "Mẫu Sơn"\nroom = "Hội trường tầng 2"\n',
        encoding="utf-8",
    )


ITEMS = (
    ("Khai mạc, thông qua chương trình", "Hoàng Văn Páo", 10, (("1.1 Chương trình.pdf", "Chương trình phiên họp", ()),)),
    ("Báo cáo kinh tế - xã hội tháng 11, nhiệm vụ tháng 12", "Lý A Sùng", 40,
     (("2.1 Báo cáo kinh tế - xã hội.pdf", "Báo cáo kinh tế - xã hội tháng 11", ()),
      ("2.2 Phụ lục số liệu.pdf", "Phụ lục số liệu", ()))),
    ("Dự toán thu, chi ngân sách năm 2027", "Lý A Sùng", 30,
     (("3.1 Tờ trình dự toán.pdf", "Tờ trình dự toán ngân sách", ()),
      ("3.2 Thuyết minh dự toán.pdf", "Thuyết minh dự toán", ("Hoàng Văn Páo", "Nông Thị Hiền", "Lý A Sùng")))),
    ("Kế hoạch phòng, chống đói, rét cho cây trồng, vật nuôi", "Vàng Seo Dín", 30,
     (("4.1 Dự thảo kế hoạch.pdf", "Dự thảo kế hoạch", ()),
      ("4.2 Công văn của tỉnh (bản quét).pdf", "Công văn của tỉnh", ()))),
    ("Biểu quyết thông qua kế hoạch", "Hoàng Văn Páo", 15, ()),
    ("Kết luận, bế mạc", "Hoàng Văn Páo", 15, ()),
)  # fmt: skip


def meeting_toml(second: bool) -> str:
    """The meeting's file; the second revision brings an item and a new version of the report."""
    members = ", ".join(f'"{row[0]}"' for row in OFFICIALS[:9])
    guests = ", ".join(f'"{name}"' for name in (*(row[0] for row in OFFICIALS[9:17]), *HEADS))
    text = f"""# A folder like this becomes an issued meeting: `meetingroom meeting issue FOLDER`.
# People are named as in the office's list, or by e-mail. A paper without `audience` is for all.
title = "Phiên họp thường kỳ UBND xã tháng 11"
kind = "ubnd_regular"
body = "UBND"
starts_at = 2026-11-26T08:00:00+07:00
place = "Hội trường tầng 2"
chair = "Hoàng Văn Páo"
secretaries = ["Hương Giang"]
members = [{members}]
guests = [{guests}]

[[link]]
title = "Hội nghị trực tuyến tỉnh về phòng, chống đói, rét"
url = "https://hop.example.vn/phong-tinh?pwd=482915"
number = "812 3456 7890"
organiser = "UBND tỉnh"
level = "province"
site = "UBND xã Mẫu Sơn"
contact = "anh Tuấn, tổ kỹ thuật, 0206 3000 111"
for_all = true
"""
    items = [*ITEMS]
    if second:
        items.insert(4, ("Công tác tiêm phòng bổ sung", "Phạm Đức Long", 10,
                         (("5.1 Công tác tiêm phòng.pdf", "Công tác tiêm phòng bổ sung", ()),)))  # fmt: skip
    for title, presenter, minutes, papers in items:
        text += f'\n[[item]]\ntitle = "{title}"\npresenter = "{presenter}"\nminutes = {minutes}\n'
        for file, name, audience in papers:
            is_new = second and file.startswith(("2.1", "5.1"))
            place = file if is_new or not second else f"../meeting/{file}"
            text += f'[[item.paper]]\nfile = "{place}"\ntitle = "{name}"\n'
            if audience:
                text += f"audience = [{', '.join(repr(one).replace(chr(39), chr(34)) for one in audience)}]\n"
    return text


def main() -> None:
    """Everything, from the same seed."""
    chance = random.Random(20261126)  # noqa: S311
    for name in ("meeting", "meeting-2", "secret", "ordinary", "protected"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
        (ROOT / name).mkdir(parents=True)
    people()
    first, second = ROOT / "meeting", ROOT / "meeting-2"
    keep(lay_out(agenda_html()), first / "1.1 Chương trình.pdf", "Chương trình phiên họp")
    for folder, seed in ((first, 1), (second, 1)):
        own = random.Random(seed)  # noqa: S311
        html = report(
            own,
            12,
            8,
            "212/BC-UBND",
            "Tình hình kinh tế - xã hội tháng 11, nhiệm vụ tháng 12 năm 2026",
        )
        if folder is second:
            html = html.replace(
                "<h2>II.",
                "<p><b>Bổ sung:</b> đến ngày 24/11/2026, toàn xã đã tiêm phòng thêm 412 con, đưa tỷ lệ chung lên 88,1%.</p><h2>II.",
            )
        document = lay_out(html)
        outline(document)
        keep(document, folder / "2.1 Báo cáo kinh tế - xã hội.pdf", "Báo cáo kinh tế - xã hội")
    keep(wide_tables(chance), first / "2.2 Phụ lục số liệu.pdf", "Phụ lục số liệu")
    signed = first / "3.1 Tờ trình dự toán.pdf"
    keep(
        lay_out(
            letterhead("61/TTr-UBND", "TỜ TRÌNH", "Về dự toán thu, chi ngân sách xã năm 2027")
            + "".join(paragraph(chance, v, SECTORS[5]) for v in VILLAGES)
            + closing()
        ),
        signed,
        "Tờ trình dự toán",
    )
    sign(signed)
    keep(
        lay_out(
            report(
                chance, 34, 8, "213/TM-UBND", "Thuyết minh dự toán thu, chi ngân sách xã năm 2027"
            )
        ),
        first / "3.2 Thuyết minh dự toán.pdf",
        "Thuyết minh dự toán",
    )
    keep(lay_out(plan_html(chance)), first / "4.1 Dự thảo kế hoạch.pdf", "Dự thảo kế hoạch")
    keep(
        as_scan(lay_out(plan_html(chance)), chance),
        first / "4.2 Công văn của tỉnh (bản quét).pdf",
        "",
    )
    keep(
        lay_out(
            letterhead("214/BC-UBND", "BÁO CÁO", "Công tác tiêm phòng bổ sung")
            + "".join(paragraph(chance, v, SECTORS[1]) for v in VILLAGES)
            + closing()
        ),
        second / "5.1 Công tác tiêm phòng.pdf",
        "Công tác tiêm phòng",
    )
    keep(secret(), ROOT / "secret" / "bao-cao.pdf", "Báo cáo")
    ordinary = (
        letterhead("88/HD-UBND", "HƯỚNG DẪN", "Về bảo mật thông tin và mật khẩu")
        + "<p>Mật khẩu phải có ít nhất 12 ký tự; mật độ dân cư không liên quan đến bảo mật. Tài liệu này không phải bí mật kinh doanh.</p>"
        + closing()
    )
    keep(lay_out(ordinary), ROOT / "ordinary" / "mật khẩu.pdf", "Hướng dẫn mật khẩu")
    protect(first / "4.1 Dự thảo kế hoạch.pdf", ROOT / "protected" / "Kế hoạch có mật khẩu.pdf")
    (first / "meeting.toml").write_text(meeting_toml(False), encoding="utf-8")
    (second / "meeting.toml").write_text(meeting_toml(True), encoding="utf-8")
    (ROOT / "LICENSE.txt").write_text(
        "Invented for meetingroom; AGPL-3.0-or-later like the program.\n"
        "The papers embed subsets of Liberation Serif, the letters of Noto Serif (SIL Open Font License 1.1).\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
