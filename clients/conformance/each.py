#!/usr/bin/env python3
"""Does one thing for each client: `each.py install|generate|fresh [--only php,go] [--require php,go]`.

    install   installs what its tools are, as far as that can be done here
    generate  writes its `gen/` anew from `proto/`
    fresh     the same, and fails if that makes a difference: what is committed must be what would be generated

A language whose tools are not on this machine is named as skipped; with `--require` that fails.
"""

import argparse
import subprocess
import sys

from languages import TOP, Failed, chosen, names, tail


def differences(language):
    """What differs in the folders `gen` of a language from what git has, files that it has not among them."""
    folders = [f":(glob)clients/{language.name}/gen/**", f":(glob)clients/{language.name}/**/gen/**"]
    changed = git("diff", "--name-status", "--", *folders)
    unknown = git("ls-files", "--others", "--exclude-standard", "--", *folders)
    return changed + "".join(f"?\t{it}\n" for it in unknown.splitlines())


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=TOP, check=True, stdout=subprocess.PIPE, text=True).stdout


def do(verb, language):
    language.do("generate" if verb == "fresh" else verb)
    if verb == "fresh" and differences(language):
        raise Failed(f"gen/ is not what `make clients` writes:\n{tail(differences(language))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["install", "generate", "fresh"])
    parser.add_argument("--only", type=names, default=[], metavar="LANGUAGES")
    parser.add_argument("--require", type=names, default=[], metavar="LANGUAGES")
    arguments = parser.parse_args()

    languages = chosen(arguments.only)
    chosen(arguments.require)
    passed, failed, skipped = 0, 0, 0
    for language in languages:
        why = None
        if not language.script.is_file() or arguments.verb != "install":
            why = language.missing()
        try:
            if why is None:
                do(arguments.verb, language)
                # What could not be installed is said here, not found out later.
                why = language.missing()
        except Failed as cause:
            failed += 1
            print(f"FAILED {language.name}: {cause}", flush=True)
            continue
        if why is None:
            passed += 1
            print(f"{arguments.verb} {language.name}: done", flush=True)
        else:
            skipped += 1
            print(f"skipped {language.name}: {why}", flush=True)
            if language.name in arguments.require:
                failed += 1
                print(f"FAILED {language.name}: it was skipped, and is required", flush=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
