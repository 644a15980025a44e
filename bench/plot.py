"""plot(): an SVG of panels side by side, made with the standard library alone.

It is light or dark as the reader's system is, with a ground of its own: a page need not be so.
"""
import html
import math
import typing

WIDTH, HEIGHT = 430, 300  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 62, 18, 64, 46
STYLE = """
  .ground { fill: #ffffff }
  text { font: 12px system-ui, sans-serif; fill: #444c56 }
  .title { font-size: 14px; font-weight: 600; fill: #1f2328 }
  .grid { stroke: #d0d7de; stroke-width: 1 }
  .line { fill: none; stroke-width: 2 }
  .s0 { stroke: #0969da } .dot.s0, text.s0 { fill: #0969da; stroke: none }
  .s1 { stroke: #bc4c00 } .dot.s1, text.s1 { fill: #bc4c00; stroke: none }
  .s2 { stroke: #1a7f37 } .dot.s2, text.s2 { fill: #1a7f37; stroke: none }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 }
    text { fill: #adbac7 } .title { fill: #e6edf3 } .grid { stroke: #444c56 }
    .s0 { stroke: #6cb6ff } .dot.s0, text.s0 { fill: #6cb6ff; stroke: none }
    .s1 { stroke: #f69d50 } .dot.s1, text.s1 { fill: #f69d50; stroke: none }
    .s2 { stroke: #6bc46d } .dot.s2, text.s2 { fill: #6bc46d; stroke: none }
  }
"""
COLORS = 3


class Panel(typing.NamedTuple):
    title: str
    x_label: str
    series: dict  # by name: {x: Spread}, with the x in rising order
    doubling: bool = False  # x's steps are doublings


def plot(panels, described):
    """The picture's text; `described` is for those who cannot see it."""
    width = WIDTH * len(panels)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
             f'width="{width}" height="{HEIGHT}" role="img">',
             f"<title>{html.escape(described)}</title>", f"<style>{STYLE}</style>",
             f'<rect class="ground" width="{width}" height="{HEIGHT}" rx="6"/>']
    for number, panel in enumerate(panels):
        parts += [f'<g transform="translate({number * WIDTH} 0)">', *draw(panel), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def draw(panel):
    xs = sorted({x for points in panel.series.values() for x in points})
    place = math.log2 if panel.doubling else float
    x_of = scale(place(xs[0]) if panel.doubling else 0, place(xs[-1]), LEFT, WIDTH - RIGHT)
    ticks = ticks_to(max(spread.most for points in panel.series.values()
                         for spread in points.values()))
    y_of = scale(0, ticks[-1], HEIGHT - BOTTOM, TOP)

    yield f'<text class="title" x="{LEFT}" y="18">{html.escape(panel.title)}</text>'
    for tick in ticks:
        y = y_of(tick)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{tick:,g}</text>'
    for x in xs:
        yield (f'<text x="{x_of(place(x))}" y="{HEIGHT - BOTTOM + 18}" '
               f'text-anchor="middle">{x:,g}</text>')
    yield (f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" '
           f'text-anchor="middle">{html.escape(panel.x_label)}</text>')
    for number, (name, points) in enumerate(panel.series.items()):
        color = f"s{number % COLORS}"
        at = [(x_of(place(x)), spread) for x, spread in points.items()]
        yield (f'<text class="{color}" x="{LEFT}" y="{36 + 15 * number}">'
               f'● {html.escape(name)}</text>')
        if len(at) > 1:
            line = " ".join(f"{x},{y_of(spread.median)}" for x, spread in at)
            yield f'<polyline class="line {color}" points="{line}"/>'
        for x, spread in at:
            yield (f'<line class="{color}" stroke-width="1" x1="{x}" x2="{x}" '
                   f'y1="{y_of(spread.least)}" y2="{y_of(spread.most)}"/>')
            yield f'<circle class="dot {color}" cx="{x}" cy="{y_of(spread.median)}" r="3.5"/>'


def scale(least, most, begin, end):
    """From a measure to a place in the picture."""
    def to(value):
        part = (value - least) / (most - least) if most > least else 0.5
        return round(begin + part * (end - begin), 1)
    return to


def ticks_to(most):
    """Round numbers from 0 to at least that, about five of them."""
    if most <= 0:
        return [0, 1]
    raw = most / 5
    power = 10 ** math.floor(math.log10(raw))
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= raw)
    return [round(number * step, 10) for number in range(math.ceil(most / step) + 1)]
