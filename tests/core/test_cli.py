"""The command line: exit codes, streams, formats, many files, and how it behaves when things go wrong."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from netwright import __version__
from netwright.cli import main
from netwright.cli.console import Console

NETWRIGHT = [sys.executable, "-m", "netwright"]
GOOD: dict[str, Any] = {
    "netwright": 1,
    "name": "scorer",
    "inputs": {"x": {"shape": [8]}},
    "nodes": {"head": {"type": "Dense", "units": 1}},
    "edges": [["x", "head"]],
    "outputs": {"score": "head"},
}
BAD = {**GOOD, "outputs": {"score": "hed"}}
DEAD = {**GOOD, "nodes": {**GOOD["nodes"], "dead": {"type": "Dense", "units": 1}}, "edges": [["x", ["head", "dead"]]]}


def run(*words: str, stdin: bytes = b"") -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command run in this process."""
    out, err = io.StringIO(), io.StringIO()
    return main(words, Console(out, err, io.BytesIO(stdin))), out.getvalue(), err.getvalue()


def write(folder: Path, name: str, value: Any) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2))
    return str(path)


def test_exit_codes(tmp_path: Path) -> None:
    good, bad, dead = (write(tmp_path, f"{i}.json", one) for i, one in enumerate((GOOD, BAD, DEAD)))
    assert run("validate", good) == (0, "", "")
    assert run("validate", good, bad)[0] == 1
    assert run("validate", dead)[0] == 0
    assert run("validate", "--strict", dead)[0] == 1
    assert run("validate")[0] == 2
    assert run("validate", "--format", "yaml", good)[0] == 2
    assert run("nonsense")[0] == 2
    assert run()[0] == 2
    assert run("validate", str(tmp_path / "missing.json"))[0] == 3
    assert run("--version")[0] == 0


def test_a_file_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    code, out, err = run("validate", str(tmp_path / "missing.json"), write(tmp_path, "bad.json", BAD))
    assert code == 3
    assert "G301" in out
    assert "missing.json" in err


def test_standard_input() -> None:
    assert run("validate", "-", stdin=json.dumps(GOOD).encode())[0] == 0
    code, out, _ = run("validate", "-", stdin=b'{"netwright": 1,}')
    assert code == 1
    assert "-:1:16: error[S106]: there is a comma before the closing `}`\n" in out


def test_directories_hold_specs_and_other_files(tmp_path: Path) -> None:
    write(tmp_path, "a/good.json", GOOD)
    write(tmp_path, "a/package.json", {"name": "something else", "deep": {"netwright": 1}})
    write(tmp_path, ".hidden/bad.json", BAD)
    (tmp_path / "a/broken.json").write_text('{"netwright": 1,, }')
    (tmp_path / "a/foreign.json").write_text("{'no': 'spec'}")
    code, out, _ = run("validate", "--format", "json", str(tmp_path))
    report = json.loads(out)
    assert code == 1
    assert [Path(name).name for name in report["files"]] == ["broken.json", "good.json"]
    assert run("validate", str(tmp_path / ".hidden"))[0] == 1, "named itself, it is looked into"
    empty = tmp_path / "empty"
    empty.mkdir()
    code, _, err = run("validate", str(empty))
    assert code == 2
    assert "no spec found" in err


def test_only_specs_leaves_other_json_alone(tmp_path: Path) -> None:
    other = write(tmp_path, "package.json", {"name": "x"})
    assert run("validate", other)[0] == 1
    assert run("validate", "--only-specs", other) == (0, "", "")
    assert run("validate", "--only-specs", other, write(tmp_path, "bad.json", BAD))[0] == 1


def test_json_format(tmp_path: Path) -> None:
    bad = write(tmp_path, "bad.json", BAD)
    _, out, _ = run("validate", "--format", "json", bad)
    report = json.loads(out)
    (one,) = report["diagnostics"]
    line = Path(bad).read_text().splitlines()[one["line"] - 1]
    assert line[one["column"] - 1 : one["end_column"] - 1] == '"hed"'
    assert (one["file"], one["code"], one["name"], one["severity"]) == (bad, "G301", "unknown-endpoint", "error")
    assert one["path"] == ["outputs", "score", "from"]
    assert (report["errors"], report["warnings"]) == (1, 0)


def test_github_format_escapes_what_it_must(tmp_path: Path) -> None:
    name = write(tmp_path, "100%,a:b.json", BAD)
    _, out, _ = run("validate", "--format", "github", name)
    assert out.startswith("::error file=")
    head, _, text = out.strip().removeprefix("::error ").partition("::")
    assert "100%25%2Ca%3Ab.json" in head
    assert "title=G301 unknown-endpoint" in head
    assert "%0Ahelp: did you mean `head`?" in text
    assert len(out.splitlines()) == 1


def test_sarif_format(tmp_path: Path) -> None:
    _, out, _ = run("validate", "--format", "sarif", write(tmp_path, "a b.json", BAD), write(tmp_path, "d.json", DEAD))
    log = json.loads(out)
    (only,) = log["runs"]
    driver = only["tool"]["driver"]
    assert log["version"] == "2.1.0"
    assert driver["version"] == __version__
    assert [rule["id"] for rule in driver["rules"]] == ["G301", "G311"]
    for result in only["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    first = only["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"].endswith("a%20b.json")
    assert first["region"]["startLine"] > 1


def test_a_clean_run_in_every_format(tmp_path: Path) -> None:
    good = write(tmp_path, "good.json", GOOD)
    assert run("validate", "--format", "github", good)[1] == ""
    assert json.loads(run("validate", "--format", "json", good)[1])["diagnostics"] == []
    assert json.loads(run("validate", "--format", "sarif", good)[1])["runs"][0]["results"] == []


def test_summary(tmp_path: Path) -> None:
    code, out, _ = run("summary", write(tmp_path, "good.json", GOOD))
    assert code == 0
    assert "(batch, 1)" in out
    assert "parameters: 9 (9 trainable)" in out
    _, out, _ = run("summary", "--format", "json", write(tmp_path, "dead.json", DEAD))
    table = json.loads(out)
    assert table["parameters"] == {"trainable": 9, "non_trainable": 0, "total": 9}
    assert [row["used"] for row in table["nodes"]] == [True, True, False]
    code, out, err = run("summary", write(tmp_path, "bad.json", BAD))
    assert (code, out) == (1, "")
    assert "G301" in err


def test_explain() -> None:
    code, out, _ = run("explain", "c501")
    assert code == 0
    assert "unknown-output-key" in out
    assert run("explain", "unknown-output-key")[1] == out
    listing = run("explain")[1]
    assert "C501" in listing
    code, _, err = run("explain", "unknown-output-keys")
    assert code == 2
    assert "did you mean `unknown-output-key`?" in err


def test_schema() -> None:
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out)["$defs"]["node"]


def test_a_defect_is_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("netwright.cli.documents.analyse", broken)
    code, _, err = run("validate", write(tmp_path, "good.json", GOOD))
    assert code == 3
    assert "internal error: RuntimeError: boom" in err
    assert "Traceback" not in err


def test_no_control_character_of_a_file_reaches_the_terminal(tmp_path: Path) -> None:
    nasty = {**GOOD, "outputs": {"score": "\x1b[31mhead\u202e"}, "nodes": {"he\x07ad": {"type": "De\x1bnse"}}}
    path = tmp_path / "nasty.json"
    path.write_text(json.dumps(nasty, ensure_ascii=False).replace("\\u0007", "\x7f"))
    _, out, err = run("validate", str(path))
    assert all(char.isprintable() or char == "\n" for char in out + err)


def test_a_reader_that_leaves_early(tmp_path: Path) -> None:
    path = write(tmp_path, "bad.json", {**GOOD, "edges": [["x", f"n{i}"] for i in range(3000)]})
    command = f"{' '.join(NETWRIGHT)} validate {path} | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def on_a_terminal(*words: str) -> str:
    """What a person sees."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen([*NETWRIGHT, *words], stdout=follower, stderr=follower, env=environment) as process:
        os.close(follower)
        seen = b""
        while True:
            try:
                part = os.read(leader, 4096)
            except OSError:
                break
            if not part:
                break
            seen += part
        process.wait()
    os.close(leader)
    return seen.decode()


def test_colours_and_the_last_line_are_for_terminals(tmp_path: Path) -> None:
    bad = write(tmp_path, "bad.json", BAD)
    seen = on_a_terminal("validate", bad)
    assert "\x1b[1;31merror[G301]" in seen
    assert "1 error in 1 file" in seen
    assert "\x1b" not in run("validate", bad)[1]


def test_without_tensorflow_compile_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netwright.cli.documents.find_spec", lambda name: None)
    code, _, err = run("compile", write(tmp_path, "good.json", GOOD), "-o", str(tmp_path / "out"))
    assert code == 3
    assert "pip install 'netwright[tensorflow]'" in err
    assert not (tmp_path / "out").exists()


def test_compile_tells_mistakes_and_writes_nothing(tmp_path: Path) -> None:
    code, out, err = run("compile", write(tmp_path, "bad.json", BAD), "-o", str(tmp_path / "out"))
    assert (code, out) == (1, "")
    assert "G301" in err
    assert not (tmp_path / "out").exists()


def test_names_of_files_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    name = write(tmp_path, "a\x1b[31mX\u202e.json", BAD)
    for form in ("text", "json", "github", "sarif"):
        _, out, err = run("validate", "--format", form, name)
        assert all(char.isprintable() or char == "\n" for char in out + err), form
    _, out, err = run("validate", f"{name}.missing")
    assert all(char.isprintable() or char == "\n" for char in out + err)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    good = write(tmp_path, "good.json", GOOD)
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "link.json").symlink_to(tmp_path / "nowhere.json")
    assert run("validate", str(tmp_path))[0] == 0, "in a directory, only files are looked at"
    for name in (str(tmp_path / ("x" * 300)), str(tmp_path / "link.json"), good + "/inside.json"):
        code, _, err = run("validate", name, good)
        assert code == 3
        assert "Traceback" not in err
        assert "internal error" not in err
    (tmp_path / "empty.json").write_text("")
    assert run("validate", str(tmp_path / "empty.json"))[0] == 1
    assert run("validate", "--max-size", "1000", "/dev/zero")[0] == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_closed_streams(tmp_path: Path, closed: str) -> None:
    good = write(tmp_path, "good.json", GOOD)
    command = f"{' '.join(NETWRIGHT)} validate {good} {closed}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_full_disk_behind_standard_output(tmp_path: Path) -> None:
    bad = write(tmp_path, "bad.json", BAD)
    command = f"{' '.join(NETWRIGHT)} validate {bad} > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "No space left" in done.stderr
    assert "defect" not in done.stderr


def test_file_names_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(bytes(tmp_path) + b"/b\xe9d.json")
    Path(name).write_text(json.dumps(BAD))
    for form in ("text", "json", "github", "sarif"):
        assert run("validate", "--format", form, name)[0] == 1, form


def test_sizes_that_are_none(tmp_path: Path) -> None:
    for size in ("0", "-1", "x", "9" * 30, "٣"):
        assert run("validate", "--max-size", size, write(tmp_path, "good.json", GOOD))[0] == 2
