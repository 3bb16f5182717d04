"""All tasks at once on an event loop: asyncio.gather. Sleeps only."""

import asyncio
import time

import work


async def task(number, seconds, output):
    output.append((time.perf_counter(), number, "One"))
    await asyncio.sleep(seconds)
    output.append((time.perf_counter(), number, "Two"))


async def main():
    tasks, (_, ms) = work.arguments()
    start = time.perf_counter()
    output = []
    await asyncio.gather(*(task(number, ms / 1000, output) for number in range(tasks)))
    work.tell(start, start, time.perf_counter())


asyncio.run(main())
