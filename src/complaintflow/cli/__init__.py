"""The command line: ``complaintflow run``, ``check``, ``test`` and the rest."""
