"""A README shows its samples as they are."""

import re

from languages import Failed

SAMPLES = ["set_stock", "watch_stock", "submit_order", "take_orders", "credit_return"]


def check(language):
    """Every block that follows `<!-- samples/FILE -->` is that file; all five samples are shown."""
    path = language.folder / "README.md"
    if not path.is_file():
        raise Failed(f"clients/{language.name}/README.md is not there")
    faults, shown = [], []
    for file, block in blocks(path.read_text()):
        sample = language.folder / file
        if not sample.is_file():
            faults.append(f"README.md shows {file}, which is not there")
        elif block is None:
            faults.append(f"README.md: no fenced block follows <!-- {file} -->")
        elif block.rstrip("\n") != sample.read_text().rstrip("\n"):
            faults.append(f"README.md shows {file} otherwise than it is")
        shown.append(plain(file))
    for sample in SAMPLES:
        if not any(plain(sample) in it for it in shown):
            faults.append(f"README.md does not show the sample {sample}")
    if faults:
        raise Failed("".join(f"{it}\n" for it in faults).rstrip())


def blocks(text):
    """Each file that is to be shown, with what is shown; None where nothing is."""
    for mark in re.finditer(r"^<!-- (samples/\S+) -->[ \t]*\n", text, re.M):
        block = re.compile(r"\s*^(`{3,}|~{3,})[^\n]*\n(.*?)^\1[ \t]*$", re.M | re.S).match(text, mark.end())
        yield mark[1], block and block[2]


def plain(name):
    """`SetStock`, `set-stock` and `set_stock` are one."""
    return name.lower().replace("_", "").replace("-", "")
