"""The dispatch with which a drill begins: invented, in the form that the house reads."""

from collections.abc import Sequence
from datetime import date, timedelta

from chongdich.universe.drill.options import Options

MOST_NAMED = 12  # communes; a dispatch does not list a whole province
_TEXT = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}/CĐ-UBND

HỎA TỐC

Bắc Kạn, ngày {day:%d} tháng {day:%m} năm {day:%Y}

CÔNG ĐIỆN
Về việc khẩn trương khoanh vùng, truy vết, dập dịch COVID-19 tại {communes} (diễn tập)

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẮC KẠN điện:

- Chủ tịch UBND huyện Ba Bể;
- Giám đốc các Sở: Y tế, Giáo dục và Đào tạo;
- Giám đốc Công an tỉnh.

Để kịp thời kiểm soát ổ dịch, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Chủ tịch UBND huyện Ba Bể chỉ đạo rà soát, lập danh sách người tiếp xúc gần, tổ chức cách ly theo quy định; báo cáo trước ngày {first:%d/%m/%Y}.

2. Giám đốc Sở Y tế:

a) Tổ chức điều tra dịch tễ, truy vết toàn bộ F1 trong 24 giờ; báo cáo trước ngày {first:%d/%m/%Y}.

b) Bảo đảm năng lực xét nghiệm, trả kết quả trong 24 giờ; báo cáo trước ngày {second:%d/%m/%Y}.

3. Giám đốc Công an tỉnh chủ trì, phối hợp với UBND huyện Ba Bể rà soát người về từ vùng dịch, báo cáo trước ngày {second:%d/%m/%Y}.

4. Giám đốc Sở Giáo dục và Đào tạo rà soát học sinh, giáo viên có tiếp xúc với ca bệnh, báo cáo trước ngày {third:%d/%m/%Y}.

5. {listed} thành lập ngay tổ COVID cộng đồng đi từng ngõ, gõ từng nhà, báo cáo trước ngày {second:%d/%m/%Y}./.

Nơi nhận:
- Như trên;
- Lưu: VT, VXNV.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nông Thế Vinh
"""  # noqa: E501  a document's paragraphs are as long as they are


def dispatch_text(options: Options, communes: Sequence[str], day: date) -> str:
    """The text of the dispatch of a day to communes ("xã Phúc Lộc"); deadlines are two, three and five days later."""
    named = communes[:MOST_NAMED]
    listed = ", ".join(f"UBND {name}" for name in named)
    later = {name: day + timedelta(days=days) for name, days in (("first", 2), ("second", 3), ("third", 5))}
    return _TEXT.format(number=900 + options.seed % 90, day=day, communes=", ".join(named), listed=listed, **later)
