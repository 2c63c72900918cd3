// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/node_box.h"

#include <algorithm>
#include <cmath>

#include "layout/glyphs.h"
#include "layout/text_width.h"

namespace bitwright {
namespace {

constexpr double kMinimumWidth = 168;
constexpr double kMaximumWidth = 312;
constexpr double kWidthStep = 24;
constexpr double kPadding = 8;
constexpr double kHeaderHeight = 26;
constexpr double kTitleOnlyHeight = kHeaderHeight + 2;
constexpr double kSubtitleHeight = 20;
constexpr double kChipGap = 4;
constexpr double kChipPadding = 6;
constexpr double kTitleSize = 12;
constexpr double kSubtitleSize = 11;
constexpr double kReasonSize = 10.5;
constexpr double kReasonLineHeight = 14;
constexpr double kCornerRadius = 6;
constexpr double kPortRadius = 13;
constexpr std::size_t kReasonLines = 3;
constexpr double kReasonWidth = 240;
constexpr double kTitleGap = 14; ///< between title and subtitle

std::vector<Badge> badges(const GraphNode& node)
{
    std::vector<Badge> shown;
    if (!node.unsupported.empty()) shown.push_back(Badge::Unsupported);
    if (!node.warnings.empty()) shown.push_back(Badge::Warning);
    if (node.is_locked) shown.push_back(Badge::Lock);
    if (node.is_edited) shown.push_back(Badge::Edited);
    return shown;
}

double badgesWidth(const GraphNode& node)
{
    return static_cast<double>(badges(node).size()) * (kGlyphSize + 2);
}

double rowWidth(const std::vector<GraphChip>& chips)
{
    double width = 0;
    for (const GraphChip& chip : chips)
        width += chipWidth(chip) + (width > 0 ? kChipGap : 0);
    return width;
}

double titleWidth(const GraphNode& node)
{
    return kPadding + kGlyphSize + 6 + textWidth(node.title, kTitleSize, true) + badgesWidth(node) + kPadding;
}

double subtitleWidth(const GraphNode& node)
{
    return node.subtitle.empty() ? 0 : kTitleGap + textWidth(node.subtitle, kSubtitleSize);
}

void measureWidth(const GraphNode& node, NodeBox& box)
{
    const double line = titleWidth(node) + subtitleWidth(node);
    box.has_subtitle_in_title = line <= kMaximumWidth;
    const double title = box.has_subtitle_in_title ? line : std::max(titleWidth(node), subtitleWidth(node) + kPadding);
    const double results = rowWidth(node.costs) + rowWidth(node.quality) + kChipGap;
    const double chips = 2 * kPadding + std::max(rowWidth(node.formats), results);
    const double widest = std::max({title, chips, node.unsupported.empty() ? kMinimumWidth : kReasonWidth});
    box.width = std::min(kMaximumWidth, std::ceil(widest / kWidthStep) * kWidthStep);
}

/// Greedy lines of words; what does not fit in the last line is elided.
std::vector<std::string> wrap(const std::string& text, double width)
{
    std::vector<std::string> lines;
    std::string line;
    std::size_t begin = 0;
    while (begin < text.size() && lines.size() < kReasonLines) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string longer = line + (line.empty() ? "" : " ") + text.substr(begin, end - begin);
        if (line.empty() || textWidth(longer, kReasonSize) <= width) {
            line = longer;
            begin = end + 1;
        } else if (lines.size() + 1 == kReasonLines) {
            line += " " + text.substr(begin);
            begin = text.size();
        } else {
            lines.push_back(elideEnd(line, width, kReasonSize));
            line.clear();
        }
    }
    if (!line.empty()) lines.push_back(elideEnd(line, width, kReasonSize));
    return lines;
}

/// Chips side by side, in as many rows as they need.
class ChipRows {
public:
    ChipRows(NodeBox& box, double y) : m_box(box), m_y(y) {}

    void add(const std::vector<GraphChip>& chips, const PlacedChip& look)
    {
        for (const GraphChip& chip : chips) {
            const double width = std::min(chipWidth(chip), m_box.width - 2 * kPadding);
            if (m_x + width > m_box.width - kPadding) endRow();
            PlacedChip placed = look;
            placed.chip = &chip;
            placed.box = {m_x, m_y, width, kChipHeight};
            m_box.chips.push_back(placed);
            m_x += width + kChipGap;
        }
    }
    void endRow()
    {
        if (m_x > kPadding) m_y += kChipHeight + kChipGap;
        m_x = kPadding;
    }
    double y() const { return m_y; }

private:
    NodeBox& m_box;
    double m_x = kPadding;
    double m_y;
};

void addText(Drawing& drawing, DrawnText text, Freshness freshness = Freshness::Always)
{
    drawing.items.emplace_back(std::move(text), freshness);
}

void drawChip(const GraphChip& chip, const Box& box, const DrawnBox& look, ColourRole colour, Freshness freshness,
              Drawing& drawing)
{
    DrawnBox shape = look;
    shape.box = box;
    drawing.items.emplace_back(shape, freshness);
    DrawnText text;
    text.position = {box.x + box.width / 2, box.y + box.height / 2 + kChipTextSize * 0.36};
    text.size = kChipTextSize;
    text.align = TextAlign::Centre;
    text.colour = colour;
    text.maximum_width = box.width - kChipPadding;
    text.text = elideMiddle(chip.text, box.width - 2 * kChipPadding + 1, kChipTextSize);
    addText(drawing, std::move(text), freshness);
}

/// The title bar: a rectangle whose upper corners follow the body's.
DrawnPath headerBand(const Box& body)
{
    constexpr double r = kCornerRadius;
    constexpr double k = r * 0.45; // from the control point to the corner
    const double left = body.x;
    const double right = body.right();
    const double top = body.y;
    const double bottom = body.y + kHeaderHeight;
    DrawnPath band;
    band.is_cubic = true;
    band.points = {{left, bottom},
                   {left, bottom}, {left, top + r}, {left, top + r},
                   {left, top + k}, {left + k, top}, {left + r, top},
                   {left + r, top}, {right - r, top}, {right - r, top},
                   {right - k, top}, {right, top + k}, {right, top + r},
                   {right, top + r}, {right, bottom}, {right, bottom}};
    return band;
}

void drawBody(const GraphNode& node, const Box& body, Drawing& drawing)
{
    const OperatorClassLook style = look(node.op_class);
    const bool is_title_only = node.op_class == OperatorClass::Port || body.height <= kTitleOnlyHeight;
    DrawnBox shape;
    shape.box = body;
    shape.radius = node.op_class == OperatorClass::Port ? kPortRadius : kCornerRadius;
    shape.fill = is_title_only ? style.tint : ColourRole::NodeFill;
    shape.outline = ColourRole::NodeBorder;
    if (!node.unsupported.empty()) {
        shape.fill = ColourRole::UnsupportedFill;
        shape.hatch = ColourRole::UnsupportedHatch;
        shape.outline = ColourRole::UnsupportedBorder;
        shape.is_dashed = true;
    }
    drawing.items.emplace_back(shape);
    if (is_title_only || !node.unsupported.empty()) return;
    DrawnPath band = headerBand(body);
    band.fill = style.tint;
    drawing.items.emplace_back(std::move(band));
    shape.fill = kNoColour; // the outline again, over the band
    drawing.items.emplace_back(shape);
}

/// Height of the subtitle's row, 0 where it has none.
double subtitleRow(const GraphNode& node, const NodeBox& box)
{
    return node.subtitle.empty() || box.has_subtitle_in_title ? 0 : kSubtitleHeight;
}

DrawnText subtitleText(const GraphNode& node)
{
    DrawnText text;
    text.size = kSubtitleSize;
    text.elision = TextElision::End;
    text.colour = node.unsupported.empty() ? ColourRole::NodeTextMuted : ColourRole::UnsupportedText;
    return text;
}

void drawTitle(const GraphNode& node, const NodeBox& box, const Box& body, Drawing& drawing)
{
    const LayoutPoint glyph{body.x + kPadding, body.y + (kHeaderHeight - kGlyphSize) / 2};
    drawClassGlyph(node.op_class, glyph, drawing.items);
    double right = body.right() - kPadding;
    for (const Badge badge : badges(node)) {
        right -= kGlyphSize;
        drawBadge(badge, {right, glyph.y}, drawing.items);
        right -= 2;
    }
    DrawnText title;
    title.position = {glyph.x + kGlyphSize + 6, body.y + kHeaderHeight / 2 + kTitleSize * 0.36};
    title.size = kTitleSize;
    title.is_bold = true;
    title.colour = node.unsupported.empty() ? ColourRole::NodeText : ColourRole::UnsupportedText;
    title.maximum_width = right - (box.has_subtitle_in_title ? subtitleWidth(node) : 0) - title.position.x;
    title.text = elideMiddle(node.title, title.maximum_width + 1, kTitleSize, true);
    addText(drawing, std::move(title));
    if (!box.has_subtitle_in_title || node.subtitle.empty()) return;
    DrawnText subtitle = subtitleText(node);
    subtitle.position = {right, body.y + kHeaderHeight / 2 + kSubtitleSize * 0.36};
    subtitle.align = TextAlign::Right;
    subtitle.maximum_width = textWidth(node.subtitle, kSubtitleSize);
    subtitle.text = node.subtitle;
    addText(drawing, std::move(subtitle));
}

void drawSubtitle(const GraphNode& node, const Box& body, Drawing& drawing)
{
    DrawnText subtitle = subtitleText(node);
    subtitle.position = {body.x + kPadding + 1, body.y + kHeaderHeight + kSubtitleHeight / 2 + kSubtitleSize * 0.36};
    subtitle.maximum_width = body.width - 2 * kPadding;
    subtitle.text = elideEnd(node.subtitle, subtitle.maximum_width, kSubtitleSize);
    addText(drawing, std::move(subtitle));
}

void drawReason(const NodeBox& box, const Box& body, double y, Drawing& drawing)
{
    for (const std::string& line : box.reason_lines) {
        DrawnText text;
        text.position = {body.x + kPadding + 1, y + kReasonSize};
        text.size = kReasonSize;
        text.colour = ColourRole::UnsupportedText;
        text.maximum_width = body.width - 2 * kPadding;
        text.elision = TextElision::End;
        text.text = line;
        addText(drawing, std::move(text));
        y += kReasonLineHeight;
    }
}

void appendLines(std::string& text, const std::vector<GraphChip>& chips)
{
    for (const GraphChip& chip : chips)
        text += "\n" + (chip.tooltip.empty() ? chip.text : chip.tooltip);
}

} // namespace

double chipWidth(const GraphChip& chip)
{
    return std::ceil(textWidth(chip.text, kChipTextSize) + 2 * kChipPadding);
}

NodeBox measureNode(const GraphNode& node)
{
    NodeBox box;
    measureWidth(node, box);
    double y = kHeaderHeight + subtitleRow(node, box);
    if (!node.unsupported.empty()) {
        box.reason_lines = wrap(node.unsupported, box.width - 2 * kPadding);
        y += static_cast<double>(box.reason_lines.size()) * kReasonLineHeight + 4;
    }
    const PlacedChip cost{nullptr, {}, ColourRole::CostFill, ColourRole::CostText, Freshness::Cost};
    PlacedChip quality = cost;
    quality.freshness = Freshness::Statistics;
    ChipRows rows(box, y + kChipGap);
    rows.add(node.formats, PlacedChip{});
    rows.endRow();
    rows.add(node.costs, cost);
    rows.add(node.quality, quality);
    rows.endRow();
    box.height = box.chips.empty() ? y + 2 : rows.y() + 2;
    return box;
}

void drawNode(const GraphNode& node, const NodeBox& box, LayoutPoint corner, std::int32_t element, Drawing& drawing)
{
    const Box body{corner.x, corner.y, box.width, box.height};
    drawBody(node, body, drawing);
    drawTitle(node, box, body, drawing);
    if (subtitleRow(node, box) > 0) drawSubtitle(node, body, drawing);
    drawReason(box, body, body.y + kHeaderHeight + subtitleRow(node, box), drawing);
    for (const PlacedChip& placed : box.chips) {
        const Box at{corner.x + placed.box.x, corner.y + placed.box.y, placed.box.width, placed.box.height};
        DrawnBox shape;
        shape.radius = 4;
        shape.fill = placed.fill;
        drawChip(*placed.chip, at, shape, placed.text, placed.freshness, drawing);
        if (!placed.chip->id.empty() || !placed.chip->tooltip.empty())
            drawing.targets.push_back({at, element, placed.chip->id, placed.chip->tooltip});
    }
    for (const std::string& id : node.other_ids)
        drawing.targets.push_back({{}, element, id, {}});
}

void drawEdgeChip(const GraphChip& chip, const Box& box, Drawing& drawing)
{
    DrawnBox shape;
    shape.radius = kChipHeight / 2;
    shape.fill = ColourRole::QuantiserFill;
    shape.outline = ColourRole::QuantiserBorder;
    drawChip(chip, box, shape, ColourRole::QuantiserText, Freshness::Formats, drawing);
}

std::string nodeTooltip(const GraphNode& node)
{
    std::string text = node.title;
    if (!node.subtitle.empty()) text += "\n" + node.subtitle;
    if (!node.unsupported.empty()) text += "\n" + node.unsupported;
    for (const std::string& warning : node.warnings)
        text += "\n" + warning;
    appendLines(text, node.formats);
    appendLines(text, node.costs);
    appendLines(text, node.quality);
    if (node.is_locked) text += "\nLocked.";
    if (!node.folded.empty()) {
        text += "\nFolded into it:";
        for (const std::string& what : node.folded)
            text += "\n  " + what;
    }
    return text;
}

std::string nodeDescription(const GraphNode& node)
{
    std::string text = node.title;
    if (!node.subtitle.empty()) text += ", " + node.subtitle;
    for (const std::vector<GraphChip>* chips : {&node.formats, &node.costs, &node.quality})
        for (const GraphChip& chip : *chips)
            text += ", " + chip.text;
    if (node.is_locked) text += ", locked";
    if (!node.unsupported.empty()) text += ", not supported: " + node.unsupported;
    for (const std::string& warning : node.warnings)
        text += ", warning: " + warning;
    return text;
}

} // namespace bitwright
