"""All tasks one after the other."""

import time

import work

tasks, step = work.arguments()
start = time.perf_counter()
output = []
for number in range(tasks):
    work.task(number, step, output)
work.tell(start, start, time.perf_counter())
