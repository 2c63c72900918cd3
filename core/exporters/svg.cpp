// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/svg.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace bitwright {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Length of the well-formed UTF-8 character at @p i that XML 1.0 allows, or 0.
std::size_t characterLength(std::string_view text, std::size_t i)
{
    const auto byte = [&text](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    const unsigned char lead = byte(i);
    if (lead < 0x80) return lead >= 0x20 || lead == '\n' || lead == '\t' ? 1 : 0;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    if (length == 0 || lead > 0xF4 || i + length > text.size()) return 0;
    std::uint32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
        if ((byte(i + k) & 0xC0) != 0x80) return 0;
        code = code << 6 | (byte(i + k) & 0x3FU);
    }
    constexpr std::uint32_t kShortest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    return code < kShortest[length] || code > 0x10FFFF || is_surrogate || (code & 0xFFFE) == 0xFFFE ? 0 : length;
}

std::string escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = characterLength(text, i);
        switch (length == 1 ? text[i] : '\0') {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += length == 0 ? kReplacement : text.substr(i, length);
        }
        i += length == 0 ? 1 : length;
    }
    return out;
}

/// At most two decimals, without trailing zeros.
std::string number(double value)
{
    std::string text = fmt::format("{:.2f}", value);
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

class SvgWriter {
public:
    SvgWriter(const Drawing& drawing, ColourScheme scheme) : m_drawing(drawing), m_scheme(scheme) {}

    std::string document()
    {
        const std::string width = number(m_drawing.width);
        const std::string height = number(m_drawing.height);
        add(R"(<?xml version="1.0" encoding="UTF-8"?>)"
            "\n"
            R"(<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{0}" height="{1}" viewBox="0 0 {0} {1}" )"
            R"(font-family="DejaVu Sans, Verdana, sans-serif">)"
            "\n",
            width, height);
        add("<rect width=\"{}\" height=\"{}\" fill=\"{}\"/>\n", width, height, paint(ColourRole::Canvas));
        for (const DrawingElement& element : m_drawing.elements)
            writeElement(element);
        m_out += "</svg>\n";
        return std::move(m_out);
    }

private:
    template <class... A>
    void add(fmt::format_string<A...> form, A&&... arguments)
    {
        fmt::format_to(std::back_inserter(m_out), form, std::forward<A>(arguments)...);
    }
    std::string paint(ColourRole role) const { return role == kNoColour ? "none" : hexText(colour(role, m_scheme)); }

    void writeHatch(const DrawnBox& shape);
    void writeElement(const DrawingElement& element);
    void write(const DrawnBox& box);
    void write(const DrawnPath& path);
    void write(const DrawnText& text);
    void writeRectangle(const DrawnBox& box, const std::string& fill, ColourRole outline);
    void writeStroke(ColourRole stroke, double width, bool is_dashed);

    const Drawing& m_drawing;
    ColourScheme m_scheme;
    std::string m_out;
};

/// Diagonals cut to the box: plain lines, because not every reader of SVG knows patterns.
void SvgWriter::writeHatch(const DrawnBox& shape)
{
    constexpr double kDistance = 12;
    constexpr double kInset = 2; // keeps line ends inside rounded corners
    const double left = shape.box.x + kInset;
    const double right = shape.box.right() - kInset;
    const double top = shape.box.y + kInset;
    const double bottom = shape.box.bottom() - kInset;
    m_out += "<path d=\"";
    for (double sum = left + top + kDistance / 2; sum < right + bottom; sum += kDistance) {
        const double from = std::max(left, sum - bottom);
        const double to = std::min(right, sum - top);
        add("M{},{} L{},{} ", number(from), number(sum - from), number(to), number(sum - to));
    }
    add("\" stroke=\"{}\" stroke-width=\"3\" fill=\"none\"/>\n", paint(shape.hatch));
}

void SvgWriter::writeElement(const DrawingElement& element)
{
    if (element.item_count == 0) return;
    constexpr std::string_view kClasses[] = {"edge", "chip", "node"};
    add("<g class=\"{}\"", kClasses[static_cast<std::size_t>(element.kind)]);
    if (!element.id.empty()) add(" data-id=\"{}\"", escaped(element.id));
    add("><title>{}</title>\n", escaped(element.tooltip.empty() ? element.description : element.tooltip));
    for (std::uint32_t i = 0; i < element.item_count; ++i)
        std::visit([this](const auto& shape) { write(shape); }, m_drawing.items[element.first_item + i].shape);
    m_out += "</g>\n";
}

void SvgWriter::writeStroke(ColourRole stroke, double width, bool is_dashed)
{
    if (stroke == kNoColour) return;
    add(" stroke=\"{}\" stroke-width=\"{}\"", paint(stroke), number(width));
    if (is_dashed) m_out += " stroke-dasharray=\"5 3\"";
}

void SvgWriter::writeRectangle(const DrawnBox& shape, const std::string& fill, ColourRole outline)
{
    const Box& box = shape.box;
    add(R"(<rect x="{}" y="{}" width="{}" height="{}")", number(box.x), number(box.y), number(box.width),
        number(box.height));
    if (shape.radius > 0) add(" rx=\"{}\"", number(shape.radius));
    add(" fill=\"{}\"", fill);
    writeStroke(outline, shape.line_width, shape.is_dashed);
    m_out += "/>\n";
}

void SvgWriter::write(const DrawnBox& shape)
{
    if (shape.hatch == kNoColour) {
        writeRectangle(shape, paint(shape.fill), shape.outline);
        return;
    }
    writeRectangle(shape, paint(shape.fill), kNoColour);
    writeHatch(shape);
    writeRectangle(shape, "none", shape.outline);
}

void SvgWriter::write(const DrawnPath& path)
{
    if (path.points.empty()) return;
    add("<path d=\"M{},{}", number(path.points[0].x), number(path.points[0].y));
    for (std::size_t i = 1; i < path.points.size(); ++i) {
        if (i == 1) m_out += path.is_cubic ? " C" : " L";
        add(" {},{}", number(path.points[i].x), number(path.points[i].y));
    }
    if (path.fill != kNoColour) m_out += " Z";
    add("\" fill=\"{}\"", paint(path.fill));
    if (path.stroke != kNoColour) m_out += R"( stroke-linecap="round" stroke-linejoin="round")";
    writeStroke(path.stroke, path.line_width, path.is_dashed);
    m_out += "/>\n";
}

void SvgWriter::write(const DrawnText& text)
{
    constexpr std::string_view kAnchors[] = {"start", "middle", "end"};
    add(R"(<text x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}")", number(text.position.x),
        number(text.position.y), number(text.size), kAnchors[static_cast<std::size_t>(text.align)],
        paint(text.colour));
    if (text.is_bold) m_out += " font-weight=\"bold\"";
    add(">{}</text>\n", escaped(text.text));
}

} // namespace

std::string writeSvg(const Drawing& drawing, ColourScheme scheme)
{
    return SvgWriter(drawing, scheme).document();
}

} // namespace bitwright
