"""The live hall (hội trường trực tuyến): one long line to each device, votes in groups,
numbered frames, and its pages.
"""
