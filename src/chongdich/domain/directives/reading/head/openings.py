"""Words that tell where a head's lists and titles end: the opening of a body, a numbered division, a body's name."""

import re

from ..vocabulary import BODY_HEADS

INTRO = re.compile(
    r"^\W{0,3}(?:thuc hien|can cu|tiep theo|sau khi|theo (?:de nghi|chi dao|tinh than|bao cao|quy "
    r"dinh|noi dung)|de (?!nghi)|ngay \d|"
    r"trong (?:thoi gian|khuon kho|nhung|tuan)|nham|xet |tren co so|hien nay|thoi gian qua|lien quan"
    r"|vua qua|duoc su|nhan duoc|"
    r"phuc dap|tra loi|thi hanh|trien khai (?:thuc hien )?(?:cong|quyet|nghi|ke|chi|thong)|hom nay"
    r"|tinh hinh|con bao|truoc tinh hinh|qua theo doi|bo y te (?:nhan|co|cam)|"
    r"(?:so|uy ban|cuc|trung tam|ban|ubnd|bo)\b.{3,60}\b(?:nhan duoc|thong bao|de nghi|yeu cau|da ban hanh|ban hanh))"
)
STRUCTURE = re.compile(r"^\W{0,2}(?:[IVX]{1,4}|\d{1,2})\s?[.)]\s|^\W{0,2}(?:dieu|phan|chuong) \w{1,4}\b", re.IGNORECASE)
BODY_HEAD = re.compile(r"^\W{0,3}(?:" + "|".join(BODY_HEADS) + r")\b")
