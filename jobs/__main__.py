"""`python -m jobs`: a worker, until SIGTERM."""

from jobs.worker import work
from monespace import logs
from monespace.config import Config

if __name__ == "__main__":
    logs.configure("worker")
    work(Config.from_env().redis_url)
