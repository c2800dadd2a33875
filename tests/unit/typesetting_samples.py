"""Documents written for the tests: a letter, a plan of several pages with appendices, a decision."""

from chongdich.core.official_document import (
    KINDS,
    Align,
    Appendix,
    Channel,
    Column,
    Level,
    OfficialDocument,
    Paragraph,
    PartialDate,
    Recipient,
    Secrecy,
    Signatory,
    Table,
    Urgency,
)

LETTER = OfficialDocument(
    issuing_body="Ủy ban nhân dân tỉnh Bắc Kạn",
    number="815",
    symbol="UBND-VXNV",
    place="Bắc Kạn",
    date=PartialDate(2021, 11, 30),
    abstract="tăng cường truy vết các trường hợp liên quan đến ổ dịch tại thôn Mẫu, xã Mẫu, huyện Ba Bể",
    urgency=Urgency.EXPRESS,
    addressees=("Sở Y tế", "Ban Chỉ đạo phòng, chống dịch COVID-19 các huyện, thành phố"),
    body=(
        Paragraph("Để kịp thời khoanh vùng ổ dịch, Ủy ban nhân dân tỉnh yêu cầu:"),
        Paragraph("Sở Y tế truy vết toàn bộ F1 trong 24 giờ, lấy mẫu và báo cáo kết quả trước 17 giờ.", Level.NUMBER),
        Paragraph("Ban Chỉ đạo các huyện, thành phố", Level.NUMBER, heading=True),
        Paragraph("Quản lý chặt chẽ các khu cách ly tập trung.", Level.DASH),
        Paragraph("Tuần tra hằng ngày.", Level.NUMBER, lead="Công an tỉnh:"),
    ),
    closing="Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện.",
    recipients=(
        Recipient("Như trên", "t/h", Channel.ELECTRONIC),
        Recipient("TT. Tỉnh ủy", "b/c", Channel.ELECTRONIC),
        Recipient("Đơn vị chưa có trục liên thông", "", Channel.PAPER),
    ),
    archive="VT, VXNV (V)",
    signatory=Signatory("Phó Chủ tịch", "Trần Văn Mẫu", ("TM. Ủy ban nhân dân", "KT. Chủ tịch")),
    drafter="PL",
    copies=30,
)

_SENTENCE = (
    "Thường xuyên kiểm tra, giám sát các cơ sở khám bệnh, chữa bệnh; phân luồng người có nguy cơ từ vùng dịch đến. "
)
PLAN = OfficialDocument(
    superior_body="Ủy ban nhân dân tỉnh Bắc Kạn",
    issuing_body="Ban Chỉ đạo phòng, chống dịch viêm đường hô hấp cấp do vi rút nCoV",
    symbol="KH-BCĐ",
    place="Bắc Kạn",
    date=PartialDate(2020, 12),
    kind=KINDS["KH"],
    abstract="Đáp ứng phòng, chống dịch bệnh COVID-19 trong tình hình mới trên địa bàn tỉnh Bắc Kạn năm 2020",
    secrecy=Secrecy.SECRET,
    body=(
        *(
            paragraph
            for _ in range(12)
            for paragraph in (
                Paragraph("Các hoạt động giám sát", Level.ROMAN, heading=True),
                Paragraph(_SENTENCE * 3, Level.NUMBER),
                Paragraph(_SENTENCE * 2, Level.LETTER),
            )
        ),
        Table(
            (Column("TT", 0.5, Align.CENTER), Column("Đơn vị", 3), Column("Số F1", 1, Align.RIGHT)),
            ((1, "Huyện Ba Bể", 1351), (2, "Thành phố Bắc Kạn", 24), ("", "Cộng", 1375)),
            caption="Bảng 1. Kết quả truy vết",
            total=True,
        ),
    ),
    closing="Trong quá trình thực hiện, kế hoạch được điều chỉnh theo diễn biến của dịch",
    recipients=(Recipient("Bộ Y tế", "b/c"), Recipient("UBND các huyện, thành phố")),
    archive="VT, VXNV",
    signatory=Signatory("Phó Trưởng ban Thường trực", "Trần Văn Mẫu", ("TM. Ban Chỉ đạo", "KT. Trưởng ban")),
    appendices=(
        Appendix(
            "Danh sách khu cách ly",
            (Table(tuple(Column(f"Cột {i}") for i in range(8)), tuple((f"Dòng {i}",) * 8 for i in range(50))),),
            landscape=True,
        ),
        Appendix("Mẫu báo cáo", (Paragraph("Nội dung báo cáo hằng ngày."),)),
    ),
    draft=True,
)

DECISION = OfficialDocument(
    superior_body="Ủy ban nhân dân tỉnh Bắc Kạn",
    issuing_body="Sở Y tế",
    number="05",
    symbol="QĐ-SYT",
    place="Bắc Kạn",
    date=PartialDate(2022, 1, 5),
    kind=KINDS["QĐ"],
    abstract="Về việc thành lập Đoàn kiểm tra",
    enacting_body="Giám đốc Sở Y tế",
    legal_bases=("Căn cứ Luật Phòng, chống bệnh truyền nhiễm", "Theo đề nghị của Chánh Văn phòng Sở;"),
    enacting_word="Quyết định",
    body=(
        Paragraph("Thành lập Đoàn kiểm tra gồm:", Level.ARTICLE),
        Paragraph("Ông Nguyễn Văn Mẫu, Trưởng đoàn;", Level.NUMBER),
        Paragraph("Bà Trần Thị Mẫu, Phó Trưởng đoàn.", Level.NUMBER),
        Paragraph("Chánh Văn phòng Sở chịu trách nhiệm thi hành Quyết định này", Level.ARTICLE),
    ),
    recipients=(Recipient("Như Điều 2"),),
    archive="VT, NVY (02)",
    signatory=Signatory("Giám đốc", "Tạ Văn Mẫu"),
    contact="Số 1, đường Mẫu, thành phố Bắc Kạn; thư điện tử: syt@example.gov.vn",
    circulation=("Lưu hành nội bộ",),
)
