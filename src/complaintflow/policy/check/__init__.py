"""What can be said of a policy without running it: findings with codes, places and examples."""

from complaintflow.policy.check.checking import check
from complaintflow.policy.check.finding import Example, Finding

__all__ = ["Example", "Finding", "check"]
