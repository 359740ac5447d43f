"""Middleware of the whole site."""

from .canonical_host import CanonicalHostMiddleware
from .content_security_policy import AdminContentSecurityPolicyMiddleware
from .health import HealthMiddleware
from .request_limits import RequestLimitMiddleware
from .request_log import RequestLogMiddleware
from .second_factor import SecondFactorMiddleware
from .session_limits import SessionLimitsMiddleware

__all__ = [
    "AdminContentSecurityPolicyMiddleware",
    "CanonicalHostMiddleware",
    "HealthMiddleware",
    "RequestLimitMiddleware",
    "RequestLogMiddleware",
    "SecondFactorMiddleware",
    "SessionLimitsMiddleware",
]
