"""Each task in a thread of its own, let go together."""

import threading
import time

import work


def thread(number, step, output, barrier):
    barrier.wait()
    work.task(number, step, output)


tasks, step = work.arguments()
start = time.perf_counter()
output, barrier = [], threading.Barrier(tasks + 1)
threads = [threading.Thread(target=thread, args=(number, step, output, barrier)) for number in range(tasks)]
for each in threads:
    each.start()
barrier.wait()
up = time.perf_counter()
for each in threads:
    each.join()
work.tell(start, up, time.perf_counter())
