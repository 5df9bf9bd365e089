"""Rows of an export run again by the command in their last column, through sh: the figures must be the
same to the twelve digits that a document has. usage: replay_rows.py MUSTER EXPORT.csv EVERY"""
import csv
import json
import os
import subprocess
import sys


def value_of(outcomes, name):
    """The figure of a column: NAME of the only thing, or NAME:THING by the last part of its id."""
    measure, _, thing = name.partition(":")
    values = next(o["values"] for o in outcomes if o["measure"] == measure)
    if not thing:
        assert len(values) == 1, name
        return next(iter(values.values()))
    return next(v for k, v in values.items() if k == thing or k.split("/")[-1] == thing)


def main():
    muster, path, every = sys.argv[1], sys.argv[2], int(sys.argv[3])
    env = dict(os.environ, PATH=os.path.dirname(os.path.abspath(muster)) + ":" + os.environ["PATH"])
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    head, rows = rows[0], rows[1:]
    first = head.index("status") + 1
    wrong = tried = 0
    for row in rows[::every]:
        assert len(row) == len(head), row
        command = row[-1]
        done = subprocess.run(["sh", "-c", command + " --json"], env=env, capture_output=True,
                              text=True, check=False)
        tried += 1
        if row[head.index("status")] == "failed":
            if done.returncode == 0 or row[head.index("message")] not in done.stdout + done.stderr:
                print("failed otherwise:", command, row[head.index("message")], done.stderr)
                wrong += 1
            continue
        if done.returncode > 1:
            print("does not run:", command, done.stderr)
            wrong += 1
            continue
        outcomes = json.loads(done.stdout)["outcomes"]
        measures = {o["measure"] for o in outcomes}
        for name, text in list(zip(head, row))[first:-2]:
            if name.partition(":")[0] not in measures:
                continue  # a factor
            value = value_of(outcomes, name)
            if (value is None) != (text == "") or (
                    text and float(f"{float(text):.12g}") != value):
                print(f"{name} {text} came to {value}: {command}")
                wrong += 1
    print(f"{tried} rows run again, {wrong} wrong")
    sys.exit(1 if wrong or not tried else 0)


main()
