"""The live hall (hội trường trực tuyến): a stream of numbered frames to each device,
group commit of what the devices send, and the pages.
"""
