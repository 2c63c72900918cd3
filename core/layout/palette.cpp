// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace bitwright {
namespace {

struct PaletteEntry {
    ColourRole role;
    std::string_view name;
    std::uint32_t light; ///< 0xRRGGBB
    std::uint32_t dark;
};

#define BW_COLOUR(role, light, dark) PaletteEntry{ColourRole::role, #role, light, dark}

constexpr std::array kPalette{
    BW_COLOUR(Window, 0xF3F4F6, 0x1B1D21),
    BW_COLOUR(Panel, 0xFAFBFC, 0x22252A),
    BW_COLOUR(Field, 0xFFFFFF, 0x17191C),
    BW_COLOUR(Text, 0x1A1D21, 0xE8EAED),
    BW_COLOUR(TextMuted, 0x59616B, 0xA4ACB6),
    BW_COLOUR(TextDisabled, 0x8E969F, 0x6F7780),
    BW_COLOUR(Border, 0xCBD0D6, 0x3B4048),
    BW_COLOUR(Button, 0xE9EBEE, 0x2C3036),
    BW_COLOUR(Accent, 0x0B65A8, 0x56B4E9),
    BW_COLOUR(AccentText, 0xFFFFFF, 0x0D1418),
    BW_COLOUR(Focus, 0x0B65A8, 0x56B4E9),
    BW_COLOUR(Link, 0x0B65A8, 0x7CC4EE),

    BW_COLOUR(Good, 0x00704F, 0x2FC49A),
    BW_COLOUR(Caution, 0x8A5A00, 0xF0B93A),
    BW_COLOUR(Bad, 0xB23A00, 0xFF8A4C),
    BW_COLOUR(GoodFill, 0xD9F0E7, 0x123B2E),
    BW_COLOUR(CautionFill, 0xFBEBCB, 0x42330F),
    BW_COLOUR(BadFill, 0xFBE0D3, 0x4A2412),

    BW_COLOUR(Canvas, 0xF7F8FA, 0x15171A),
    BW_COLOUR(CanvasGrid, 0xE4E7EB, 0x24272C),
    BW_COLOUR(NodeFill, 0xFFFFFF, 0x23262B),
    BW_COLOUR(NodeBorder, 0xB4BBC4, 0x4A515B),
    BW_COLOUR(NodeText, 0x1A1D21, 0xECEEF1),
    BW_COLOUR(NodeTextMuted, 0x59616B, 0xA9B1BB),
    BW_COLOUR(ChipFill, 0xEEF1F5, 0x30353C),
    BW_COLOUR(ChipBorder, 0xC9D0D8, 0x4A515B),
    BW_COLOUR(ChipText, 0x2A2F36, 0xDDE1E6),
    BW_COLOUR(QuantiserFill, 0xF8E9F2, 0x43273A),
    BW_COLOUR(QuantiserBorder, 0xC98AAE, 0x96627F),
    BW_COLOUR(QuantiserText, 0x6B2450, 0xF0C3DB),
    BW_COLOUR(CostFill, 0xE6F1F8, 0x1B3242),
    BW_COLOUR(CostText, 0x14476A, 0xA9D6F2),
    BW_COLOUR(Edge, 0x7A838E, 0x868F9A),
    BW_COLOUR(EdgeMuted, 0x858D97, 0x6B737D),
    BW_COLOUR(EdgeLabel, 0x5B636D, 0x9AA2AC),
    BW_COLOUR(UnsupportedFill, 0xFBF1EC, 0x2E2420),
    BW_COLOUR(UnsupportedHatch, 0xEFCFC0, 0x4C352B),
    BW_COLOUR(UnsupportedBorder, 0xB8562A, 0xD9825A),
    BW_COLOUR(UnsupportedText, 0x7A2E0B, 0xFFC7AD),
    BW_COLOUR(WarningFill, 0xF0B429, 0xF0B429),
    BW_COLOUR(WarningText, 0x1A1D21, 0x1A1D21),
    BW_COLOUR(Selection, 0x0B65A8, 0x56B4E9),
    BW_COLOUR(SelectionHalo, 0xA9D3F0, 0x1F4A66),
    BW_COLOUR(Hover, 0x59616B, 0xC3CAD2),
    BW_COLOUR(SearchHit, 0xB85C00, 0xF0E442),
    BW_COLOUR(Upstream, 0x00704F, 0x2FC49A),
    BW_COLOUR(Downstream, 0x8A3D70, 0xE08DBD),
    BW_COLOUR(StaleHatch, 0x8E969F, 0x7D858F),

    BW_COLOUR(PortStrong, 0x4D5661, 0xAEB6C0),
    BW_COLOUR(DenseStrong, 0x0072B2, 0x56B4E9),
    BW_COLOUR(ConvolutionStrong, 0x007D6E, 0x2CC5B0),
    BW_COLOUR(ActivationStrong, 0xB85C00, 0xF2A53C),
    BW_COLOUR(NormalisationStrong, 0x6A55B0, 0xB3A1F0),
    BW_COLOUR(PoolingStrong, 0x2F7D32, 0x7CCB6B),
    BW_COLOUR(ElementwiseStrong, 0x7A6A00, 0xE3D447),
    BW_COLOUR(ShapeStrong, 0x6B7480, 0x98A1AC),
    BW_COLOUR(QuantiserStrong, 0xA84A80, 0xE08DBD),
    BW_COLOUR(UnknownStrong, 0xB23A00, 0xFF8A4C),

    BW_COLOUR(PortTint, 0xE7EAEE, 0x343A42),
    BW_COLOUR(DenseTint, 0xD8EAF6, 0x17384D),
    BW_COLOUR(ConvolutionTint, 0xD3EEEA, 0x113C37),
    BW_COLOUR(ActivationTint, 0xFBE6CF, 0x48320F),
    BW_COLOUR(NormalisationTint, 0xE5E0F5, 0x322B4E),
    BW_COLOUR(PoolingTint, 0xDCEFD9, 0x1F3D20),
    BW_COLOUR(ElementwiseTint, 0xF3EEC6, 0x3D3810),
    BW_COLOUR(ShapeTint, 0xE9EBEE, 0x30353B),
    BW_COLOUR(QuantiserTint, 0xF5E0EC, 0x43273A),
    BW_COLOUR(UnknownTint, 0xF7DFD4, 0x452A1E),

    BW_COLOUR(Series0, 0x0072B2, 0x56B4E9),
    BW_COLOUR(Series1, 0xD55E00, 0xFF8A4C),
    BW_COLOUR(Series2, 0x008060, 0x2FC49A),
    BW_COLOUR(Series3, 0xB4558C, 0xE08DBD),
    BW_COLOUR(Series4, 0xA87000, 0xE69F00),
    BW_COLOUR(Series5, 0x2F7FB0, 0x8FD0F5),
    BW_COLOUR(Series6, 0x867A00, 0xF0E442),
    BW_COLOUR(Series7, 0x6B6B6B, 0xB0B0B0),

    BW_COLOUR(Sequential0, 0x00224E, 0x00224E),
    BW_COLOUR(Sequential1, 0x35456C, 0x35456C),
    BW_COLOUR(Sequential2, 0x666970, 0x666970),
    BW_COLOUR(Sequential3, 0xA69D75, 0xA69D75),
    BW_COLOUR(Sequential4, 0xFEE838, 0xFEE838),

    BW_COLOUR(Diverging0, 0x2166AC, 0x2166AC),
    BW_COLOUR(Diverging1, 0x67A9CF, 0x67A9CF),
    BW_COLOUR(Diverging2, 0xF7F7F7, 0xF7F7F7),
    BW_COLOUR(Diverging3, 0xF1A340, 0xF1A340),
    BW_COLOUR(Diverging4, 0xB35806, 0xB35806),
};
#undef BW_COLOUR

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < kPalette.size(); ++i)
        if (kPalette[i].role != static_cast<ColourRole>(i)) return false;
    return kPalette.size() == static_cast<std::size_t>(ColourRole::Count);
}
static_assert(isInOrder(), "one entry per role, in the order of the enumeration");

const PaletteEntry& entry(ColourRole role)
{
    const auto index = static_cast<std::size_t>(role);
    return kPalette[std::min(index, kPalette.size() - 1)];
}

double linear(std::uint8_t channel)
{
    const double c = channel / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Rgb c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

} // namespace

Rgb colour(ColourRole role, ColourScheme scheme)
{
    const PaletteEntry& e = entry(role);
    const std::uint32_t value = scheme == ColourScheme::Light ? e.light : e.dark;
    return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
            static_cast<std::uint8_t>(value)};
}

std::string_view colourRoleName(ColourRole role)
{
    return entry(role).name;
}

std::string hexText(Rgb c)
{
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string text = "#";
    for (const std::uint8_t channel : {c.red, c.green, c.blue}) {
        text += kDigits[channel >> 4];
        text += kDigits[channel & 15];
    }
    return text;
}

double contrastRatio(Rgb a, Rgb b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace bitwright
