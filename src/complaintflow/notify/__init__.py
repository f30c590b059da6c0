"""Delivery of messages: the Notifier protocol, the courier, and adapters."""
