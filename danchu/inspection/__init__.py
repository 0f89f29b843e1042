"""People's Inspection Boards and Community Investment Supervision Boards: their terms, rounds,
findings, recommendations and reports (Law 10/2022 articles 36–45).
"""
