"""Two versions of a policy compared by meaning, in words."""

from complaintflow.policy.diff.change import Change
from complaintflow.policy.diff.comparing import diff

__all__ = ["Change", "diff"]
