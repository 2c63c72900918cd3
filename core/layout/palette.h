// SPDX-License-Identifier: GPL-3.0-or-later
/// Every colour of the program, by what it means: the window, the canvas and the SVG writer read it here.
/// Categorical colours are those of Okabe and Ito, scales are cividis and blue-orange: safe for colour-blind eyes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bitwright {

enum class ColourScheme : std::uint8_t { Light, Dark };

struct Rgb {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    bool operator==(const Rgb&) const = default;
};

/// What a colour is for. The order is that of the table in palette.cpp.
enum class ColourRole : std::uint8_t {
    // the window
    Window, Panel, Field, Text, TextMuted, TextDisabled, Border, Button, Accent, AccentText, Focus, Link,
    // judgements
    Good, Caution, Bad, GoodFill, CautionFill, BadFill,
    // the canvas
    Canvas, CanvasGrid, NodeFill, NodeBorder, NodeText, NodeTextMuted, ChipFill, ChipBorder, ChipText,
    QuantiserFill, QuantiserBorder, QuantiserText, CostFill, CostText, Edge, EdgeMuted, EdgeLabel,
    UnsupportedFill, UnsupportedHatch, UnsupportedBorder, UnsupportedText, WarningFill, WarningText,
    Selection, SelectionHalo, Hover, SearchHit, Upstream, Downstream, StaleHatch,
    // operator classes: strong (glyphs, far zoom) and tint (title bar)
    PortStrong, DenseStrong, ConvolutionStrong, ActivationStrong, NormalisationStrong, PoolingStrong,
    ElementwiseStrong, ShapeStrong, QuantiserStrong, UnknownStrong,
    PortTint, DenseTint, ConvolutionTint, ActivationTint, NormalisationTint, PoolingTint,
    ElementwiseTint, ShapeTint, QuantiserTint, UnknownTint,
    // plots
    Series0, Series1, Series2, Series3, Series4, Series5, Series6, Series7,
    Sequential0, Sequential1, Sequential2, Sequential3, Sequential4,
    Diverging0, Diverging1, Diverging2, Diverging3, Diverging4,
    Count
};

Rgb colour(ColourRole role, ColourScheme scheme);
/// "NodeFill", for tests and tools.
std::string_view colourRoleName(ColourRole role);
/// "#RRGGBB"
std::string hexText(Rgb colour);
/// Contrast ratio of WCAG 2.1, from 1 to 21.
double contrastRatio(Rgb a, Rgb b);

} // namespace bitwright
