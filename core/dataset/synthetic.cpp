// SPDX-License-Identifier: GPL-3.0-or-later
// Random samples for models without data.
#include "dataset/dataset.h"
#include "support/diagnostic_codes.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bitwright {
namespace {

/// splitmix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}

    /// In [0, 1), with 24 random bits: exact in float32.
    double uniform()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t x = m_state;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
        return static_cast<double>((x ^ (x >> 31)) >> 40) / (1 << 24);
    }
    /// Nearly normal: twelve uniforms (Irwin-Hall), without a library function whose last bit may differ.
    double normal()
    {
        double sum = -6;
        for (int i = 0; i < 12; ++i)
            sum += uniform();
        return sum;
    }

private:
    std::uint64_t m_state;
};

/// Where the samples of one input lie; nothing known means a normal distribution.
struct Spread {
    double low = 0;
    double high = 0;
    bool isKnown() const { return high > low; }
};

/// The constant that feeds input @p which of @p node as one number; nothing when it is not such a constant.
std::optional<double> scalarInput(const Graph& graph, const Node& node, std::size_t which)
{
    if (which >= node.inputs.size() || node.inputs[which] == kNone) return std::nullopt;
    const std::optional<Tensor>& constant = graph.value(node.inputs[which]).constant;
    if (!constant || constant->size() != 1) return std::nullopt;
    return elementAsDouble(*constant, 0);
}

/// The range of a QONNX quantiser that reads the input directly (QONNX, `Quant`).
Spread quantiserSpread(const Graph& graph, const Value& input)
{
    for (const NodeIndex consumer : input.consumers) {
        const Node& node = graph.node(consumer);
        if (node.op_type == "BipolarQuant") return {-1, 1};
        if (node.op_type != "Quant" && node.op_type != "IntQuant") continue;
        const std::optional<double> scale = scalarInput(graph, node, 1);
        const std::optional<double> zero = scalarInput(graph, node, 2);
        const std::optional<double> bits = scalarInput(graph, node, 3);
        if (!scale || !zero || !bits || !(*bits >= 1 && *bits <= 32)) continue;
        const bool is_signed = attributeInt(node, "signed", 1) != 0;
        const double codes = std::ldexp(1.0, static_cast<int>(*bits));
        const double low = is_signed ? -codes / 2 : 0;
        return {(low - *zero) * *scale, (low + codes - 1 - *zero) * *scale};
    }
    return {};
}

Tensor randomSamples(const Shape& shape, ElementType type, const Spread& spread, Random& random)
{
    std::vector<float> values(static_cast<std::size_t>(*elementCount(shape)));
    const bool is_whole = type != ElementType::Float32 && type != ElementType::Float64 &&
                          type != ElementType::Float16 && type != ElementType::Undefined;
    for (float& value : values) {
        if (is_whole)
            value = random.uniform() < 0.5 ? 0.0F : 1.0F; // the values that every integer type has
        else if (spread.isKnown())
            value = static_cast<float>(spread.low + random.uniform() * (spread.high - spread.low));
        else
            value = static_cast<float>(random.normal());
    }
    return Tensor::of<float>(shape, values);
}

constexpr std::int64_t kLargestSynthetic = std::int64_t{1} << 22; // elements per input: quickly made, 16 MiB

} // namespace

Result<std::shared_ptr<const Dataset>> syntheticDataset(const Model& model, std::int64_t samples)
{
    Random random(20240521);
    std::vector<Tensor> arrays;
    std::vector<std::string> names;
    for (const ValueIndex index : model.graph.inputs) {
        const Value& input = model.graph.value(index);
        Shape shape = input.shape.value_or(Shape{-1, -1});
        if (shape.empty()) shape = {1};
        shape[0] = 1;
        const std::optional<std::int64_t> elements = elementCount(shape);
        if (!elements || *elements > kLargestSynthetic)
            return Diagnostic{DiagnosticCode::InputShapeUnknown,
                              {input.name, shapeText(input.shape.value_or(Shape{}))}, {},
                              "Give data for this model."};
        samples = std::clamp<std::int64_t>(kLargestSynthetic / std::max<std::int64_t>(*elements, 1), 1, samples);
    }
    for (const ValueIndex index : model.graph.inputs) {
        const Value& input = model.graph.value(index);
        Shape shape = input.shape.value_or(Shape{1});
        if (shape.empty()) shape = {1};
        shape[0] = samples;
        arrays.push_back(randomSamples(shape, input.type, quantiserSpread(model.graph, input), random));
        names.push_back(input.name);
    }
    Result<Dataset> data = makeDataset(model, arrays, names);
    if (!data) return data.error();
    data->is_synthetic = true;
    data->description = fmt::format("{} random samples", samples);
    return std::make_shared<const Dataset>(std::move(*data));
}

} // namespace bitwright
