"""The pages of the hall, by who looks at them: delegates and the public, screens, rooms, the
chair, moderators.
"""
