"""`chongdich read`: keys of the JSON, several files, files that cannot be read, exit status."""

import json
from pathlib import Path

from click.testing import CliRunner

from chongdich.config.cli.read import command

WRITTEN = Path(__file__).parents[1] / "golden" / "reading" / "written"


def test_one_file_is_keyed_by_its_base_name():
    result = CliRunner().invoke(command, ["--json", str(WRITTEN / "telegram_scan.txt")])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["telegram_scan.txt"]["symbol"] == "CĐ-UBND"


def test_several_files_make_one_object():
    files = [str(WRITTEN / f"{name}.txt") for name in ("telegram_scan", "report")]
    assert set(json.loads(CliRunner().invoke(command, ["--json", *files]).stdout)) == {
        "telegram_scan.txt",
        "report.txt",
    }


def test_an_unreadable_file_is_named_and_the_others_are_read(tmp_path):
    result = CliRunner().invoke(command, ["--json", str(tmp_path / "missing.txt"), str(WRITTEN / "report.txt")])
    assert result.exit_code == 1
    assert "missing.txt" in result.stderr
    assert json.loads(result.stdout)["report.txt"]["kind"] == "báo cáo"


def test_the_table_shows_clauses_and_doubts():
    result = CliRunner(env={"COLUMNS": "200"}).invoke(command, [str(WRITTEN / "telegram_scan.txt")])
    assert result.exit_code == 0
    assert "5 nhiệm vụ" in result.stdout


def test_a_broken_file_is_named_once(tmp_path):
    broken = tmp_path / "hong.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    result = CliRunner().invoke(command, [str(broken)])
    assert result.exit_code == 1
    assert result.stderr.count("hong.pdf") == 1


def test_areas_are_said_as_on_the_screens():
    result = CliRunner(env={"COLUMNS": "400"}).invoke(command, [str(WRITTEN / "telegram_scan.txt")])
    assert not {"tracing", "quarantine", "command", "other"} & set(result.stdout.replace("│", " ").split())
    assert any(label in result.stdout for label in ("Truy vết", "Khác", "Chỉ đạo", "Cách ly", "Xét nghiệm"))


def test_spans_come_on_demand():
    result = CliRunner().invoke(command, ["--json", "--spans", str(WRITTEN / "report.txt")])
    start, end = json.loads(result.stdout)["report.txt"]["symbol"]["span"]
    assert "45/BC-TTYT" in (WRITTEN / "report.txt").read_text(encoding="utf-8")[start:end]
