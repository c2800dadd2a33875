"""Short words that fold alike are told apart by their marks: "Sở" is a body, "số" a number."""

from chongdich.kernels.text.folding import fold_in_place

_RIGHT: dict[str, tuple[str, ...]] = {
    "so": ("sở", "sơ"), "bo": ("bộ", "bô", "bọ"), "ban": ("ban",), "hoi": ("hội", "hôi"), "doan": ("đoàn", "đoan"),
    "vu": ("vụ",), "cuc": ("cục",), "bao": ("báo",), "dai": ("đài",), "to": ("tổ", "tô"), "doi": ("đội",),
    "khoa": ("khoa",), "tram": ("trạm",), "phong": ("phòng",), "vien": ("viện",), "truong": ("trường",),
    "thue": ("thuế",), "ong": ("ông",), "ba": ("bà",), "tt": ("tt",), "hoc vien": ("học viện",),
    "nganh": ("ngành",), "xa": ("xã",), "huyen": ("huyện",), "tinh": ("tỉnh", "tình"), "cap": ("cấp", "câp", "cáp"),
    "thon": ("thôn",), "quan": ("quận",), "phuong": ("phường",), "cum": ("cụm",), "can": ("cần", "cân"),
}  # fmt: skip


def well_marked(folded: str, written: str) -> bool:
    """Can `written` be the word that folds to `folded` and is meant here? Text without any marks gets the benefit."""
    right = _RIGHT.get(folded)
    if right is None:
        return True
    small = written.lower()
    return small in right or small == fold_in_place(small)
