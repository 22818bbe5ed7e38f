"""Kernels of notebooks that are compared side by side."""

import nbval.kernel

START = nbval.kernel.start_new_kernel


def pytest_configure():
    nbval.kernel.start_new_kernel = start_once_more


def start_once_more(*given, **named):
    """Start a kernel, and again when it dies at once: another process took its port in between."""
    try:
        return START(*given, **named)
    except RuntimeError:
        return START(*given, **named)
