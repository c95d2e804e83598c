"""Packages: archives, descriptors and schemas that carry data whole to where they are used."""
