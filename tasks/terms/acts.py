"""Words of the staff's acts."""

WAYS = {"paper": "纸质材料", "hand": "专人送达", "phone": "电话报送"}
"""How a report reaches the office outside every channel."""

CALLS = {"reached": "已联系上", "promised": "答应报送", "no_answer": "无人接听", "wrong_number": "号码有误"}
"""How a telephone call may end."""

SPOKEN_WITH = frozenset({"reached", "promised"})
"""Calls after which the unit knows what it was called for."""
