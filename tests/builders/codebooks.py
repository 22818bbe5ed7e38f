"""A codebook as people write it."""

GOOD = """
[codes.welbevinden]
label = { nl = "Welbevinden", en = "Wellbeing" }
definition = "Hoe het met iemand gaat."

[codes.druk]
label = "Druk"
definition = "Stress."
parents = ["welbevinden", "school"]
terms = ["stress*", { term = "druk", negation = "block" }]

[codes.school]
label = "School"
definition = "Wat school vraagt."
"""
