"""What the people are asked before a decision: a plan, a content in versions, a time to answer, a
summary with what was accepted and what not (Law 10/2022/QH15, articles 25–29).
"""
