// SPDX-License-Identifier: GPL-3.0-or-later
/// A drawing as a value: shapes and text in colour roles, each belonging to an element that a user can point at.
/// The canvas paints it and the SVG writer prints it, so both show the same picture.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "layout/layout.h"
#include "layout/palette.h"

namespace bitwright {

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    double right() const { return x + width; }
    double bottom() const { return y + height; }
    bool contains(LayoutPoint p) const { return p.x >= x && p.x <= right() && p.y >= y && p.y <= bottom(); }
    bool intersects(const Box& o) const
    {
        return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
    }
    bool operator==(const Box&) const = default;
};

/// No colour, where a shape has no fill or no outline.
constexpr ColourRole kNoColour = ColourRole::Count;

struct DrawnBox {
    Box box;
    double radius = 0;
    ColourRole fill = kNoColour;
    ColourRole outline = kNoColour;
    double line_width = 1;
    ColourRole hatch = kNoColour; ///< diagonal lines over the fill
    bool is_dashed = false;
};

/// A line through `points`: straight pieces, or cubics (first point, then three per cubic).
struct DrawnPath {
    std::vector<LayoutPoint> points;
    bool is_cubic = false;
    ColourRole fill = kNoColour; ///< closes the path
    ColourRole stroke = kNoColour;
    double line_width = 1.5;
    bool is_dashed = false;
};

enum class TextAlign : std::uint8_t { Left, Centre, Right };

/// What a surface leaves out of a text that its font makes too wide.
enum class TextElision : std::uint8_t { Middle, End };

/// One line of text.
struct DrawnText {
    LayoutPoint position;  ///< on the baseline: its left end, middle or right end
    double size = 12;      ///< pixels per em
    TextAlign align = TextAlign::Left;
    bool is_bold = false;
    ColourRole colour = ColourRole::NodeText;
    double maximum_width = 0; ///< a surface whose font is wider elides to this
    TextElision elision = TextElision::Middle;
    std::string text;
};

/// What an item's content depends on; views show items as stale while that is being recomputed.
enum class Freshness : std::uint8_t { Always, Formats, Cost, Statistics };

struct DrawingItem {
    std::variant<DrawnBox, DrawnPath, DrawnText> shape;
    Freshness freshness;

    template <class Shape>
    explicit DrawingItem(Shape drawn, Freshness depends_on = Freshness::Always)
        : shape(std::in_place_type<Shape>, std::move(drawn)), freshness(depends_on)
    {
    }
};

enum class ElementKind : std::uint8_t { Edge, Chip, Node };

/// What a user can point at: a node, a chip on an edge, or an edge. Its items are a range of `Drawing::items`.
struct DrawingElement {
    ElementKind kind = ElementKind::Node;
    std::string id;          ///< what selection speaks of: a layer id or a node name; empty for edges
    std::string name;        ///< what it is called, as short as can be
    std::string description; ///< one line for a screen reader
    std::string tooltip;     ///< lines of plain text
    Box bounds;
    ColourRole tone = ColourRole::NodeFill; ///< its one colour where it is too small for its items
    std::int32_t from = -1; ///< edges: elements at both ends
    std::int32_t to = -1;
    RouteKind route = RouteKind::Direct; ///< edges
    bool is_unsupported = false;
    std::uint32_t first_item = 0;
    std::uint32_t item_count = 0;
};

/// A part of an element with an id of its own: the chip of a folded weight quantiser.
struct DrawingTarget {
    Box bounds;
    std::int32_t element = 0;
    std::string id;
    std::string tooltip;
};

struct Drawing {
    std::vector<DrawingElement> elements; ///< back to front: edges, chips, nodes
    std::vector<DrawingItem> items;
    std::vector<DrawingTarget> targets; ///< ascending by element; a target without bounds is a mere alias
    double width = 0;
    double height = 0;
    bool is_complete = true; ///< false when building was stopped
};

} // namespace bitwright
