"""Strangers' bytes are taken apart in a small child process that can harm nothing but itself."""
