"""Bubble charts: XlsxWriter draws none, so its clouds of points are made into some."""

from __future__ import annotations

import re

SCALE = 40
"""The largest bubble, in percent of the size that Excel gives it by itself."""
_SERIES = re.compile(rb"<c:ser>.*?</c:ser>", re.DOTALL)
_TITLE = re.compile(rb"<c:tx><c:strRef><c:f>([^<]*?)!\$([A-Z]+)\$\d+</c:f>")
_ROWS = re.compile(rb"<c:yVal><c:numRef><c:f>[^<]*?!\$[A-Z]+\$(\d+)(?::\$[A-Z]+\$(\d+))?</c:f>")
_MARKER = re.compile(rb"<c:marker>.*?</c:marker>", re.DOTALL)
_FILL = re.compile(rb"<c:marker>.*?(<c:spPr>.*?</c:spPr>).*?</c:marker>", re.DOTALL)
_LINE = re.compile(rb"(</c:tx>)<c:spPr>.*?</c:spPr>", re.DOTALL)


def as_bubbles(chart: bytes) -> bytes:
    """Return a chart whose points are bubbles, or the chart as it is when it shows no points.

    The size of a bubble is what its row holds under the title of its series.
    """
    if b"<c:scatterChart>" not in chart:
        return chart
    chart = _SERIES.sub(lambda series: _sized(series[0]), chart)
    chart = re.sub(rb"<c:scatterStyle [^>]*/>", b'<c:varyColors val="0"/>', chart)
    scale = b'<c:bubbleScale val="%d"/><c:showNegBubbles val="0"/>' % SCALE
    chart = re.sub(rb"(</c:ser>)(<c:axId)", rb"\1" + scale + rb"\2", chart)
    return chart.replace(b"c:scatterChart>", b"c:bubbleChart>")


def _sized(series: bytes) -> bytes:
    """Return a series of points with their sizes, filled as their markers were."""
    title, rows, fill = _TITLE.search(series), _ROWS.search(series), _FILL.search(series)
    if title is None or rows is None or fill is None:
        msg = "a series of points needs a title in a cell, values on rows, and a filled marker"
        raise ValueError(msg)
    sizes = b"%s!$%s$%s:$%s$%s" % (title[1], title[2], rows[1], title[2], rows[2] or rows[1])
    series = _MARKER.sub(b"", series)
    series = _LINE.sub(rb"\1", series)
    series = series.replace(b"</c:tx>", b'</c:tx>%s<c:invertIfNegative val="0"/>' % fill[1], 1)
    series = re.sub(rb"<c:smooth [^>]*/>", b"", series)
    held = b'<c:bubbleSize><c:numRef><c:f>%s</c:f></c:numRef></c:bubbleSize><c:bubble3D val="0"/>'
    return series.replace(b"</c:ser>", held % sizes + b"</c:ser>")
