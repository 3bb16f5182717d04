"""Each task in a process of its own, let go together. The last argument is how it starts: spawn or fork."""

import multiprocessing
import sys
import time

import work


def process(number, step, up, done):
    output = []
    up.wait()
    work.task(number, step, output)
    done.wait()


def main():
    tasks, step = work.arguments()
    start = time.perf_counter()
    way = multiprocessing.get_context(sys.argv[4])
    # The end of a process takes its time as well, and is no part of the work: so the end of a task is waited for.
    barriers = way.Barrier(tasks + 1), way.Barrier(tasks + 1)
    processes = [way.Process(target=process, args=(number, step, *barriers)) for number in range(tasks)]
    for each in processes:
        each.start()
    barriers[0].wait()
    up = time.perf_counter()
    barriers[1].wait()
    work.tell(start, up, time.perf_counter())
    for each in processes:
        each.join()


if __name__ == "__main__":
    main()
