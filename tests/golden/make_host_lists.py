"""Writes host_lists.json: Slurm's host lists expanded by its own `scontrol show hostnames`.

Run: python3 tests/golden/make_host_lists.py   (needs Debian's slurm-client)
"""
import json
import os
import pathlib
import random
import subprocess
import tempfile

LISTS = [
    "node[01-03,07],gpu5",
    "a1",
    "a,b,,c",
    " a , b",
    "a[1-3]b[01-02]",
    "a[1-2]b[3-4]c[5-6]",
    "r[0-1]n[0-1]p[0-1]q[0-1]",
    "a[1-2][3-4]",
    "a[1-2]b[7]",
    "n[1-010]",
    "n[8-010]",
    "n[09-11]",
    "n[9-11]",
    "n[098-101]",
    "n[0-2,007]",
    "n[1-2,2]",
    "a[1-2],a[1-2]",
    "[1-3]",
    "n-[1-2]",
    "x.y-z[10-11]",
    "127.0.0.[1-2]",
    "n[00000000000000000001-00000000000000000002]",
    "tux[1-2],login,fat[001,003-005]",
]

REFUSED = ["n[3-1]", "a[b[1-2]]", "a[]", "a[1,]", "a[x]", "n[a-c]", "a[-1]", "a[1--2]", "n[0x1-0x3]", "n[1-100000]"]


def random_list(generator):
    """A list of one to three names with up to two brackets."""

    def bracket():
        ranges = []
        for _ in range(generator.randint(1, 3)):
            first = generator.randint(0, 120)
            width = generator.choice([0, 2, 3, 4])
            text = str(first).zfill(width)
            if generator.random() < 0.6:
                text += "-" + str(first + generator.randint(0, 4)).zfill(width)
            ranges.append(text)
        return "[" + ",".join(ranges) + "]"

    names = []
    for _ in range(generator.randint(1, 3)):
        name = generator.choice("abc") + generator.choice(["", "-", "node", ".x"])
        for i in range(generator.randint(0, 2)):
            name += ("p" if i else "") + bracket()
        names.append(name)
    return ",".join(names)


def expand(text):
    run = subprocess.run(["scontrol", "show", "hostnames", text], capture_output=True, text=True, check=True)
    return None if "Invalid" in run.stderr + run.stdout else run.stdout.split()


if __name__ == "__main__":
    generator = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        # scontrol needs a configuration even where it asks no daemon.
        os.environ["SLURM_CONF"] = folder + "/slurm.conf"
        pathlib.Path(os.environ["SLURM_CONF"]).write_text(
            "ClusterName=golden\nSlurmctldHost=localhost\nNodeName=localhost\n"
        )
        lists = LISTS + [random_list(generator) for _ in range(60)]
        assert all(expand(text) is None for text in REFUSED), REFUSED
        golden = {
            "slurm": subprocess.run(["scontrol", "--version"], capture_output=True, text=True).stdout.strip(),
            "expanded": {text: expand(text) for text in lists},
            "refused": REFUSED,
        }
    target = pathlib.Path(__file__).with_name("host_lists.json")
    target.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
