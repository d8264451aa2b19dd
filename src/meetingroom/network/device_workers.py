"""The threads on which the hub's server calls its door."""

from concurrent.futures import ThreadPoolExecutor


class Workers:
    """Threads for the door's calls, so that neither the loop nor a click waits for a disk."""

    def __init__(self) -> None:
        self.records = ThreadPoolExecutor(1, thread_name_prefix="hub-records")
        self.delivery = ThreadPoolExecutor(1, thread_name_prefix="hub-delivery")
        self.stage = ThreadPoolExecutor(1, thread_name_prefix="hub-stage")
        self.requests = ThreadPoolExecutor(3, thread_name_prefix="hub-requests")

    def stop(self) -> None:
        """Let what runs end; drop what waits."""
        for pool in (self.records, self.delivery, self.stage, self.requests):
            pool.shutdown(wait=True, cancel_futures=True)
