"""Colours as people see them: contrast (WCAG 2.1) and distance, also with the three kinds of colour blindness."""

import numpy as np
from matplotlib.colors import to_rgb

# Machado, Oliveira and Fernandes 2009, severity 1: what linear RGB becomes.
VISIONS = {
    "usual": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]}
TO_XYZ = np.array([[0.412456, 0.357576, 0.180438], [0.212673, 0.715152, 0.072175], [0.019334, 0.119192, 0.950304]])


def linear(colour):
    """Linear RGB of a colour."""
    c = np.array(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(a, b):
    """Contrast of two colours, from 1 to 21."""
    low, high = sorted(TO_XYZ[1] @ linear(c) for c in (a, b))
    return (high + 0.05) / (low + 0.05)


def lab(rgb):
    """CIELAB of linear RGB, white D65."""
    t = TO_XYZ @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    x, y, z = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(a, b):
    """The smallest distance (CIE 1976 ΔE) of two colours over all kinds of colour vision; 2 is just to be seen."""
    return min(np.linalg.norm(lab(vision @ linear(a)) - lab(vision @ linear(b)))
               for vision in map(np.array, VISIONS.values()))


def dark(colour):
    """What a dark theme makes of a figure's colour, see `crease.plot.THEMES`: inverted, its hue turned by 180°."""
    inverted = 1 - np.array(to_rgb(colour))
    grey = np.array([0.213, 0.715, 0.072]) @ inverted  # hue-rotate of CSS Filter Effects
    return np.clip(2 * grey - inverted, 0, 1)
