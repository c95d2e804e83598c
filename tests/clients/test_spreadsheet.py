"""The Excel profile in LibreOffice: nothing is mangled on the way into a spreadsheet."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen


def _through_libreoffice(soffice: str, folder: Path, content: bytes) -> list[list[str]]:
    """Open a CSV as LibreOffice does by default for UTF-8, and read what its cells show."""
    (folder / "table.csv").write_bytes(content)
    command = [
        *(soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless"),
        *("--infilter=CSV:44,34,UTF8,1", "--convert-to"),
        *("csv:Text - txt - csv (StarCalc):44,34,UTF8,1,,0,false,true", "--outdir"),
        *(str(folder / "out"), str(folder / "table.csv")),
    ]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    text = (folder / "out/table.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_cells_come_out_as_they_went_in(
    address: str, tool: Callable[[str], str], tmp_path: Path
) -> None:
    """Every cell of the Chinese Excel CSV reads the same after LibreOffice opened it."""
    soffice = tool("soffice")
    with urlopen(f"{address}/v1/targets.csv?profile=excel&lang=zh") as response:
        content = response.read()
    sent = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    shown = _through_libreoffice(soffice, tmp_path, content)
    assert shown[0][:2] == ["标识", "标题"]
    assert len(shown) == len(sent) == 13
    pairs = [pair for row in zip(shown, sent, strict=True) for pair in zip(*row, strict=True)]
    changed = [(out, cell) for out, cell in pairs if out != cell]
    assert changed == [("6.1", "6.10")] * 3  # the same number; as_printed keeps its form
