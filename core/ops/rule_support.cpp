// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/rule_support.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "model/small_floats.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

Diagnostic problem(DiagnosticCode code, const Node& node, std::vector<std::string> more)
{
    std::vector<std::string> arguments{node.name, node.op_type};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return {code, std::move(arguments), NodeLocation{{}, node.name}, {}};
}

template <class T>
Tensor packed(ElementType type, const Shape& shape, const std::vector<T>& values)
{
    return makeTensor(type, shape, std::as_bytes(std::span(values)));
}

template <class To, class From>
Tensor narrowed(ElementType type, const Shape& shape, const std::vector<From>& values)
{
    std::vector<To> out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const From low = static_cast<From>(std::numeric_limits<To>::min());
        const From high = static_cast<From>(std::numeric_limits<To>::max());
        out[i] = static_cast<To>(std::clamp(values[i], low, high));
    }
    return packed(type, shape, out);
}

Tensor clampedIntegers(const Tensor& tensor, ElementType type, std::int64_t low, std::int64_t high)
{
    std::vector<std::int64_t> values = asIntegers(tensor);
    for (std::int64_t& value : values) value = std::clamp(value, low, high);
    return narrowed<std::int8_t>(type, tensor.shape(), values);
}

Tensor asSmallFloats(const Tensor& tensor, ElementType type)
{
    const std::vector<float> values = asRoundableFloats(tensor);
    const std::size_t bytes = elementBytes(type);
    const std::shared_ptr<std::byte[]> out(new std::byte[values.size() * bytes]);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::uint16_t code = encodeSmallFloat(type, values[i], true);
        std::memcpy(out.get() + i * bytes, &code, bytes); // little endian
    }
    return {type, tensor.shape(), out};
}

} // namespace

Diagnostic shapeProblem(const Node& node, std::string reason)
{
    return problem(DiagnosticCode::OperatorShapes, node, {std::move(reason)});
}

Diagnostic typeProblem(const Node& node, ElementType type)
{
    return problem(DiagnosticCode::OperatorType, node, {std::string(elementTypeName(type))});
}

Diagnostic valueProblem(const Node& node, std::string reason)
{
    return problem(DiagnosticCode::OperatorValue, node, {std::move(reason)});
}

Diagnostic attributeProblem(const Node& node, std::string_view attribute, std::string reason)
{
    return problem(DiagnosticCode::OperatorAttribute, node, {std::string(attribute), std::move(reason)});
}

Diagnostic sizeProblem(const Node& node, const Shape& shape)
{
    const std::optional<std::int64_t> count = elementCount(shape);
    return problem(DiagnosticCode::OperatorTooLarge, node,
                   {count ? fmt::format("{}", *count) : shapeText(shape), fmt::format("{}", kMaximumElements)});
}

Diagnostic missingInput(const Node& node, std::size_t input)
{
    return problem(DiagnosticCode::OperatorInputMissing, node, {fmt::format("{}", input)});
}

std::optional<std::size_t> normalAxis(std::int64_t axis, std::size_t rank)
{
    const auto extent = static_cast<std::int64_t>(rank);
    if (axis < -extent || axis >= extent) return std::nullopt;
    return static_cast<std::size_t>(axis < 0 ? axis + extent : axis);
}

Result<std::vector<std::size_t>> normalAxes(const Node& node, const std::vector<std::int64_t>& axes,
                                            std::size_t rank)
{
    std::vector<std::size_t> result;
    for (const std::int64_t axis : axes) {
        const std::optional<std::size_t> normal = normalAxis(axis, rank);
        if (!normal) return shapeProblem(node, fmt::format("axis {} does not exist in {} dimensions", axis, rank));
        result.push_back(*normal);
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

Result<std::size_t> axisOf(const Node& node, std::int64_t axis, const Shape& shape)
{
    const std::optional<std::size_t> normal = normalAxis(axis, shape.size());
    if (!normal) return attributeProblem(node, "axis", fmt::format("{} has no such dimension", shapeText(shape)));
    return *normal;
}

AxisRows rowsAlong(const Shape& shape, std::size_t axis)
{
    const auto middle = shape.begin() + static_cast<std::ptrdiff_t>(axis);
    return {elementCount(Shape(shape.begin(), middle)).value_or(0), *middle,
            elementCount(Shape(middle + 1, shape.end())).value_or(0)};
}

Result<void> checkSize(const Node& node, const Shape& shape)
{
    if (elementCount(shape).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(node, shape);
    return {};
}

std::optional<Shape> broadcastShape(const Shape& a, const Shape& b)
{
    Shape out(std::max(a.size(), b.size()), 1);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::int64_t x = i < a.size() ? a[a.size() - 1 - i] : 1;
        const std::int64_t y = i < b.size() ? b[b.size() - 1 - i] : 1;
        std::int64_t& extent = out[out.size() - 1 - i];
        if (x == y || y == 1) extent = x;
        else if (x == 1 || x < 0) extent = y;
        else if (y < 0) extent = x;
        else return std::nullopt;
    }
    return out;
}

std::vector<std::int64_t> rowSteps(const Shape& shape)
{
    std::vector<std::int64_t> steps(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;) steps[i - 1] = steps[i] * shape[i];
    return steps;
}

std::vector<std::int64_t> broadcastSteps(const Shape& shape, const Shape& out)
{
    std::vector<std::int64_t> steps(out.size(), 0);
    const std::vector<std::int64_t> own = rowSteps(shape);
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] != 1) steps[out.size() - shape.size() + i] = own[i];
    return steps;
}

bool isFloatType(ElementType type)
{
    return type == ElementType::Float32 || type == ElementType::Float64 || isSmallFloat(type);
}

bool isIntegerType(ElementType type)
{
    switch (type) {
    case ElementType::Int8:
    case ElementType::Uint8:
    case ElementType::Int16:
    case ElementType::Uint16:
    case ElementType::Int32:
    case ElementType::Uint32:
    case ElementType::Int64:
    case ElementType::Uint64: return true;
    default: return false;
    }
}

bool isOpaqueType(ElementType type)
{
    return type == ElementType::String || type == ElementType::Undefined || type == ElementType::Complex64 ||
           type == ElementType::Complex128;
}

Tensor widened(const Tensor& tensor)
{
    return isSmallFloat(tensor.type()) ? convertTo(tensor, ElementType::Float32) : tensor;
}

ElementType attributeType(const Node& node, std::string_view name, ElementType fallback)
{
    const std::int64_t number = attributeInt(node, name, static_cast<int>(fallback));
    const bool is_known = number > 0 && number < 1000 && isKnownElementType(static_cast<int>(number));
    return is_known ? static_cast<ElementType>(number) : ElementType::Undefined;
}

std::vector<float> asRoundableFloats(const Tensor& tensor)
{
    std::vector<float> values = asFloats(tensor);
    if (tensor.type() != ElementType::Float64 && elementBytes(tensor.type()) < 4) return values;
    // Rounded to odd, so that rounding again to fewer bits gives what rounding once gives.
    for (std::size_t i = 0; i < values.size() && tensor.type() != ElementType::Float32; ++i) {
        const double exact = elementAsDouble(tensor, static_cast<std::int64_t>(i));
        const auto rounded = static_cast<double>(values[i]);
        const bool is_odd = (std::bit_cast<std::uint32_t>(values[i]) & 1U) != 0;
        if (rounded == exact || std::isnan(exact) || std::isinf(exact) || is_odd) continue;
        values[i] = std::nextafter(values[i], exact > rounded ? std::numeric_limits<float>::infinity() : -std::numeric_limits<float>::infinity());
    }
    return values;
}

std::optional<std::int64_t> singleInteger(const Tensor* tensor)
{
    if (!tensor || tensor->size() != 1) return std::nullopt;
    return asIntegers(*tensor).front();
}

std::optional<double> singleNumber(const Tensor* tensor)
{
    if (!tensor || tensor->size() != 1) return std::nullopt;
    return elementAsDouble(*tensor, 0);
}

std::vector<TensorFacts> oneOutput(ElementType type, std::optional<Shape> shape)
{
    return {TensorFacts{type, std::move(shape), {}}};
}

Result<std::vector<TensorFacts>> sameAsInput(const ShapeContext& context)
{
    return oneOutput(context.type(0), context.has(0) ? context.inputs[0].shape : std::nullopt);
}

Result<std::vector<TensorFacts>> broadcastOfInputs(const ShapeContext& context)
{
    Shape shape;
    for (std::size_t i = 0; i < context.inputs.size(); ++i) {
        const Shape* input = context.shape(i);
        if (!input) return oneOutput(context.type(0), std::nullopt);
        const std::optional<Shape> common = broadcastShape(shape, *input);
        if (!common)
            return shapeProblem(context.node,
                                fmt::format("shapes {} and {} cannot be combined", shapeText(shape), shapeText(*input)));
        shape = *common;
    }
    return oneOutput(context.type(0), shape);
}

bool batchElementwise(const BatchContext& context)
{
    std::size_t rank = 0;
    for (std::size_t i = 0; i < context.inputs.size(); ++i) rank = std::max(rank, context.rank(i));
    for (std::size_t i = 0; i < context.inputs.size(); ++i) {
        if (context.batched(i) && context.rank(i) != rank) return false;
        if (!context.batched(i) && context.rank(i) == rank && rank > 0 && context.inputs[i].shape->front() != 1)
            return false;
    }
    return rank > 0;
}

Tensor alignedOperand(const RunContext& context)
{
    const Tensor& b = context[1];
    if (context.opset >= 7 || attributeInt(context.node, "broadcast", 0) == 0) return b;
    const std::int64_t axis = attributeInt(context.node, "axis", -1);
    const std::size_t rank = context[0].shape().size();
    const std::size_t behind = axis < 0 ? 0 : rank - std::min(rank, static_cast<std::size_t>(axis) + b.shape().size());
    Shape shape = b.shape();
    shape.insert(shape.end(), behind, 1);
    return b.reshaped(shape);
}

Result<std::vector<TensorFacts>> binaryShape(const ShapeContext& context)
{
    return context.opset < 7 ? sameAsInput(context) : broadcastOfInputs(context);
}

bool batchBinary(const BatchContext& context)
{
    return context.opset >= 7 && batchElementwise(context);
}

bool batchFirstInput(const BatchContext& context)
{
    for (std::size_t i = 1; i < context.inputs.size(); ++i)
        if (context.batched(i)) return false;
    return context.rank(0) > 0;
}

Tensor convertTo(const Tensor& tensor, ElementType type)
{
    const Shape& shape = tensor.shape();
    if (tensor.type() == type) return tensor;
    switch (type) {
    case ElementType::Float32: return packed(type, shape, asFloats(tensor));
    case ElementType::Float64: return packed(type, shape, asDoubles(tensor));
    case ElementType::Int8: return narrowed<std::int8_t>(type, shape, asIntegers(tensor));
    case ElementType::Uint8: return narrowed<std::uint8_t>(type, shape, asIntegers(tensor));
    case ElementType::Int16: return narrowed<std::int16_t>(type, shape, asIntegers(tensor));
    case ElementType::Uint16: return narrowed<std::uint16_t>(type, shape, asIntegers(tensor));
    case ElementType::Int32: return narrowed<std::int32_t>(type, shape, asIntegers(tensor));
    case ElementType::Uint32: return narrowed<std::uint32_t>(type, shape, asIntegers(tensor));
    case ElementType::Int64: return packed(type, shape, asIntegers(tensor));
    case ElementType::Uint64: {
        std::vector<std::int64_t> values = asIntegers(tensor);
        return packed(type, shape, values);
    }
    case ElementType::Int4: return clampedIntegers(tensor, type, -8, 7);
    case ElementType::Uint4: return clampedIntegers(tensor, type, 0, 15);
    case ElementType::Int2: return clampedIntegers(tensor, type, -2, 1);
    case ElementType::Uint2: return clampedIntegers(tensor, type, 0, 3);
    case ElementType::Bool: {
        std::vector<std::uint8_t> values(static_cast<std::size_t>(tensor.size()));
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = elementAsDouble(tensor, static_cast<std::int64_t>(i)) != 0 ? 1 : 0;
        return packed(type, shape, values);
    }
    default: break;
    }
    return asSmallFloats(tensor, type);
}

ElementType workingType(ElementType type)
{
    return type == ElementType::Float64 ? ElementType::Float64 : ElementType::Float32;
}

std::optional<std::vector<std::int64_t>> integersFrom(const ShapeContext& context, std::string_view name,
                                                      std::size_t input)
{
    if (const Tensor* constant = context.constant(input)) return asIntegers(*constant);
    if (!context.has(input) && hasAttribute(context.node, name)) return attributeInts(context.node, name);
    return std::nullopt;
}

std::optional<std::vector<std::int64_t>> integersFrom(const RunContext& context, std::string_view name,
                                                      std::size_t input)
{
    if (const Tensor* tensor = context.find(input)) return asIntegers(*tensor);
    if (hasAttribute(context.node, name)) return attributeInts(context.node, name);
    return std::nullopt;
}

} // namespace bitwright
