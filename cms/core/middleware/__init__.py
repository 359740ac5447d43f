"""Middleware of the whole site."""

from .content_security_policy import AdminContentSecurityPolicyMiddleware
from .second_factor import SecondFactorMiddleware
from .session_limits import SessionLimitsMiddleware

__all__ = [
    "AdminContentSecurityPolicyMiddleware",
    "SecondFactorMiddleware",
    "SessionLimitsMiddleware",
]
