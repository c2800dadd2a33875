"""Every kind of file becomes clean text in reading order."""

from io import BytesIO

import pytest
from docx.oxml import OxmlElement
from PIL import Image

from chongdich.core.errors import Refused
from chongdich.integrations.extraction import DEFAULT, extract
from chongdich.integrations.extraction.layout import Word, page_text
from chongdich.integrations.extraction.strokes import Headings
from chongdich.kernels.text.legacy import to_tcvn3, to_vni
from chongdich.universe import samples

from .extraction_files import HERE, numbered, pdf_file, plain_word, run_in, with_part, word_file


@pytest.mark.parametrize("path", samples.texts(), ids=lambda path: path.name)
def test_the_samples_are_read_as_they_stand(path) -> None:
    read = extract(path.read_bytes(), path.name)
    assert read.text == path.read_text(encoding="utf-8")
    assert (read.format, read.encoding, read.notes, read.used_ocr) == ("txt", "UTF-8", (), False)


def test_form_feeds_are_page_breaks_with_their_places() -> None:
    read = extract("trang một\ftrang hai".encode(), "a.txt")
    assert read.pages == ("trang một", "trang hai")
    assert [read.text[start:][:8] for start in read.page_starts] == ["trang mộ", "trang ha"]


def test_the_content_decides_not_the_name() -> None:
    assert extract(plain_word(), "cong-van.txt", limits=HERE).format == "docx"
    assert extract("Sở Y tế".encode(), "cong-van.docx", limits=HERE).format == "txt"


class TestWord:
    def read(self, build) -> str:
        return extract(word_file(build), "a.docx", limits=HERE).text

    def test_automatic_numbers_are_written_out(self) -> None:
        levels = [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "\uf0b7")]
        entries = [(0, "A"), (1, "B"), (2, "C"), (2, "D"), (3, "E"), (1, "F"), (2, "G"), (0, "H"), (1, "I")]
        lines = self.read(lambda document: numbered(document, levels, entries)).split("\n\n")
        assert lines == ["I. A", "1. B", "a) C", "b) D", "- E", "2. F", "a) G", "II. H", "1. I"]

    def test_a_number_may_name_its_parents(self) -> None:
        levels = [("upperRoman", "%1."), ("decimal", "%1.%2.")]
        text = self.read(lambda document: numbered(document, levels, [(0, "A"), (1, "B"), (1, "C")]))
        assert text.split("\n\n") == ["I. A", "I.1. B", "I.2. C"]

    def test_old_fonts_are_converted_even_where_a_run_ends_between_letter_and_mark(self) -> None:
        def build(document) -> None:
            first, second, third = (document.add_paragraph() for _ in range(3))
            run_in(first, to_tcvn3("khẩn trương truy vết"), ".VnTime")
            run_in(second, to_tcvn3("ủy ban nhân dân"), ".VnTimeH")
            vni = to_vni("thành phố")
            run_in(third, vni[:9], "VNI-Times")
            run_in(third, vni[9:], "VNI-Times")

        read = extract(word_file(build), "a.docx", limits=HERE)
        assert read.text.split("\n\n") == ["khẩn trương truy vết", "ỦY BAN NHÂN DÂN", "thành phố"]
        assert [note[:18] for note in read.notes] == ["đã chuyển từ TCVN3", "đã chuyển từ VNI-W"]

    def test_unicode_typed_in_an_old_font_stays(self) -> None:
        text = self.read(lambda document: run_in(document.add_paragraph(), "được ưu tiên", ".VnTime"))
        assert text == "được ưu tiên"

    def test_placing_tables_are_read_cell_by_cell_and_ruled_ones_row_by_row(self) -> None:
        def build(document) -> None:
            head = document.add_table(1, 2)
            head.cell(0, 0).text, head.cell(0, 1).text = "UBND TỈNH\nBẮC KẠN", "CỘNG HÒA\nĐộc lập"
            rows = document.add_table(2, 2, style="Table Grid")
            for at, text in enumerate(["Đơn vị", "Số mẫu", "Na Rì", "120"]):
                rows.cell(at // 2, at % 2).text = text

        assert self.read(build) == "UBND TỈNH\nBẮC KẠN\n\nCỘNG HÒA\nĐộc lập\n\nĐơn vị | Số mẫu\nNa Rì | 120"

    def test_deleted_text_is_out_and_inserted_text_is_in(self) -> None:
        def build(document) -> None:
            paragraph = document.add_paragraph("trước ngày ")
            for tag, text in (("w:del", "20/9"), ("w:ins", "25/9")):
                change = OxmlElement(tag)
                run = paragraph.add_run(text)._r
                paragraph._p.append(change)
                change.append(run)

        assert self.read(build) == "trước ngày 25/9"

    def test_headers_are_left_out_and_told(self) -> None:
        def build(document) -> None:
            document.sections[0].header.paragraphs[0].text = "MẬT"
            document.sections[0].footer.paragraphs[0].text = "Trang 1"
            document.add_paragraph("nội dung")

        read = extract(word_file(build), "a.docx", limits=HERE)
        assert read.text == "nội dung"
        assert read.notes == ("đã bỏ đầu trang, chân trang: «MẬT»",)


class TestPdf:
    def test_head_table_and_foot_in_reading_order(self) -> None:
        read = extract(pdf_file(), "a.pdf", limits=HERE)
        flat = " ".join(read.pages[0].split())
        assert "HUYỆN NA RÌ Số: 21/UBND-VP V/v lấy mẫu tại chợ trung tâm CỘNG HÒA XÃ HỘI" in flat
        assert "Độc lập - Tự do - Hạnh phúc Na Rì, ngày 15 tháng 9 năm 2021 Kính gửi" in flat
        assert "STT | Đơn vị | Số mẫu\n1 | Kim Lư | 120\n2 | Sơn Thành | 80" in read.pages[0]
        assert "Nơi nhận: - Như trên; - Lưu: VT. CHỦ TỊCH Lý Văn Mẫu" in flat
        assert read.pages[1] == "Trang hai tiếp theo."

    @pytest.mark.parametrize("degrees", [90, -90, 180])
    def test_a_page_laid_on_its_side_is_read_in_its_own_direction(self, degrees: int) -> None:
        source = f"#rotate({degrees}deg, reflow: true)[#block[Dòng thứ nhất nằm ngang. \\ Dòng thứ hai.]]"
        assert extract(pdf_file(source), "a.pdf", limits=HERE).text == "Dòng thứ nhất nằm ngang.\nDòng thứ hai."

    def test_the_child_process_reads_the_same(self) -> None:
        data = pdf_file()
        assert extract(data, "a.pdf") == extract(data, "a.pdf", limits=HERE)


def words(*rows: tuple[float, float, str]) -> list[Word]:
    """Rows of words in a fixed pitch: (left, top, text), letters 6 wide and 10 high."""
    placed = []
    for left, top, text in rows:
        for word in text.split():
            placed.append(Word(word, left, top, left + 6 * len(word), top + 10))
            left += 6 * (len(word) + 1)
    return placed


class TestLayout:
    def test_columns_set_a_little_apart_do_not_interleave(self) -> None:
        head = words((0, 0, "UBND TINH"), (200, 4, "CONG HOA XA HOI"), (0, 14, "BAC KAN"), (200, 18, "Doc lap Tu do"))
        body = words((0, 60, "mot dong dai chay het ca chieu ngang cua trang giay nay"))
        assert page_text(head + body).split("\n\n") == [
            "UBND TINH\nBAC KAN",
            "CONG HOA XA HOI\nDoc lap Tu do",
            "mot dong dai chay het ca chieu ngang cua trang giay nay",
        ]

    def test_a_wide_blank_in_one_line_is_no_column(self) -> None:
        line = words((0, 0, "Kinh gui:"), (120, 0, "So Y te"))
        body = words((0, 14, "mot dong dai chay het ca chieu ngang cua trang giay"))
        assert page_text(line + body).startswith("Kinh gui: So Y te\nmot dong")

    def test_a_page_number_at_the_head_is_dropped(self) -> None:
        page = words((100, 0, "2"), (0, 20, "tiep theo"))
        assert page_text(page, 2) == "tiep theo"
        assert page_text(page, 3).startswith("2")


class TestHeadings:
    def test_strokes_are_counted_in_order_over_the_pages(self) -> None:
        headings = Headings()
        assert headings.mend("L. MỤC ĐÍCH\n1. Sở Y tế\nI. NHIỆM VỤ") == "I. MỤC ĐÍCH\n1. Sở Y tế\nII. NHIỆM VỤ"
        assert headings.mend("IHI. TỔ CHỨC THỰC HIỆN\nIV. KINH PHÍ") == "III. TỔ CHỨC THỰC HIỆN\nIV. KINH PHÍ"
        assert headings.mended == 3

    @pytest.mark.parametrize("line", ["V. KINH PHÍ", "1. Sở Y tế chủ trì", "I. Mục đích chung", "l. a"])
    def test_anything_else_is_left(self, line: str) -> None:
        assert Headings().mend(line) == line


class TestOcr:
    pytest.importorskip("tesserocr", reason="the optional part «ocr» is not installed")

    @pytest.mark.slow
    @pytest.mark.parametrize("path", [p for p in samples.scans() if p.suffix != ".jpg"], ids=lambda path: path.name)
    def test_the_scans_give_nearly_all_words_of_their_texts(self, path) -> None:
        read = extract(path.read_bytes(), path.name)
        source = next(p for p in samples.texts() if p.stem == path.stem.removeprefix("scan_"))
        wanted = source.read_text(encoding="utf-8").split()
        found = set(read.text.split())
        assert sum(word in found for word in wanted) / len(wanted) > 0.93
        assert read.used_ocr
        assert "đối chiếu bản gốc" in read.notes[0]

    def test_an_empty_page_says_so(self) -> None:
        out = BytesIO()
        Image.new("L", (400, 560), 255).save(out, "PNG")
        with pytest.raises(Refused, match="Không tìm thấy chữ nào"):
            extract(out.getvalue(), "trang.png", limits=HERE)


def test_without_tesseract_the_message_says_what_to_do(monkeypatch) -> None:
    from chongdich.integrations.extraction import ocr

    monkeypatch.setattr(ocr, "data_folder", lambda: None)
    data = samples.FOLDER.joinpath("scan_cong_van_tinh.png").read_bytes()
    with pytest.raises(Refused, match="chưa cài") as no:
        extract(data, "scan.png", limits=HERE)
    assert no.value.code == "ocr_missing"


def test_a_packet_gives_its_main_file() -> None:
    from dataclasses import replace

    from chongdich.integrations.edxml import Attachment, write

    from .edxml_samples import packet

    attached = (Attachment("21.docx", plain_word()), Attachment("phu-luc.txt", b"x"))
    read = extract(write(replace(packet(), attachments=attached)), "goi.edxml", limits=HERE)
    assert read.format == "edxml"
    assert read.text.startswith("Sở Y tế chủ trì")
    assert "21.docx; còn 1 tệp kèm theo" in read.notes[0]


def test_limits_hold_in_the_child_too() -> None:
    two_pages = pdf_file()
    with pytest.raises(Refused, match="2 trang, vượt quá 1"):
        extract(two_pages, "a.pdf", limits=DEFAULT.__class__(pages=1))


def test_a_word_file_keeps_its_page_breaks() -> None:
    def build(document) -> None:
        document.add_paragraph("một")
        document.add_page_break()
        document.add_paragraph("hai")

    assert extract(word_file(build), "a.docx", limits=HERE).pages == ("một", "hai")


def test_a_part_that_is_not_xml_is_named() -> None:
    broken = with_part(plain_word(), "word/document.xml", lambda xml: xml[: len(xml) // 2])
    with pytest.raises(Refused) as no:
        extract(broken, "a.docx", limits=HERE)
    assert no.value.where == "a.docx, word/document.xml"
