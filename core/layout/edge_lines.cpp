// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/edge_lines.h"

#include <algorithm>

#include "layout/text_width.h"

namespace bitwright {
namespace {

constexpr double kArrowLength = 7;
constexpr double kArrowHalfWidth = 3.5;
constexpr double kLineWidth = 1.5;
constexpr double kStubLength = 11;
constexpr double kLabelSize = 10.5;
constexpr double kLabelOffset = 5;
constexpr double kMaximumLabelWidth = 150;

bool isSideways(LayoutDirection direction)
{
    return direction == LayoutDirection::LeftToRight;
}

/// @p p moved by @p distance along the flow.
LayoutPoint along(LayoutPoint p, double distance, LayoutDirection direction)
{
    return isSideways(direction) ? LayoutPoint{p.x + distance, p.y} : LayoutPoint{p.x, p.y + distance};
}

/// +1 where the line runs with the flow from @p a to @p b, else -1.
double sense(LayoutPoint a, LayoutPoint b, LayoutDirection direction)
{
    return (isSideways(direction) ? b.x >= a.x : b.y >= a.y) ? 1 : -1;
}

void addArrow(LayoutPoint tip, double flow, LayoutDirection direction, ColourRole colour, Drawing& drawing)
{
    const LayoutPoint back = along(tip, -flow * kArrowLength, direction);
    const double dx = isSideways(direction) ? 0 : kArrowHalfWidth;
    const double dy = isSideways(direction) ? kArrowHalfWidth : 0;
    DrawnPath arrow;
    arrow.points = {tip, {back.x - dx, back.y - dy}, {back.x + dx, back.y + dy}};
    arrow.fill = colour;
    drawing.items.emplace_back(std::move(arrow));
}

void addLabel(const std::string& label, LayoutPoint port, double flow, LayoutDirection direction, Drawing& drawing)
{
    DrawnText text;
    text.size = kLabelSize;
    text.colour = ColourRole::EdgeLabel;
    text.maximum_width = kMaximumLabelWidth;
    text.text = elideEnd(label, kMaximumLabelWidth, kLabelSize);
    text.position = isSideways(direction) ? LayoutPoint{port.x + flow * kLabelOffset, port.y - kLabelOffset}
                                          : LayoutPoint{port.x + kLabelOffset, port.y + (flow > 0 ? 12 : -4)};
    drawing.items.emplace_back(std::move(text));
}

/// Both ends of a line that is not drawn between them: a short line and a dot each.
void addTunnel(const LayoutRoute& route, LayoutDirection direction, Drawing& drawing)
{
    const LayoutPoint start = route.points.front();
    const LayoutPoint end = route.points.back();
    const double flow = sense(start, end, direction);
    const std::pair<LayoutPoint, LayoutPoint> stubs[] = {{start, along(start, flow * kStubLength, direction)},
                                                         {end, along(end, -flow * (kStubLength + 4), direction)}};
    for (const auto& [port, mouth] : stubs) {
        DrawnPath line;
        line.points = {port, mouth};
        line.stroke = ColourRole::EdgeMuted;
        line.line_width = kLineWidth;
        drawing.items.emplace_back(std::move(line));
        DrawnBox dot;
        dot.box = {mouth.x - 3, mouth.y - 3, 6, 6};
        dot.radius = 3;
        dot.fill = ColourRole::Canvas;
        dot.outline = ColourRole::EdgeMuted;
        dot.line_width = kLineWidth;
        drawing.items.emplace_back(dot);
    }
    addArrow(end, flow, direction, ColourRole::EdgeMuted, drawing);
}

Box boundsOf(const std::vector<LayoutPoint>& points)
{
    if (points.empty()) return {};
    double left = points[0].x, right = left, top = points[0].y, bottom = top;
    for (const LayoutPoint& p : points) {
        left = std::min(left, p.x);
        right = std::max(right, p.x);
        top = std::min(top, p.y);
        bottom = std::max(bottom, p.y);
    }
    return {left - 4, top - 4, right - left + 8, bottom - top + 8};
}

} // namespace

std::vector<LayoutPoint> curve(const std::vector<LayoutPoint>& route, LayoutDirection direction)
{
    std::vector<LayoutPoint> points;
    if (route.empty()) return points;
    points.reserve(route.size() * 3);
    points.push_back(route.front());
    for (std::size_t i = 1; i < route.size(); ++i) {
        const LayoutPoint a = route[i - 1];
        const LayoutPoint b = route[i];
        const LayoutPoint middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
        if (isSideways(direction))
            points.insert(points.end(), {{middle.x, a.y}, {middle.x, b.y}, b});
        else
            points.insert(points.end(), {{a.x, middle.y}, {b.x, middle.y}, b});
    }
    return points;
}

Box drawEdge(const LayoutRoute& route, const EdgeStyle& style, Drawing& drawing)
{
    if (route.points.size() < 2) return {};
    const LayoutPoint start = route.points.front();
    const LayoutPoint end = route.points.back();
    if (route.kind == RouteKind::Tunnel) {
        addTunnel(route, style.direction, drawing);
    } else {
        std::vector<LayoutPoint> points = route.points;
        const double flow = sense(points[points.size() - 2], end, style.direction);
        // The line ends inside the arrow head, whose tip touches the box.
        if (style.has_arrow) points.back() = along(end, -flow * kArrowLength / 2, style.direction);
        DrawnPath line;
        line.points = curve(points, style.direction);
        line.is_cubic = true;
        line.stroke = ColourRole::Edge;
        line.line_width = kLineWidth;
        line.is_dashed = route.kind == RouteKind::Reversed;
        drawing.items.emplace_back(std::move(line));
        if (style.has_arrow) addArrow(end, flow, style.direction, ColourRole::Edge, drawing);
    }
    if (style.label != nullptr)
        addLabel(*style.label, start, sense(start, route.points[1], style.direction), style.direction, drawing);
    return boundsOf(route.points);
}

} // namespace bitwright
