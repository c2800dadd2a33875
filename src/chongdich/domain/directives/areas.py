"""The subject areas of a clause, in the order of screens. Pure."""

AREAS: dict[str, str] = {
    "tracing": "Truy vết",
    "quarantine": "Cách ly",
    "testing": "Xét nghiệm",
    "treatment": "Điều trị",
    "vaccination": "Tiêm chủng",
    "level": "Cấp độ dịch",
    "zone": "Khoanh vùng, chốt kiểm soát",
    "declaration": "Khai báo y tế",
    "inspection": "Kiểm tra, xử lý vi phạm",
    "relief": "An sinh, hỗ trợ",
    "logistics": "Hậu cần, kinh phí",
    "scenario": "Phương án, kịch bản",
    "communication": "Truyền thông",
    "command": "Chỉ đạo, điều hành",
    "training": "Tập huấn",
    "other": "Khác",
}
