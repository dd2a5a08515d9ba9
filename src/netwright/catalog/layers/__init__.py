"""One Keras layer per file.

A file may import `layer`, `arguments`, `objects`, `tensors`, `misfits` and the helpers in `catalog.families`, never
another file of this folder.
"""
