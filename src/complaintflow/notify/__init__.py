"""Delivery of messages: the Notifier protocol and its adapters."""
