"""What a table file says, read strictly: an unknown word in a table is an error, not a silence."""

from datetime import date as Day
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Kind = Literal["flag", "choice", "integer", "number", "set", "text", "list", "date"]


def _words(value: Any) -> Any:
    """Keys such as 1, 2, 3 and true are written bare in YAML and kept as text."""
    if not isinstance(value, dict):
        return value
    return {("true" if k is True else "false" if k is False else str(k)): v for k, v in value.items()}


Words = Annotated[dict[str, str], BeforeValidator(_words)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Document(Strict):
    """A document of a public body. `date` is the day of signing; None where it is not recorded."""

    number: str = ""
    date: Day | None = None
    issuer: str = ""
    title: str = ""
    signatory: str = ""
    replaces: tuple[str, ...] = ()
    verified: bool = True
    note: str = ""


class Input(Strict):
    """What a decision must know. `from` names the table (and output) that can tell it when the asker does not."""

    label: str
    kind: Kind = Field(alias="type")
    unit: str = ""
    choices: Words = {}
    default: Any = None
    source: str = Field(default="", alias="from")
    minimum: float | None = None
    maximum: float | None = None


class Output(Strict):
    """One thing a table answers."""

    label: str
    kind: Kind = Field(default="text", alias="type")
    unit: str = ""
    choices: Words = {}


class Row(Strict):
    """If all of `when` holds, then `then`. What is left out is inherited from the edition."""

    when: dict[str, Any] = {}
    then: dict[str, Any] = {}
    value: Any = None
    document: str | None = None
    clause: str | None = None
    verified: bool | None = None
    note: str = ""


class Edition(Strict):
    """What one document made of a table: from `since` up to, not including, `until`; known from `known_since`.

    Either rows, or one value, or a `gap`: words saying what is not known of these days.
    `falls_through` lets what no row answers be answered by the edition underneath.
    """

    since: Day
    until: Day | None = None
    known_since: Day | None = None
    document: str = ""
    clause: str = ""
    verified: bool = True
    checked_on: Day | None = None
    value: Any = None
    rows: tuple[Row, ...] = ()
    gap: str = ""
    falls_through: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Edition":
        if sum((self.value is not None, bool(self.rows), bool(self.gap))) != 1:
            raise ValueError("an edition has exactly one of value, rows, gap")
        if self.until and self.until <= self.since:
            raise ValueError("until must come after since")
        return self

    def all_rows(self) -> tuple[Row, ...]:
        """The rows; a plain value is one row without a condition."""
        return self.rows or (() if self.gap else (Row(value=self.value),))


class TableSource(Strict):
    """A file `tables/<pack>/<subject>/<name>.yaml`.

    `match`: `first` row that holds, or the `unique` one. `complete: false` says that some combinations are left
    unanswered on purpose. `aliases` gives one output a name of its own.
    """

    label: str
    unit: str = ""
    kind: Kind = Field(default="text", alias="type")
    choices: Words = {}
    match: Literal["first", "unique"] = "first"
    complete: bool = True
    inputs: dict[str, Input] = {}
    outputs: dict[str, Output] = {}
    aliases: dict[str, str] = {}
    checked_on: Day | None = None
    note: str = ""
    editions: tuple[Edition, ...]

    def answers(self) -> dict[str, Output]:
        """The outputs; a table of single values answers `value`."""
        single = Output(label=self.label, type=self.kind, unit=self.unit, choices=self.choices)
        return self.outputs or {"value": single}


class PackSource(Strict):
    """A file `tables/<pack>/pack.yaml`: what the pack is and the documents its tables cite."""

    label: str
    disease: bool = True
    default: bool = False
    note: str = ""
    documents: tuple[Document, ...] = ()
