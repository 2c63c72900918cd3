// SPDX-License-Identifier: GPL-3.0-or-later
/// One reading of "this value has this number format" for all the ways in which models say it: QONNX quantisers,
/// QuantizeLinear pairs with or without Clip, FINN annotations (reference qonnx_finn.md sections 1.2-1.8 and 2.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/model.h"
#include "rewrite/work_graph.h"

namespace bitwright {

/// Integers with a scale: value = code * scale, code in [lowest, highest], rounded half to even. The zero point of
/// the file has been subtracted from the codes, which is exact; a zero point *within* the rounding is not.
struct QuantisedForm {
    Tensor scale; ///< float32; a number, or an array that stretches to the data
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
};

/// The QONNX way to say a range of codes.
struct QuantRange {
    int width_bits = 1;
    bool is_signed = true;
    bool is_narrow = false;
    std::int64_t lowest() const;
    std::int64_t highest() const;
};
/// The range itself where QONNX can say it, else the smallest full range around it.
QuantRange quantRangeAround(std::int64_t lowest, std::int64_t highest);

/// The codes that an integer element type holds; nothing for other types.
struct CodeRange {
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
};
std::optional<CodeRange> codeRangeOf(ElementType type);

/// What can be said of the format of a value in a few words: "int4, scale 0.125", "bipolar, scale 0.5",
/// "float e4m3, scale 1", "INT2" for an annotation; empty where the file says nothing about it.
std::string quantisedFormatText(const Graph& graph, ValueIndex value);

// ---- Passes

/// QLinearMatMul, QLinearConv, QGemm and their kin become the float operator between quantisers: the same real
/// numbers, rounded once where the integer operator rounds.
void integerOperatorsToFloat(WorkGraph& work);

/// What a pass could not rewrite.
struct KeptQuantiser {
    std::string node;
    std::string op_type;
    std::string reason; ///< the rest of a sentence that begins with "because"
};

/// QuantizeLinear, Clip and DequantizeLinear become Quant (and a Clip where no range of QONNX is that of the
/// pair); dequantised constants become Quant of a float constant. Computes the same bits in float32.
std::vector<KeptQuantiser> pairsToQuant(WorkGraph& work);
/// Quant becomes QuantizeLinear, Clip where needed, and DequantizeLinear. Computes the same bits in float32.
std::vector<KeptQuantiser> quantToPairs(WorkGraph& work);

/// The two families of forms in which files say formats.
enum class QuantiserForm { Qonnx, Pairs };

struct ConvertedQuantisers {
    Model model; ///< the given one, with its quantisers in the other form and its names kept
    int converted = 0;
    std::vector<KeptQuantiser> kept;
};
/// Rewrites all quantisers of @p model, every one that the form can say exactly.
ConvertedQuantisers convertQuantisers(const Model& model, QuantiserForm form);
/// The form of most quantisers of the model; nothing where it has none.
std::optional<QuantiserForm> quantiserFormOf(const Model& model);

} // namespace bitwright
