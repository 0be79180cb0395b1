#!/usr/bin/env python3
"""Writes the generated part of clients that have no generator of their own: `generate.py LANGUAGE …`.

A language is a folder beside this file: `language.toml` says what is written where, the templates say
how. README.md has the rest.
"""

import pathlib
import re
import sys
import tomllib

import jinja2

import contract

HERE = pathlib.Path(__file__).resolve().parent
# Stands in the first lines of whatever is written, so that nothing else is ever removed.
MARK = "Generated from"


def main(names):
    known = sorted(it.parent.name for it in HERE.glob("*/language.toml"))
    if not names or not set(names) <= set(known):
        sys.exit(f"usage: generate.py LANGUAGE …, of {', '.join(known)}")
    for name in names:
        generate(HERE / name)


def generate(folder):
    """Writes all packages of a language."""
    language = tomllib.loads((folder / "language.toml").read_text())
    templates = environment(folder, language)
    for package in language["packages"]:
        out = (folder / package["out"]).resolve()
        read = contract.read((folder / package["proto"]).resolve(), package["name"])
        files = rendered(templates, language["files"], read, package)
        write(out, files)
        print(f"{len(files)} files in {out}")


def rendered(templates, kinds, read, package):
    """The files of a package, by their path."""
    files = {}
    for kind in kinds:
        each = kind["each"]
        for it in [read] if each == "contract" else getattr(read, f"{each}s"):
            known = {each: it, "contract": read, "package": package}
            text = templates.get_template(kind["template"]).render(known)
            path = templates.from_string(kind["path"]).render(known)
            # What comes out empty is not needed.
            if text.strip():
                files[path] = text
    return files


def write(out, files):
    """Replaces what was generated before."""
    out.mkdir(parents=True, exist_ok=True)
    for old in [it for it in out.rglob("*") if it.is_file()]:
        if MARK not in old.read_text()[:500]:
            sys.exit(f"{old} was not generated; move it, or remove it")
        if str(old.relative_to(out)) not in files:
            old.unlink()
    for path, text in files.items():
        if MARK not in text[:500]:
            sys.exit(f"the template of {path} must say \"{MARK}\" in its first lines")
        path = out / path
        path.parent.mkdir(parents=True, exist_ok=True)
        # What has not changed keeps its time, so that builds do not begin anew.
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def environment(folder, language):
    """The templates of a language, and what they may use beside Jinja's own."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def safe(name, what="types"):
        word = name if language["reserved_by_case"] else name.lower()
        return language["escape"].replace("*", name) if word in language["reserved"][what] else name

    templates.filters |= {"pascal": pascal, "camel": camel, "safe": safe, "indented": indented}
    return templates


def pascal(name):
    """`credit_note` and `CREDIT_NOTE` as `CreditNote`; what is written so already stays."""
    if "_" not in name and not name.isupper() and not name.islower():
        return name[0].upper() + name[1:]
    return "".join(it.capitalize() for it in re.split("_+", name.lower()))


def camel(name):
    """`credit_note` as `creditNote`."""
    name = pascal(name)
    return name[0].lower() + name[1:]


def indented(text, before):
    """A text with something before each line, but the first."""
    return re.sub(r"[ \t]+$", "", text.replace("\n", f"\n{before}"), flags=re.M)


if __name__ == "__main__":
    main(sys.argv[1:])
