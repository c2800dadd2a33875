"""Which reader reads which kind of file; each is loaded only when needed."""

from .archive import check_xml, open_checked, read_entry
from .model import Extracted, Limits, refuse


def read_here(kind: str, data: bytes, filename: str, limits: Limits) -> Extracted:
    """Read a file of a known kind in this process."""
    if kind == "pdf":
        from .pdf import read_pdf

        return read_pdf(data, filename, limits)
    if kind == "image":
        from .images import read_image

        return read_image(data, filename, limits)
    if kind == "zip":
        return _read_container(data, filename, limits)
    check_xml(data, filename)
    return _read_edxml(data, filename, limits)


def _read_container(data: bytes, filename: str, limits: Limits) -> Extracted:
    archive = open_checked(data, filename, limits)
    names = [name.lower() for name in archive.namelist()]
    if "[content_types].xml" in names and any(name.startswith("word/") for name in names):
        from .word import read_word

        return read_word(data, filename, limits)
    for folder, what in (("xl/", "bảng tính Excel"), ("ppt/", "trình chiếu PowerPoint")):
        if any(name.startswith(folder) for name in names):
            raise refuse(f"Đây là {what}, không phải văn bản; hãy chuyển thành .docx hoặc PDF rồi gửi lại.", filename)
    if "content.xml" in names and "mimetype" in names:
        raise refuse("Tệp OpenDocument không đọc được; hãy «Lưu thành» kiểu .docx hoặc PDF rồi gửi lại.", filename)
    packets = [entry for entry in archive.infolist() if entry.filename.lower().endswith((".xml", ".edxml"))]
    if len(packets) == 1:
        return read_here("xml", read_entry(archive, packets[0], filename, limits), filename, limits)
    raise refuse("Tệp nén không chứa văn bản đọc được; hãy giải nén và gửi từng văn bản.", filename)


def _read_edxml(data: bytes, filename: str, limits: Limits) -> Extracted:
    from .packets import read_packet

    return read_packet(data, filename, limits)
