"""The marks of a picture as numbers: dots, intervals and the cells of a grid."""

import numpy as np
from matplotlib.collections import LineCollection, PathCollection, QuadMesh
from matplotlib.colors import to_hex


def _collections(figure, kind):
    return [one for one in figure.picture.axes[0].collections if isinstance(one, kind)]


def dots(figure):
    """Return x of each dot, in the order of the rows."""
    return [float(x) for marks in _collections(figure, PathCollection)
            for x in marks.get_offsets()[:, 0]]


def faces(figure):
    """Return the colour inside each dot."""
    return [to_hex(colour) for marks in _collections(figure, PathCollection)
            for colour in marks.get_facecolors()]


def intervals(figure):
    """Return (low, high, width of the line) of each interval, in the order of the rows."""
    low, high = figure.picture.axes[0].get_xlim()
    return [(float(piece[0, 0]), float(piece[1, 0]), lines.get_linewidth()[0])
            for lines in _collections(figure, LineCollection) for piece in lines.get_segments()
            if piece[0, 1] == piece[1, 1] and (piece[0, 0], piece[1, 0]) != (low, high)]


def cell_colours(figure):
    """Return the colour of each cell of a grid, row by row; None where there is none."""
    (mesh,) = _collections(figure, QuadMesh)
    mesh.update_scalarmappable()
    shape = np.shape(mesh.get_array())
    colours = [to_hex(one) if one[3] else None for one in mesh.get_facecolors()]
    return [colours[place:place + shape[1]] for place in range(0, len(colours), shape[1])]


def cell_corners(axes):
    """Return (left, top, right, bottom) of each coloured cell of the grids in axes, in pixels."""
    for mesh in axes.collections:
        if isinstance(mesh, QuadMesh):
            places = axes.transData.transform(mesh.get_coordinates().reshape(-1, 2))
            places = places.reshape(mesh.get_coordinates().shape)
            coloured = ~np.ma.getmaskarray(mesh.get_array()).reshape(-1)
            for first, last, one in zip(places[:-1, :-1].reshape(-1, 2),
                                        places[1:, 1:].reshape(-1, 2), coloured, strict=True):
                if one:
                    yield *first, *last
