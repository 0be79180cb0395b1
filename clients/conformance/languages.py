"""The folders of `clients/`, and what their `client.sh` does."""

import os
import pathlib
import signal
import subprocess
import tempfile

CLIENTS = pathlib.Path(__file__).resolve().parent.parent
TOP = CLIENTS.parent
NO_LANGUAGES = {"conformance", "templates"}

# A step that takes longer hangs. Installing and building may have to download much.
SECONDS = {"missing": 60, "install": 1800, "generate": 1200, "test": 1200, "sample": 180, "play": 600}


class Failed(Exception):
    """A command failed: what it was, and what it said."""


class Language:
    def __init__(self, name):
        self.name = name
        self.folder = CLIENTS / name
        self.script = self.folder / "client.sh"

    def missing(self):
        """Why nothing can be done with it on this machine; None if all can."""
        if not self.script.is_file():
            return f"clients/{self.name}/client.sh is not there"
        code, out, err = self._run("missing", [], {}, None)
        if code == 0:
            return None
        return " ".join(out.split()) or " ".join(err.split()) or "it does not say what is missing"

    def do(self, verb, *arguments, environment=None, folder=None, may_fail=False):
        """Does it and answers what it printed."""
        code, out, err = self._run(verb, arguments, environment or {}, folder)
        if code and not may_fail:
            what = " ".join(["client.sh", verb, *arguments])
            raise Failed(f"{what}: {code}\n{tail(out)}{tail(err)}")
        return code, out, err

    def _run(self, verb, arguments, environment, folder):
        # A group of its own, so that what it has started ends with it, and files instead of pipes, so
        # that nobody waits for what was started and holds them.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                [self.script, verb, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=folder or self.folder,
                env={**os.environ, **environment},
                start_new_session=True,
            )
            try:
                code = process.wait(timeout=SECONDS[verb])
            except subprocess.TimeoutExpired:
                code = f"took more than {SECONDS[verb]} s"
            finally:
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
                process.wait()
            out.seek(0)
            err.seek(0)
            return code, out.read().decode(errors="replace"), err.read().decode(errors="replace")


def chosen(only):
    """The languages named, or all that have a folder."""
    there = sorted(
        it.name for it in CLIENTS.iterdir() if it.is_dir() and it.name not in NO_LANGUAGES and it.name[0] != "."
    )
    unknown = [it for it in only if it not in there]
    if unknown:
        raise SystemExit(f"there is no client {', '.join(unknown)}; there are {', '.join(there)}")
    return [Language(it) for it in there if not only or it in only]


def names(text):
    """`php,go` or `php go`, as a list."""
    return [it for it in text.replace(",", " ").split() if it]


def tail(text, lines=60):
    kept = text.rstrip().splitlines()[-lines:]
    return "".join(f"    {it}\n" for it in kept)
