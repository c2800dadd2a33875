"""`chongdich law …` as a clerk types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chongdich.config.cli.law import command

GOLDEN = Path(__file__).parents[1] / "golden" / "law"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHONGDICH_CACHE", str(tmp_path))


def law(*words: str) -> Result:
    return CliRunner().invoke(command, words, env={"COLUMNS": "200"})


def test_list_shows_a_subject_on_a_day() -> None:
    found = law("list", "quarantine", "--on", "29/11/2021")
    assert found.exit_code == 0
    assert "Cách ly người tiếp xúc gần (F1)" in found.output
    assert "9472/BYT-MT (chưa nhập)" in found.output


def test_show_marks_the_edition_in_force() -> None:
    found = law("show", "contacts/f1", "--on", "2021-12-29")
    assert found.exit_code == 0
    assert "➤" in next(line for line in found.output.splitlines() if "11042/BYT-DP" in line)
    assert "từ 15 phút" in found.output


def test_ask_explains() -> None:
    found = law("ask", "quarantine/contact", "--on", "16/12/2021", "protection=full")
    assert found.exit_code == 0
    assert "• Số ngày cách ly: 7 ngày" in found.output


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("ask", "quarantine/contact", "--on", "29/11/2021"), 1, "Không có quy định được ghi nhận"),
        (("ask", "contacts/f1", "--on", "29/12/2021", "distance_m=1"), 1, "masked"),
        (("show", "no/such"), 1, "Không có bảng quy định"),
        (("list", "nothing"), 1, "Không có bảng nào"),
        (("list", "--disease", "flu"), 1, "đang có: covid19, measles"),
        (("show", "contacts/f1", "--on", "31/02/2021"), 2, "không phải một ngày"),
        (("ask", "contacts/f1", "distance_m"), 2, "điều_kiện=giá_trị"),
    ],
)
def test_refusals_have_words_and_exit_codes(words: tuple[str, ...], code: int, told: str) -> None:
    found = law(*words)
    assert found.exit_code == code
    assert told in found.output


def test_changes_lists_what_took_over() -> None:
    found = law("changes", "16/12/2021", "16/12/2021")
    assert found.exit_code == 0
    assert "10696/BYT-MT" in found.output


def test_check_runs_the_tables_and_the_cases() -> None:
    found = law("check", "--cases", str(GOLDEN))
    assert found.exit_code == 0
    assert "không có lỗi" in found.output


def test_check_fails_on_a_wrong_case(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("- {name: sai, ask: contacts/f1_distance_m, on: 2021-11-29, expect: 3}", encoding="utf-8")
    found = law("check", "--cases", str(wrong))
    assert found.exit_code == 1
    assert "sai: value: mong đợi 3, được 2" in found.output
