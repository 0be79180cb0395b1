#!/usr/bin/env python3
"""Lets every client play the scenario, its samples and its own tests, against one server.

    run.py [--only php,go] [--require php,go] [--play]
    run.py --serve

A language whose tools are not on this machine is named as skipped; with `--require` that fails. `--play`
plays the scenario alone, `--serve` starts server and line with a fresh environment, prints what a player needs to know, and waits.

The server is $ERPSYNC_SERVER, else target/debug/erpsync.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time

import readme
import samples
from languages import TOP, Failed, chosen, names, tail
from line import Line
from server import Server

HERE = pathlib.Path(__file__).resolve().parent
SCENARIO, WRONG = HERE / "scenario.json", HERE / "wrong.json"


def player_environment(line, tokens, table=SCENARIO):
    return {
        "ERPSYNC_SCENARIO": str(table),
        "ERPSYNC_ADDRESS": line.address,
        "ERPSYNC_LINE": line.orders_address,
        "ERPSYNC_ERP_TOKEN": tokens["erp"],
        "ERPSYNC_SHOP_TOKEN": tokens["shop-a"],
        "ERPSYNC_SHOP_B_TOKEN": tokens["shop-b"],
        "ERPSYNC_TOOL_TOKEN": tokens["tool"],
    }


def names_of(table):
    return [it["name"] for it in json.loads(table.read_text())["steps"]]


def play(language, server):
    """Plays the scenario; answers how many steps it has."""
    steps = names_of(SCENARIO)
    line = Line(server.port)
    try:
        environment = player_environment(line, server.environment(f"{language.name}-scenario"))
        code, out, err = language.do("play", environment=environment, may_fail=True)
        ok, not_ok = reported(steps, out)
        faults = [*not_ok, *unlike(steps, out)]
        if code != 0 and not faults:
            faults.append(f"the player ended with {code}")
        if not line.seen:
            faults.append("no call came through ERPSYNC_ADDRESS")
        if line.waits_for():
            faults.append(f"in the end: {line.waits_for()}")
    finally:
        line.close()
    if faults:
        raise Failed("the scenario:\n" + "".join(f"    {it}\n" for it in faults) + tail(err))
    return len(ok)


def play_wrong(language, server):
    """Plays a table of which nothing is so: a player that does not look would say that all is well."""
    steps = names_of(WRONG)
    line = Line(server.port)
    try:
        environment = player_environment(line, server.environment(f"{language.name}-wrong"), WRONG)
        code, out, err = language.do("play", environment=environment, may_fail=True)
    finally:
        line.close()
    ok, _ = reported(steps, out)
    faults = [f"it did not see what is wrong: {it}" for it in ok] + unlike(steps, out)
    if code == 0:
        faults.append("it ended with 0")
    if faults:
        raise Failed("the player and wrong.json:\n" + "".join(f"    {it}\n" for it in faults) + tail(err))


def reported(steps, out):
    """The names that a player has said to be ok, and its lines about others."""
    lines = out.splitlines()
    ok = [name_in(steps, it[3:]) for it in lines if it.startswith("ok ")]
    return ok, [it for it in lines if it.startswith("not ok ")]


def name_in(steps, text):
    """Names may hold colons, and reasons follow one: the longest that fits is meant."""
    fitting = [it for it in steps if text.strip() == it or text.startswith(f"{it}:")]
    return max(fitting, key=len, default=text.strip())


def unlike(steps, out):
    """Where what was reported are not the steps of the table, each once and in order."""
    said = [it.partition("ok ")[2] for it in out.splitlines() if it.startswith(("ok ", "not ok "))]
    told = [name_in(steps, it) for it in said]
    faults = [f"not reported: {it}" for it in steps if it not in told]
    faults += [f"reported, but not in the table: {it}" for it in told if it not in steps]
    faults += [f"reported twice: {it}" for it in sorted(set(told)) if told.count(it) > 1]
    if not faults and told != steps:
        faults.append("the steps were reported in another order than they have")
    return faults


def check(language, server, scenario_alone):
    """Everything of one client; answers what was done."""
    if scenario_alone:
        count = play(language, server)
        play_wrong(language, server)
        return f"{count} steps"
    done = []
    language.do("test")
    done.append("its own tests")
    readme.check(language)
    done.append("README")
    samples.play(language, server)
    done.append("samples")
    done.append(f"{play(language, server)} steps")
    play_wrong(language, server)
    return ", ".join(done)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", type=names, default=[], metavar="LANGUAGES")
    parser.add_argument("--require", type=names, default=[], metavar="LANGUAGES")
    parser.add_argument("--play", action="store_true")
    parser.add_argument("--serve", action="store_true")
    arguments = parser.parse_args()

    languages = chosen(arguments.only)
    chosen(arguments.require)
    program = os.environ.get("ERPSYNC_SERVER") or TOP / "target" / "debug" / "erpsync"
    if not pathlib.Path(program).is_file():
        sys.exit(f"there is no server at {program}: build it (cargo build), or name one with ERPSYNC_SERVER")

    passed, failed, skipped = 0, 0, 0
    # The server's Postgres does not run as root; another user must get to its folder.
    with tempfile.TemporaryDirectory(prefix="erpsync-clients-") as folder:
        os.chmod(folder, 0o755)
        server = Server(program, folder)
        try:
            if arguments.serve:
                return serve(server)
            for language in languages:
                begin = time.monotonic()
                why = language.missing()
                if why:
                    skipped += 1
                    print(f"skipped {language.name}: {why}", flush=True)
                    if language.name in arguments.require:
                        failed += 1
                        print(f"FAILED {language.name}: it was skipped, and is required", flush=True)
                    continue
                try:
                    done = check(language, server, arguments.play)
                    passed += 1
                    print(f"passed {language.name}: {done} ({time.monotonic() - begin:.0f} s)", flush=True)
                except (Failed, RuntimeError) as cause:
                    failed += 1
                    print(f"FAILED {language.name}: {cause}", flush=True)
        finally:
            server.stop()
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed + skipped else 0


def serve(server):
    line = Line(server.port)
    for name, value in player_environment(line, server.environment("by-hand")).items():
        print(f"export {name}={value}", flush=True)
    print("# The server is up until this ends (Ctrl-C).", flush=True)
    try:
        while server.process.poll() is None:
            time.sleep(1)
    except KeyboardInterrupt:
        pass
    line.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
