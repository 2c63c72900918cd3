// SPDX-License-Identifier: GPL-3.0-or-later
// The operators on codes that ONNX Runtime's quantiser writes (onnxruntime: docs/ContribOperators.md,
// core/mlas/lib/qladd.cpp, qlmul.cpp, qlgavgpool.cpp).
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/pool_window.h"
#include "ops/requantise.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

std::vector<Tensor> codesOf(const std::vector<float>& codes, const Shape& shape, ElementType type)
{
    return {convertTo(Tensor::of<float>(shape, codes), type)};
}

// ---- QLinearAdd, QLinearMul: a, scale, zero point, b, scale, zero point, scale and zero point of the result

Result<std::vector<TensorFacts>> pairShape(const ShapeContext& context)
{
    const Shape* a = context.shape(0);
    const Shape* b = context.shape(3);
    if (!a || !b) return oneOutput(context.type(0), std::nullopt);
    std::optional<Shape> out = broadcastShape(*a, *b);
    if (!out) return shapeProblem(context.node, fmt::format("shapes {} and {} cannot be combined", shapeText(*a), shapeText(*b)));
    return oneOutput(context.type(0), *std::move(out));
}

// The kernels multiply and add in one step, so the functions below do.

float addCodes(float a, float b, const LinearScale& in_a, const LinearScale& in_b, const LinearScale& out)
{
    const float ratio_a = in_a.scale / out.scale;
    const float ratio_b = in_b.scale / out.scale;
    const float fixed = out.zero - (ratio_a * in_a.zero + ratio_b * in_b.zero);
    return out.codeOfShifted(std::fma(b, ratio_b, std::fma(a, ratio_a, fixed)));
}

float multiplyCodes(float a, float b, const LinearScale& in_a, const LinearScale& in_b, const LinearScale& out)
{
    return out.codeOfShifted(std::fma((a - in_a.zero) * (b - in_b.zero), in_a.scale * in_b.scale / out.scale, out.zero));
}

template <float (*combine)(float, float, const LinearScale&, const LinearScale&, const LinearScale&)>
Result<std::vector<Tensor>> runPair(const RunContext& context)
{
    const Tensor& a = context[0];
    const Tensor& b = context[3];
    const std::optional<Shape> shape = broadcastShape(a.shape(), b.shape());
    if (!shape) return shapeProblem(context.node, fmt::format("shapes {} and {} cannot be combined", shapeText(a.shape()), shapeText(b.shape())));
    if (elementCount(*shape).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, *shape);
    const Result<LinearScale> in_a = linearScale(context, 1, 2, a.type());
    if (!in_a) return in_a.error();
    const Result<LinearScale> in_b = linearScale(context, 4, 5, b.type());
    if (!in_b) return in_b.error();
    const Result<LinearScale> out = linearScale(context, 6, 7, a.type());
    if (!out) return out.error();
    const Stretched left(a, *shape);
    const Stretched right(b, *shape);
    std::vector<float> codes(static_cast<std::size_t>(elementCount(*shape).value_or(0)));
    for (std::size_t i = 0; i < codes.size(); ++i)
        codes[i] = combine(left[static_cast<std::int64_t>(i)], right[static_cast<std::int64_t>(i)], *in_a, *in_b, *out);
    return codesOf(codes, *shape, a.type());
}

/// Both operands hold samples, or one does and the other stretches over them.
bool batchPair(const BatchContext& context)
{
    const std::size_t rank = std::max(context.rank(0), context.rank(3));
    const auto fits = [&](std::size_t input) {
        if (context.batched(input)) return context.rank(input) == rank;
        return context.rank(input) < rank || context.inputs[input].shape->front() == 1;
    };
    const bool has_own_scales = context.batched(1) || context.batched(4) || context.batched(6);
    return rank > 0 && !has_own_scales && fits(0) && fits(3);
}

// ---- Functions of one code, by a table: x, scale, zero point, scale and zero point of the result

float sigmoidOf(float x, const Node&)
{
    return 1 / (1 + std::exp(-x));
}

float leakyOf(float x, const Node& node)
{
    return x >= 0 ? x : x * static_cast<float>(attributeFloat(node, "alpha", 0.01));
}

/// The result's code for every code of the input.
template <class F>
std::vector<float> tableOf(const LinearScale& in, const LinearScale& out, F f)
{
    std::vector<float> table;
    for (float code = in.low; code <= in.high; ++code) table.push_back(out.quantised(f(in.value(code))));
    return table;
}

bool isByte(ElementType type)
{
    return type == ElementType::Uint8 || type == ElementType::Int8;
}

template <float (*function)(float, const Node&)>
Result<std::vector<Tensor>> runTable(const RunContext& context)
{
    const Tensor& x = context[0];
    if (!isByte(x.type())) return typeProblem(context.node, x.type());
    const Result<LinearScale> in = linearScale(context, 1, 2, x.type());
    if (!in) return in.error();
    const Result<LinearScale> out = linearScale(context, 3, 4, x.type());
    if (!out) return out.error();
    const std::vector<float> table = tableOf(*in, *out, [&](float value) { return function(value, context.node); });
    std::vector<float> codes = asFloats(x);
    for (float& code : codes) code = table[static_cast<std::size_t>(code - in->low)];
    return codesOf(codes, x.shape(), x.type());
}

// ---- QLinearSoftmax: x, scale, zero point, scale and zero point of the result

Result<std::vector<Tensor>> runSoftmax(const RunContext& context)
{
    const Tensor& x = context[0];
    const Result<LinearScale> in = linearScale(context, 1, 2, x.type());
    if (!in) return in.error();
    const Result<LinearScale> out = linearScale(context, 3, 4, x.type());
    if (!out) return out.error();
    const std::int64_t opset = attributeInt(context.node, "opset", 13);
    const std::optional<std::size_t> axis = normalAxis(attributeInt(context.node, "axis", opset < 13 ? 1 : -1), x.shape().size());
    if (!axis) return attributeProblem(context.node, "axis", fmt::format("{} has no such dimension", shapeText(x.shape())));
    std::int64_t behind = rowSteps(x.shape())[*axis];
    std::int64_t length = x.shape()[*axis];
    if (opset < 13) { // everything from the axis on is one row
        length *= behind;
        behind = 1;
    }
    std::vector<float> codes = asFloats(x);
    for (std::int64_t row = 0; length > 0 && row < x.size() / length; ++row) {
        float* first = codes.data() + row / behind * length * behind + row % behind;
        float largest = -std::numeric_limits<float>::infinity();
        for (std::int64_t i = 0; i < length; ++i) largest = std::max(largest, first[i * behind]);
        float sum = 0;
        for (std::int64_t i = 0; i < length; ++i) sum += first[i * behind] = std::exp((first[i * behind] - largest) * in->scale);
        for (std::int64_t i = 0; i < length; ++i) first[i * behind] = out->quantised(first[i * behind] / sum);
    }
    return codesOf(codes, x.shape(), x.type());
}

bool batchSoftmax(const BatchContext& context)
{
    const std::int64_t fallback = attributeInt(context.node, "opset", 13) < 13 ? 1 : -1;
    const std::optional<std::size_t> axis = normalAxis(attributeInt(context.node, "axis", fallback), context.rank(0));
    return batchFirstInput(context) && axis && *axis != 0;
}

// ---- QLinearAveragePool, QLinearGlobalAveragePool: x, scale, zero point, scale and zero point of the result

bool isChannelsLast(const Node& node)
{
    return attributeInt(node, "channels_last", 0) != 0;
}

template <bool IsGlobal>
Result<std::vector<TensorFacts>> poolShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    if (!x) return oneOutput(context.type(0), std::nullopt);
    const bool is_last = isChannelsLast(context.node);
    const Shape first = is_last ? channelsFirst(*x) : *x;
    const Result<Window> window = poolWindow(context.node, first, IsGlobal);
    if (!window) return window.error();
    const Shape out = poolOutput(first, *window);
    return oneOutput(context.type(0), is_last ? channelsLast(out) : out);
}

template <bool IsGlobal>
Result<std::vector<Tensor>> runPool(const RunContext& context)
{
    const Tensor x = isChannelsLast(context.node) ? toChannelsFirst(context[0]) : context[0];
    const Result<LinearScale> in = linearScale(context, 1, 2, x.type());
    if (!in) return in.error();
    const Result<LinearScale> out = linearScale(context, 3, 4, x.type());
    if (!out) return out.error();
    const Result<Window> window = poolWindow(context.node, x.shape(), IsGlobal);
    if (!window) return window.error();
    const Shape shape = poolOutput(x.shape(), *window);
    if (Result<void> size = checkPoolSize(context.node, *window, shape); !size) return size.error();
    const std::vector<std::int64_t> places = coveredPlaces(*window);
    const auto taps = static_cast<std::size_t>(elementCount(window->kernel).value_or(1));
    const auto outputs = static_cast<std::size_t>(elementCount(window->output).value_or(1));
    const auto area = static_cast<std::size_t>(elementCount(window->input).value_or(0));
    const bool counts_padding = attributeInt(context.node, "count_include_pad", 0) != 0;
    const std::vector<std::int64_t> values = asIntegers(x);
    const auto zero = static_cast<std::int64_t>(in->zero);
    std::vector<float> codes(static_cast<std::size_t>(elementCount(shape).value_or(0)));
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const std::int64_t* plane = values.data() + i / outputs * area;
        const std::int64_t* covered = places.data() + i % outputs * taps;
        std::int64_t sum = 0;
        std::int64_t count = 0;
        for (std::size_t t = 0; t < taps; ++t) {
            if (covered[t] >= 0) sum += plane[covered[t]] - zero;
            count += covered[t] >= 0 || (counts_padding && covered[t] == kOnPadding) ? 1 : 0;
        }
        const float scale = in->scale / (out->scale * static_cast<float>(std::max<std::int64_t>(count, 1)));
        codes[i] = out->code(static_cast<float>(sum) * scale);
    }
    const Tensor y = codesOf(codes, shape, x.type()).front();
    return std::vector<Tensor>{isChannelsLast(context.node) ? toChannelsLast(y) : y};
}

// ---- QLinearConcat: scale and zero point of the result, then x, scale, zero point of each part

Result<std::vector<TensorFacts>> concatShape(const ShapeContext& context)
{
    Shape out;
    std::optional<std::size_t> axis;
    for (std::size_t i = 2; i < context.inputs.size(); i += 3) {
        const Shape* x = context.shape(i);
        if (!x) return oneOutput(context.type(1), std::nullopt);
        if (i == 2) {
            out = *x;
            axis = normalAxis(attributeInt(context.node, "axis", 1), out.size());
        } else if (x->size() == out.size() && axis) {
            out[*axis] = out[*axis] < 0 || (*x)[*axis] < 0 ? -1 : out[*axis] + (*x)[*axis];
        }
        if (!axis || x->size() != out.size()) return shapeProblem(context.node, "its parts do not fit each other");
    }
    return oneOutput(context.type(1), out);
}

Result<std::vector<Tensor>> runConcat(const RunContext& context)
{
    const Node& node = context.node;
    if (context.inputs.size() < 5 || context.inputs.size() % 3 != 2 || !context.find(2)) return shapeProblem(node, "it needs three inputs for each part");
    const ElementType type = context[1].type();
    const Result<LinearScale> out = linearScale(context, 0, 1, type);
    if (!out) return out.error();
    Shape shape = context[2].shape();
    const std::optional<std::size_t> axis = normalAxis(attributeInt(node, "axis", 1), shape.size());
    if (!axis) return attributeProblem(node, "axis", fmt::format("{} has no such dimension", shapeText(shape)));
    shape[*axis] = 0;
    std::vector<std::vector<float>> parts;
    for (std::size_t i = 2; i < context.inputs.size(); i += 3) {
        if (!context.find(i)) return missingInput(node, i);
        Shape part = context[i].shape();
        const std::int64_t extent = part.size() == shape.size() ? part[*axis] : 0;
        if (part.size() == shape.size()) part[*axis] = shape[*axis];
        if (part != shape || !isByte(context[i].type())) return shapeProblem(node, "its parts do not fit each other");
        shape[*axis] += extent;
        const Result<LinearScale> in = linearScale(context, i + 1, i + 2, context[i].type());
        if (!in) return in.error();
        const std::vector<float> table = tableOf(*in, *out, [](float value) { return value; });
        parts.push_back(asFloats(context[i]));
        if (in->scale != out->scale || in->zero != out->zero)
            for (float& code : parts.back()) code = table[static_cast<std::size_t>(code - in->low)];
    }
    if (elementCount(shape).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(node, shape);
    const std::int64_t before = elementCount(Shape(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(*axis))).value_or(0);
    std::vector<float> codes;
    for (std::int64_t row = 0; row < before; ++row)
        for (const std::vector<float>& part : parts) {
            const auto length = static_cast<std::ptrdiff_t>(part.size()) / before;
            codes.insert(codes.end(), part.begin() + row * length, part.begin() + (row + 1) * length);
        }
    return codesOf(codes, shape, type);
}

bool batchConcat(const BatchContext& context)
{
    for (std::size_t i = 0; i < context.inputs.size(); ++i)
        if (context.batched(i) != (i >= 2 && i % 3 == 2)) return false;
    return normalAxis(attributeInt(context.node, "axis", 1), context.rank(2)).value_or(0) != 0;
}

constexpr std::array kOps{
    OpDescriptor{kMicrosoftDomain, "QLinearAdd", 1, 7, pairShape, runPair<addCodes>, batchPair},
    OpDescriptor{kMicrosoftDomain, "QLinearMul", 1, 7, pairShape, runPair<multiplyCodes>, batchPair},
    OpDescriptor{kMicrosoftDomain, "QLinearSigmoid", 1, 4, sameAsInput, runTable<sigmoidOf>, batchFirstInput},
    OpDescriptor{kMicrosoftDomain, "QLinearLeakyRelu", 1, 4, sameAsInput, runTable<leakyOf>, batchFirstInput},
    OpDescriptor{kMicrosoftDomain, "QLinearSoftmax", 1, 5, sameAsInput, runSoftmax, batchSoftmax},
    OpDescriptor{kMicrosoftDomain, "QLinearAveragePool", 1, 4, poolShape<false>, runPool<false>, batchFirstInput},
    OpDescriptor{kMicrosoftDomain, "QLinearGlobalAveragePool", 1, 5, poolShape<true>, runPool<true>, batchFirstInput},
    OpDescriptor{kMicrosoftDomain, "QLinearConcat", 1, 5, concatShape, runConcat, batchConcat},
};

} // namespace

std::span<const OpDescriptor> microsoftQuantisers()
{
    return kOps;
}

} // namespace bitwright
