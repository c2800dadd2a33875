"""Lists of bodies: where they end and where they are cut."""

import pytest

from chongdich.domain.directives.reading.units import read_units
from chongdich.kernels.text.passages import Passage

LISTS = [
    ("Sở Y tế và Công an tỉnh phối hợp truy vết", ["Sở Y tế", "Công an tỉnh"]),
    ("UBND và Trạm Y tế các xã, phường: rà soát", ["UBND và Trạm Y tế các xã, phường"]),
    ("Các sở, ban, ngành và UBND các huyện, thành phố tiếp tục", ["Các sở, ban, ngành", "UBND các huyện, thành phố"]),
    ("các Sở: Tài chính, Kế hoạch và Đầu tư và các đơn vị liên quan tham mưu",
     ["Sở Tài chính", "Sở Kế hoạch và Đầu tư", "các đơn vị liên quan"]),
    ("Sở Y tế (cơ quan thường trực), Công an tỉnh có trách nhiệm", ["Sở Y tế", "Công an tỉnh"]),
    ("Ban chỉ đạo phòng, chống dịch huyện khẩn trương đánh giá", ["Ban chỉ đạo phòng, chống dịch huyện"]),
    ("Các trường hợp mắc bệnh được điều trị", []),
    ("Bố trí kinh phí", []),
    ("Sô lượng người cách ly", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_lists_of_bodies(text, names):
    assert [unit.name for unit in read_units(Passage.of(text), 0)[0]] == names
