"""People's Inspection Boards: what they recommend, who must answer until when, and whether it
was remedied (Law 10/2022 articles 36–40).
"""
