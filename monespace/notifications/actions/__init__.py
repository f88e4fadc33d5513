"""Tell people, sum up their day, note what they have read."""

from monespace.notifications.actions.annoncer import notify
from monespace.notifications.actions.lecture import mark_all_read, mark_read
from monespace.notifications.actions.resume import send_digests

__all__ = ["mark_all_read", "mark_read", "notify", "send_digests"]
