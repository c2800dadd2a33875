"""Rules laid over the law at run time: a province's own document, or a what-if of a scenario."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from chongdich.core.errors import Refused
from chongdich.regulations.sources import Document, Edition
from chongdich.regulations.table import Table, Version, compile_edition

Kind = Literal["province", "what_if"]
LAYERS = {"province": 1, "what_if": 2}


# What a reader of YAML finds wrong, in the words of who wrote it; a table's own words come from the table.
_WRONG = {
    "extra_forbidden": "bảng không có mục này", "missing": "còn thiếu", "dict_type": "phải là các cặp “tên: giá trị”",
    "tuple_type": "phải là một danh sách các dòng", "string_type": "phải là chữ", "date_type": "phải là ngày",
    "date_from_datetime_parsing": "phải là ngày (năm-tháng-ngày)", "bool_type": "phải là true hoặc false",
    "value_error": "phải có đúng một trong value, rows, gap; và ngày hết phải sau ngày bắt đầu",
}  # fmt: skip


@dataclass(frozen=True)
class Overlay:
    """New editions for tables that exist. An overlay answers before the law on the days it covers.

    `editions` maps a table's name to an edition as written in YAML (`since`, `until`, `value` or `rows`, …).
    A province's document needs number, day and signatory; a what-if needs a label only.
    """

    kind: Kind
    document: Document
    editions: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def province(
        cls, *, number: str, signed_on: date, signatory: str, editions: dict[str, dict[str, Any]], issuer: str = ""
    ) -> "Overlay":
        """A document of the province. Refused when it does not say who decided, when, under which number."""
        wanted = {"số văn bản": number.strip(), "người ký": signatory.strip(), "ngày ký": signed_on}
        lacking = [words for words, given in wanted.items() if not given]
        if lacking:
            raise Refused(f"Quy định của địa phương phải có {', '.join(lacking)}.", "văn bản", "law_overlay")
        return cls("province", Document(number=number, date=signed_on, signatory=signatory, issuer=issuer), editions)

    @classmethod
    def what_if(cls, label: str, editions: dict[str, dict[str, Any]]) -> "Overlay":
        """Values tried in a scenario; every decision that rests on them says so."""
        return cls("what_if", Document(number=f"giả định “{label}”", verified=False), editions)

    def record(self) -> dict[str, Any]:
        """As JSON values, to be kept; `from_record` reads it back."""
        written = TypeAdapter(dict[str, Any]).dump_python(self.editions, mode="json")
        return {"kind": self.kind, "document": self.document.model_dump(mode="json"), "editions": written}

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> "Overlay":
        return cls(record["kind"], Document.model_validate(record["document"]), record["editions"])

    def version(self, table: Table, written: dict[str, Any]) -> Version:
        """The edition compiled for a table; Refused naming what is wrong."""
        try:
            edition = Edition.model_validate({**written, "document": self.document.number})
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "nội dung"
            raise Refused(
                f"{where}: {_WRONG.get(first['type'], 'không hợp lệ')}.", table.name, "law_overlay"
            ) from error
        if self.kind == "what_if":
            edition = edition.model_copy(update={"verified": False})
        documents = {**table.documents, self.document.number: self.document}
        return compile_edition(table, edition, documents, LAYERS[self.kind], self.kind)
