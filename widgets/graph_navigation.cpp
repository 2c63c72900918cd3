// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_navigation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace bitwright {
namespace {

struct Middle {
    double across;
    double along;
};

Middle middleOf(const GraphScene& scene, std::int32_t element)
{
    const Box& box = scene.element(element).bounds;
    const double x = box.x + box.width / 2;
    const double y = box.y + box.height / 2;
    return scene.direction == LayoutDirection::TopToBottom ? Middle{x, y} : Middle{y, x};
}

/// Elements with ids one step along the flow; elements without an id are passed through.
std::vector<std::int32_t> nextAlong(const GraphScene& scene, std::int32_t element, bool forward)
{
    std::vector<std::int32_t> reached;
    std::vector<std::int32_t> open{element};
    for (std::size_t i = 0; i < open.size(); ++i) {
        const auto edges = forward ? scene.index.edgesOutOf(open[i]) : scene.index.edgesInto(open[i]);
        for (const std::int32_t e : edges) {
            const std::int32_t other = forward ? scene.element(e).to : scene.element(e).from;
            const bool is_silent = scene.element(other).id.empty();
            std::vector<std::int32_t>& list = is_silent ? open : reached;
            if (std::ranges::find(list, other) == list.end()) list.push_back(other);
        }
    }
    return reached;
}

std::int32_t straightest(const GraphScene& scene, std::int32_t element, const std::vector<std::int32_t>& candidates)
{
    const Middle here = middleOf(scene, element);
    std::int32_t best = -1;
    double least = std::numeric_limits<double>::infinity();
    for (const std::int32_t c : candidates) {
        const Middle there = middleOf(scene, c);
        const double distance = std::abs(there.across - here.across) + std::abs(there.along - here.along) * 1e-3;
        if (distance >= least) continue;
        least = distance;
        best = c;
    }
    return best;
}

/// The nearest element beside @p element whose middle lies within its extent along the flow.
std::int32_t beside(const GraphScene& scene, std::int32_t element, bool towards_larger)
{
    const Middle here = middleOf(scene, element);
    const Box& box = scene.element(element).bounds;
    const double reach = (scene.direction == LayoutDirection::TopToBottom ? box.height : box.width) / 2 + 1;
    std::int32_t best = -1;
    double least = std::numeric_limits<double>::infinity();
    const auto count = static_cast<std::int32_t>(scene.drawing.elements.size());
    for (std::int32_t e = scene.index.firstNonEdge(); e < count; ++e) {
        if (e == element || scene.element(e).id.empty()) continue;
        const Middle there = middleOf(scene, e);
        const double distance = towards_larger ? there.across - here.across : here.across - there.across;
        if (distance <= 0 || distance >= least || std::abs(there.along - here.along) > reach) continue;
        least = distance;
        best = e;
    }
    return best;
}

/// The first in reading order, or the last.
std::string extremeId(const GraphScene& scene, bool last)
{
    const DrawingElement* best = nullptr;
    for (const DrawingElement& element : scene.drawing.elements) {
        if (element.kind == ElementKind::Edge || element.id.empty()) continue;
        const auto precedes = [](const Box& a, const Box& b) { return a.y < b.y || (a.y == b.y && a.x < b.x); };
        if (best == nullptr || (last ? precedes(best->bounds, element.bounds) : precedes(element.bounds, best->bounds)))
            best = &element;
    }
    return best == nullptr ? std::string() : best->id;
}

} // namespace

std::string neighbourOf(const GraphScene& scene, const std::string& id, ArrowKey key)
{
    const GraphPlace* place = scene.index.find(id);
    if (place == nullptr) return firstId(scene);
    const bool is_vertical = key == ArrowKey::Up || key == ArrowKey::Down;
    const bool is_forward = key == ArrowKey::Down || key == ArrowKey::Right;
    const bool is_along = is_vertical == (scene.direction == LayoutDirection::TopToBottom);
    const std::int32_t next =
        is_along ? straightest(scene, place->element, nextAlong(scene, place->element, is_forward))
                 : beside(scene, place->element, is_forward);
    return next < 0 ? std::string() : scene.element(next).id;
}

std::string firstId(const GraphScene& scene)
{
    return extremeId(scene, false);
}

std::string lastId(const GraphScene& scene)
{
    return extremeId(scene, true);
}

} // namespace bitwright
