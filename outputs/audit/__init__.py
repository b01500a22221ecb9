"""Independent audit of a written plan: from the two workbooks alone, with no code shared."""

from tierstock.outputs.audit.report import AuditResult, Check
from tierstock.outputs.audit.run import audit, audit_stamp

__all__ = ["AuditResult", "Check", "audit", "audit_stamp"]
