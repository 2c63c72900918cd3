// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/glyphs.h"

#include <array>
#include <cstddef>
#include <utility>

namespace bitwright {
namespace {

/// A line in a square of kGlyphSize units.
using Stroke = std::vector<LayoutPoint>;

constexpr std::array<OperatorClassLook, 10> kLooks{{
    {ColourRole::PortStrong, ColourRole::PortTint, "port"},
    {ColourRole::DenseStrong, ColourRole::DenseTint, "dense"},
    {ColourRole::ConvolutionStrong, ColourRole::ConvolutionTint, "convolution"},
    {ColourRole::ActivationStrong, ColourRole::ActivationTint, "activation"},
    {ColourRole::NormalisationStrong, ColourRole::NormalisationTint, "normalisation"},
    {ColourRole::PoolingStrong, ColourRole::PoolingTint, "pooling"},
    {ColourRole::ElementwiseStrong, ColourRole::ElementwiseTint, "element by element"},
    {ColourRole::ShapeStrong, ColourRole::ShapeTint, "shape"},
    {ColourRole::QuantiserStrong, ColourRole::QuantiserTint, "quantiser"},
    {ColourRole::UnknownStrong, ColourRole::UnknownTint, "unknown"},
}};

std::vector<Stroke> classStrokes(OperatorClass op_class)
{
    switch (op_class) {
    case OperatorClass::Port: return {{{3, 8}, {12, 8}}, {{8.5, 4.5}, {12.5, 8}, {8.5, 11.5}}};
    case OperatorClass::Dense: return {{{4, 4}, {12, 12}}, {{4, 12}, {12, 4}}, {{4, 4}, {12, 4}}, {{4, 12}, {12, 12}}};
    case OperatorClass::Convolution:
        return {{{3.5, 3.5}, {12.5, 3.5}, {12.5, 12.5}, {3.5, 12.5}, {3.5, 3.5}},
                {{3.5, 8}, {8, 8}, {8, 3.5}}, {{5.75, 5.75}, {5.8, 5.8}}};
    case OperatorClass::Activation: return {{{3, 11.5}, {8, 11.5}, {13, 4.5}}};
    case OperatorClass::Normalisation:
        return {{{2.5, 12}, {5, 11}, {6.5, 6.5}, {8, 4}, {9.5, 6.5}, {11, 11}, {13.5, 12}}};
    case OperatorClass::Pooling: return {{{3, 4.5}, {13, 4.5}, {8, 12.5}, {3, 4.5}}};
    case OperatorClass::Elementwise: return {{{8, 3.5}, {8, 12.5}}, {{3.5, 8}, {12.5, 8}}};
    case OperatorClass::Movement:
        return {{{6, 3.5}, {3.5, 3.5}, {3.5, 12.5}, {6, 12.5}}, {{10, 3.5}, {12.5, 3.5}, {12.5, 12.5}, {10, 12.5}}};
    case OperatorClass::Quantiser:
        return {{{3, 12.5}, {3, 10}, {6.3, 10}, {6.3, 7}, {9.6, 7}, {9.6, 4}, {13, 4}}};
    case OperatorClass::Unknown:
        return {{{5.5, 6}, {5.8, 4.3}, {8, 3.4}, {10.2, 4.3}, {10.4, 6}, {8, 8.2}, {8, 9.8}}, {{8, 12.2}, {8, 12.6}}};
    }
    return {};
}

void addStrokes(const std::vector<Stroke>& strokes, LayoutPoint corner, ColourRole colour, double width,
                std::vector<DrawingItem>& items)
{
    for (const Stroke& stroke : strokes) {
        DrawnPath path;
        for (const LayoutPoint& p : stroke)
            path.points.push_back({corner.x + p.x, corner.y + p.y});
        path.stroke = colour;
        path.line_width = width;
        items.emplace_back(std::move(path));
    }
}

void addPolygon(const Stroke& stroke, LayoutPoint corner, ColourRole fill, std::vector<DrawingItem>& items)
{
    DrawnPath path;
    for (const LayoutPoint& p : stroke)
        path.points.push_back({corner.x + p.x, corner.y + p.y});
    path.fill = fill;
    items.emplace_back(std::move(path));
}

void addBox(Box box, double radius, ColourRole fill, std::vector<DrawingItem>& items)
{
    DrawnBox shape;
    shape.box = box;
    shape.radius = radius;
    shape.fill = fill;
    items.emplace_back(shape);
}

} // namespace

OperatorClassLook look(OperatorClass op_class)
{
    return kLooks[static_cast<std::size_t>(op_class)];
}

void drawClassGlyph(OperatorClass op_class, LayoutPoint corner, std::vector<DrawingItem>& items)
{
    addBox({corner.x, corner.y, kGlyphSize, kGlyphSize}, 4, look(op_class).strong, items);
    addStrokes(classStrokes(op_class), corner, ColourRole::NodeFill, 1.5, items);
}

void drawBadge(Badge badge, LayoutPoint corner, std::vector<DrawingItem>& items)
{
    switch (badge) {
    case Badge::Warning:
        addPolygon({{8, 1.5}, {15, 14}, {1, 14}}, corner, ColourRole::WarningFill, items);
        addStrokes({{{8, 6}, {8, 10}}, {{8, 12}, {8, 12.4}}}, corner, ColourRole::WarningText, 1.6, items);
        break;
    case Badge::Lock:
        addStrokes({{{5, 8}, {5, 5.5}, {6.2, 3.4}, {8, 2.8}, {9.8, 3.4}, {11, 5.5}, {11, 8}}}, corner,
                   ColourRole::NodeText, 1.5, items);
        addBox({corner.x + 3.5, corner.y + 7.5, 9, 6.5}, 1.5, ColourRole::NodeText, items);
        break;
    case Badge::Edited: addBox({corner.x + 4.5, corner.y + 4.5, 7, 7}, 3.5, ColourRole::Accent, items); break;
    case Badge::Unsupported:
        addBox({corner.x + 1, corner.y + 1, 14, 14}, 7, ColourRole::UnsupportedBorder, items);
        addStrokes({{{5.5, 5.5}, {10.5, 10.5}}, {{10.5, 5.5}, {5.5, 10.5}}}, corner, ColourRole::UnsupportedFill, 1.6,
                   items);
        break;
    }
}

} // namespace bitwright
