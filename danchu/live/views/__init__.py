"""The pages of the hall, by role: delegates and the public, screens, rooms, the chair,
moderators.
"""
