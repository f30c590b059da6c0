"""The one door for hosts: commands in, events and messages out."""
