#!/usr/bin/env python3
"""Plays the sessions that the documents show, each against a server of its own, and compares the answers.

Every line that begins with `$ ` in a block marked `console` is run by bash, in order; what variables
and functions are set stay set. `make run` and `erpsync serve …` start a server, in place of one that runs,
on a port that is free. Ids, times, tokens and leases differ from run to run: they are compared by
their shape. `--update` writes the answers of this run into the documents.

Needs grpcurl (in the path, or named by GRPCURL) and a built server.
"""

import difflib
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
DOCUMENTS = [
    "README.md",
    "docs/life-of-an-order.md",
    "docs/life-of-a-credit-note.md",
    "docs/http.md",
    "docs/business-central-al.md",
    "docs/command-line.md",
    "docs/operating.md",
]
SERVER = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", TOP / "target")) / "debug" / "erpsync"
FOLDER = "/var/lib/erpsync"
ADDRESS = "127.0.0.1:7443"

# What differs from run to run, and what stands for it when answers are compared.
SHAPES = [
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "TIME"),
    (re.compile(r'("(?:lease|resumeToken)": ?)"[^"]*"'), r'\1"TOKEN"'),
    (re.compile(r"\d{15,}"), "ID"),
    (re.compile(r"[ \t]+"), " "),
]


def shape(text):
    for pattern, name in SHAPES:
        text = pattern.sub(name, text)
    # Maps have no order, and grpcurl shows them as they come.
    return sorted(it.strip() for it in text.splitlines() if it.strip())


def blocks(text):
    """The console blocks: where each stands, and its commands with their answers."""
    for block in re.finditer(r"```console\n(.*?)```", text, re.S):
        steps = []
        for line in block[1].splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
        yield block.span(1), steps


class Session:
    """A server, and the variables that were set so far."""

    def __init__(self, folder):
        self.folder = folder
        self.memory = ""
        self.server = None

    def serve(self, arguments):
        """Starts a server with these arguments; answers what it says."""
        self.stop()
        shown = ADDRESS
        if "--listen" in arguments:
            at = arguments.index("--listen")
            shown = arguments[at + 1]
            del arguments[at : at + 2]
        environment = {it: value for it, value in os.environ.items() if it != "DATABASE_URL"}
        self.server = subprocess.Popen(
            [SERVER, "serve", "--listen", "127.0.0.1:0", "--data", self.folder, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        said = ""
        for line in self.server.stdout:
            if line.startswith("listening on "):
                self.address = line.split()[-1]
                return said.replace(self.folder, FOLDER) + f"listening on {shown}\n"
            said += line
        sys.exit("the server did not start")

    def run(self, command):
        if command == "make run":
            return self.serve([])
        if re.fullmatch(r"erpsync serve [^|]*", command):
            return self.serve(shlex.split(command.replace(FOLDER, self.folder))[2:])
        if not self.server:
            # A document that shows no start goes on where another began.
            self.serve([])
        # What is found out once stays as it was; all else is said anew for each command.
        found = re.match(r"([A-Z_]+)=", command)
        if found:
            value = self.bash(f'{command}\nprintf %s "${found[1]}"')
            self.memory += f"{found[1]}={shlex.quote(value)}\n"
            return ""
        if re.match(r"export |[a-z]+\(\)", command):
            self.memory += command + "\n"
            return ""
        return self.bash(command)

    def bash(self, command):
        script = f"export ERPSYNC_ADDRESS=http://{ADDRESS}\n{self.memory}{command}"
        script = script.replace(FOLDER, self.folder).replace(ADDRESS, self.address)
        script = script.replace("cargo run -q --", f"{SERVER} ")
        path = f"{SERVER.parent}:{os.environ['PATH']}"
        if "GRPCURL" in os.environ:
            path = f"{pathlib.Path(os.environ['GRPCURL']).parent}:{path}"
        done = subprocess.run(
            ["bash", "-c", script],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PATH": path},
            timeout=60,
        )
        return done.stdout.replace(self.folder, FOLDER).replace(self.address, ADDRESS)

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait(timeout=60)


def play(document, update):
    """How many answers of a document differ."""
    text = (TOP / document).read_text()
    faults, pieces, end = 0, [], 0
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        session = Session(f"{folder}/data")
        try:
            for span, steps in blocks(text):
                pieces.append(text[end:span[0]])
                end = span[1]
                for command, expected in steps:
                    answer = session.run(command)
                    pieces.append(f"$ {command}\n{answer}")
                    seen, wanted = shape(answer), shape("\n".join(expected))
                    if not update and seen != wanted:
                        faults += 1
                        print(f"$ {command}")
                        print("\n".join(difflib.unified_diff(wanted, seen, document, "here", lineterm="")))
        finally:
            session.stop()
    pieces.append(text[end:])
    if update:
        (TOP / document).write_text("".join(pieces))
    print(f"{document} says what happens" if not faults else f"{faults} answers of {document} differ")
    return faults


def main(update):
    return 1 if sum(play(it, update) for it in DOCUMENTS) else 0


sys.exit(main("--update" in sys.argv[1:]))
