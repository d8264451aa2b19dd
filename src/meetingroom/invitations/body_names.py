"""Names of offices as a sentence writes them, to undo a letterhead's capitals."""

_NAMES = """
Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Ủy ban Mặt trận Tổ quốc Việt Nam
Ủy ban Mặt trận Tổ quốc|UBMTTQ Việt Nam|Mặt trận Tổ quốc Việt Nam|MTTQ Việt Nam|Việt Nam
Văn phòng|Chính phủ|Quốc hội|Trung ương|Đoàn đại biểu Quốc hội|Đoàn ĐBQH|Thường trực|nhân dân
tỉnh|xã|phường|thành phố|huyện|thị xã|đặc khu|khu vực|cấp tỉnh|thôn
Tỉnh ủy|Thành ủy|Đảng ủy|Đảng bộ|Huyện ủy|Ban Thường vụ|Ban Chấp hành|Tỉnh đoàn|Đoàn Thanh niên
Sở|Bộ|Cục|Chi cục|Tổng cục|Vụ|Phòng|Ban|Trung tâm|Công an|Quân sự|Bộ Chỉ huy|Ban Chỉ huy
Ban Chỉ đạo|Ban Tổ chức|Ban Tuyên giáo và Dân vận|Ban Xây dựng Đảng|Ủy ban Kiểm tra|Ban Nội chính
Ban Quản lý|dự án|Bộ đội Biên phòng|Đồn Biên phòng|Phòng thủ dân sự|Hội đồng|nghĩa vụ quân sự
Nội vụ|Tài chính|Y tế|Tư pháp|Công Thương|Xây dựng|Ngoại vụ|Ngoại giao|Quốc phòng|Nông nghiệp
Nông nghiệp và Môi trường|Nông nghiệp và Phát triển nông thôn|Tài nguyên và Môi trường
Khoa học và Công nghệ|Văn hóa, Thể thao và Du lịch|Văn hóa - Xã hội|Văn hóa – Xã hội|Kinh tế
Kinh tế - Ngân sách|Kinh tế, Hạ tầng và Đô thị|Giáo dục và Đào tạo|Dân tộc và Tôn giáo|Dân tộc
Thông tin và Truyền thông|Lao động - Thương binh và Xã hội|Kế hoạch và Đầu tư|Giao thông vận tải
Thanh tra|Thống kê|Thuế|Hải quan|Kho bạc Nhà nước|Bảo hiểm xã hội|Ngân hàng Nhà nước
Ngân hàng Chính sách xã hội|Viện kiểm sát nhân dân|Tòa án nhân dân|Thi hành án dân sự
Văn thư và Lưu trữ nhà nước|Chuyển đổi số|Chuyển đổi số quốc gia|quốc gia|Chăn nuôi và Thú y
Kiểm lâm|Thủy lợi|Trồng trọt và Bảo vệ thực vật|Chính trị|Phục vụ hành chính công
Hội Nông dân|Hội Liên hiệp Phụ nữ|Hội Cựu chiến binh|Liên đoàn Lao động|Hội Chữ thập đỏ
Hội Khuyến học|Hội Người cao tuổi|Trường|Trường Chính trị|Liên minh Hợp tác xã|Đài
"""

NAMES = tuple(
    sorted(
        (one for line in _NAMES.split("\n") for one in line.split("|") if one),
        key=lambda one: -len(one.split()),
    )
)
# What follows these is the name of a place.
UNITS = frozenset(
    ("tỉnh", "xã", "phường", "phố", "huyện", "khu", "vực", "ủy", "thôn", "Tỉnh đoàn", "Đảng bộ")
)
