"""Bubble charts: XlsxWriter draws none, so its clouds of points are made into some."""

from __future__ import annotations

import re

SCALE, IN_CELLS = 40, 100
"""The largest bubble, in percent of the size that Excel gives it by itself: free, or each in its cell."""
_SERIES = re.compile(rb"<c:ser>.*?</c:ser>", re.DOTALL)
_TITLE = re.compile(rb"<c:tx><c:strRef><c:f>([^<]*?)!\$([A-Z]+)\$(\d+)</c:f>")
_VALUES = re.compile(rb"<c:yVal><c:numRef><c:f>([^<]*)</c:f>")
_ROWS = re.compile(rb"\$(\d+)")
_MARKER = re.compile(rb"<c:marker>.*?</c:marker>", re.DOTALL)
_FILL = re.compile(rb"<c:marker>.*?(<c:spPr>.*?</c:spPr>).*?</c:marker>", re.DOTALL)
_LINE = re.compile(rb"(</c:tx>)<c:spPr>.*?</c:spPr>", re.DOTALL)
_BLANK_CACHE = re.compile(rb"<c:xVal><c:strRef>(<c:f>[^<]*</c:f>).*?</c:strRef>", re.DOTALL)
_LABEL_CACHE = re.compile(rb"(<c:dLbl>(?:(?!</c:dLbl>).)*?</c:f>)<c:strCache>.*?</c:strCache>")


def as_bubbles(chart: bytes) -> bytes:
    """Return a chart whose points are bubbles, or the chart as it is when it shows no points.

    The sizes of the bubbles stand under the title of their series, in its column, as many as its
    values; points whose title is in no cell have nothing but their words, which name cells.
    """
    if b"<c:scatterChart>" not in chart:
        return chart
    chart = _SERIES.sub(lambda series: _sized(series[0]), chart)
    chart = re.sub(rb"<c:scatterStyle [^>]*/>", b'<c:varyColors val="0"/>', chart)
    scale = IN_CELLS if b"<c:tx><c:v>" in chart else SCALE
    told = b'<c:bubbleScale val="%d"/><c:showNegBubbles val="0"/>' % scale
    chart = re.sub(rb"(</c:ser>)(<c:axId)", rb"\1" + told + rb"\2", chart)
    return chart.replace(b"c:scatterChart>", b"c:bubbleChart>")


def _sized(series: bytes) -> bytes:
    """Return a series of points with their sizes, filled as their markers were."""
    values, fill = _VALUES.search(series), _FILL.search(series)
    if values is None or fill is None:
        msg = "a series of points needs values in cells and a filled marker"
        raise ValueError(msg)
    series = _MARKER.sub(b"", series)
    series = _LINE.sub(rb"\1", series)
    # What a label showed at the build is no count of the firm's: only its cell is.
    series = _LABEL_CACHE.sub(rb"\1", series)
    # XlsxWriter takes a cell that is blank at the build for a word.
    series = _BLANK_CACHE.sub(rb"<c:xVal><c:numRef>\1</c:numRef>", series)
    series = series.replace(b"</c:tx>", b'</c:tx>%s<c:invertIfNegative val="0"/>' % fill[1], 1)
    series = re.sub(rb"<c:smooth [^>]*/>", b"", series)
    held = b'<c:bubbleSize><c:numRef><c:f>%s</c:f></c:numRef></c:bubbleSize><c:bubble3D val="0"/>'
    return series.replace(b"</c:ser>", held % _sizes(series, values[1]) + b"</c:ser>")


def _sizes(series: bytes, values: bytes) -> bytes:
    """Return the cells under the title of a series; without one, any figures will do: its values."""
    title = _TITLE.search(series)
    if title is None:
        return values
    rows = [int(row) for row in _ROWS.findall(values)]
    first = int(title[3]) + 1
    cells = title[1], title[2], first, title[2], first + rows[-1] - rows[0]
    return b"%s!$%s$%d:$%s$%d" % cells
