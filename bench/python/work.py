"""The work of the benchmarks in CPython: its arguments, one task of it, and how a script tells what it took.

A script is called as `SCRIPT TASKS sleep|count|print VALUE`. A task prints One before its step and Two after it; what
is printed is kept with its time, as the other peers do.
"""

import json
import sys
import time

MASK = (1 << 64) - 1


def arguments():
    """How many tasks, and what their step is."""
    return int(sys.argv[1]), (sys.argv[2], int(sys.argv[3]))


def count(iterations, state=1):
    """The interpreter's round, iteration by iteration."""
    for _ in range(iterations):
        state = ((state ^ (state >> 33)) * 0xFF51AFD7ED558CCD + 1) & MASK
    return state


def task(number, step, output):
    """One task that blocks."""
    name, value = step
    output.append((time.perf_counter(), number, "One"))
    if name == "sleep":
        time.sleep(value / 1000)
    elif name == "count":
        count(value)
    output.append((time.perf_counter(), number, "Two"))


def tell(start, up, end):
    """Prints what the benchmarks read: milliseconds from `start`."""
    print(json.dumps({"elapsedMs": (end - start) * 1000, "startupMs": (up - start) * 1000}))
