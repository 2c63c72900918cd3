// SPDX-License-Identifier: GPL-3.0-or-later
#include "rewrite/quantised_form.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include <fmt/format.h>

#include "ops/op_descriptor.h"

namespace bitwright {
namespace {

struct Container {
    ElementType type;
    CodeRange range;
};

constexpr std::array kContainers{
    Container{ElementType::Int2, {-2, 1}},
    Container{ElementType::Uint2, {0, 3}},
    Container{ElementType::Int4, {-8, 7}},
    Container{ElementType::Uint4, {0, 15}},
    Container{ElementType::Int8, {-128, 127}},
    Container{ElementType::Uint8, {0, 255}},
    Container{ElementType::Int16, {-32768, 32767}},
    Container{ElementType::Uint16, {0, 65535}},
    Container{ElementType::Int32, {-2147483648LL, 2147483647LL}},
    Container{ElementType::Uint32, {0, 4294967295LL}},
};

const Tensor* constantInput(const Graph& graph, const Node& node, std::size_t input)
{
    if (input >= node.inputs.size() || node.inputs[input] == kNone) return nullptr;
    const Value& value = graph.value(node.inputs[input]);
    return value.constant ? &*value.constant : nullptr;
}

std::string scaleText(const Tensor* scale)
{
    if (!scale || scale->size() == 0) return {};
    const std::vector<double> values = asDoubles(*scale);
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    return *least == *most ? fmt::format(", scale {}", static_cast<float>(*least))
                           : fmt::format(", scale {} to {} ({})", static_cast<float>(*least), static_cast<float>(*most), values.size());
}

std::string number(const Tensor* tensor)
{
    return tensor && tensor->size() == 1 ? fmt::format("{}", elementAsDouble(*tensor, 0)) : std::string("?");
}

std::string integerText(const Graph& graph, const Node& node)
{
    const bool is_signed = attributeInt(node, "signed", 1) != 0;
    return fmt::format("{}int{}{}{}", is_signed ? "" : "u", number(constantInput(graph, node, 3)),
                       attributeInt(node, "narrow", 0) != 0 ? " narrow" : "", scaleText(constantInput(graph, node, 1)));
}

std::string floatText(const Graph& graph, const Node& node)
{
    return fmt::format("float e{}m{}{}", number(constantInput(graph, node, 2)), number(constantInput(graph, node, 3)),
                       scaleText(constantInput(graph, node, 1)));
}

std::string bipolarText(const Graph& graph, const Node& node)
{
    return "bipolar" + scaleText(constantInput(graph, node, 1));
}

std::string truncText(const Graph& graph, const Node& node)
{
    const std::size_t width = node.inputs.size() > 5 ? 5 : 4; // version 2 adds the scale of the result
    return fmt::format("{}int{}", attributeInt(node, "signed", 1) != 0 ? "" : "u", number(constantInput(graph, node, width)));
}

std::string codesText(const Graph& graph, const Node& node)
{
    const ElementType type = graph.value(node.outputs[0]).type;
    return std::string(elementTypeName(type)) + scaleText(constantInput(graph, node, 1));
}

std::string pairText(const Graph& graph, const Node& node)
{
    const ElementType type = graph.value(node.inputs[0]).type;
    return std::string(elementTypeName(type)) + scaleText(constantInput(graph, node, 1));
}

struct FormatWords {
    std::string_view op_type;
    std::size_t inputs; ///< that the text needs
    std::string (*text)(const Graph&, const Node&);
};

constexpr std::array kFormatWords{
    FormatWords{"Quant", 4, integerText},           FormatWords{"IntQuant", 4, integerText},
    FormatWords{"FloatQuant", 4, floatText},        FormatWords{"BipolarQuant", 2, bipolarText},
    FormatWords{"Trunc", 5, truncText},             FormatWords{"QuantizeLinear", 2, codesText},
    FormatWords{"DequantizeLinear", 2, pairText},
};

} // namespace

std::int64_t QuantRange::lowest() const
{
    if (!is_signed) return 0;
    return -(std::int64_t{1} << (width_bits - 1)) + (is_narrow ? 1 : 0);
}

std::int64_t QuantRange::highest() const
{
    if (is_signed) return (std::int64_t{1} << (width_bits - 1)) - 1;
    return (std::int64_t{1} << width_bits) - 1 - (is_narrow ? 1 : 0);
}

QuantRange quantRangeAround(std::int64_t lowest, std::int64_t highest)
{
    const bool is_signed = lowest < 0;
    const auto bitsOf = [](std::int64_t magnitude) { return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(magnitude))); };
    QuantRange range;
    range.is_signed = is_signed;
    range.width_bits = is_signed ? std::max(bitsOf(-lowest - 1), bitsOf(std::max<std::int64_t>(highest, 0))) + 1
                                 : std::max(bitsOf(highest), 1);
    if (is_signed && range.width_bits == 1) range.width_bits = 2; // one signed bit means -1 and +1
    if (range.lowest() == lowest && range.highest() == highest) return range;
    QuantRange narrow = range;
    narrow.is_narrow = true;
    return narrow.lowest() == lowest && narrow.highest() == highest ? narrow : range;
}

std::optional<CodeRange> codeRangeOf(ElementType type)
{
    const auto found = std::find_if(kContainers.begin(), kContainers.end(), [&](const Container& c) { return c.type == type; });
    return found == kContainers.end() ? std::nullopt : std::optional(found->range);
}

std::string quantisedFormatText(const Graph& graph, ValueIndex index)
{
    const Value& value = graph.value(index);
    if (value.producer != kNone) {
        const Node& node = graph.node(value.producer);
        const auto words = std::find_if(kFormatWords.begin(), kFormatWords.end(),
                                        [&](const FormatWords& entry) { return entry.op_type == node.op_type; });
        if (words != kFormatWords.end() && node.inputs.size() >= words->inputs && node.inputs[0] != kNone)
            return words->text(graph, node);
    }
    return value.datatype_annotation;
}

std::optional<QuantiserForm> quantiserFormOf(const Model& model)
{
    const auto count = [&](auto matches) { return std::count_if(model.graph.nodes.begin(), model.graph.nodes.end(), matches); };
    const auto pairs = count([](const Node& node) { return node.op_type == "DequantizeLinear"; });
    const auto quantisers = count([](const Node& node) { return node.domain == kQonnxDomain && node.op_type.ends_with("Quant"); });
    if (pairs == 0 && quantisers == 0) return std::nullopt;
    return pairs > quantisers ? QuantiserForm::Pairs : QuantiserForm::Qonnx;
}

ConvertedQuantisers convertQuantisers(const Model& model, QuantiserForm form)
{
    WorkGraph work(model);
    work.tidy();
    foldConstants(work); // parameters may come from Constant nodes
    const auto before = static_cast<std::ptrdiff_t>(work.model().rewrites.size());
    ConvertedQuantisers result;
    result.kept = form == QuantiserForm::Qonnx ? pairsToQuant(work) : quantToPairs(work);
    result.model = work.finish();
    const std::vector<RewriteRecord>& rewrites = result.model.rewrites;
    result.converted = static_cast<int>(std::count_if(rewrites.begin() + before, rewrites.end(),
                                                      [](const RewriteRecord& record) { return record.pass == "quantisers"; }));
    return result;
}

} // namespace bitwright
