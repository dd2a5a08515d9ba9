"""What Keras offers, declared once: layers one type per file, everything else one family per file.

Nothing here is imported before a document asks for it by name.
"""
