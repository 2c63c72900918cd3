// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

// ---- Constant: one of several attributes holds the value

std::optional<Tensor> constantValue(const Node& node)
{
    if (const Tensor* value = attributeTensor(node, "value")) return *value;
    if (const Tensor* value = attributeTensor(node, "sparse_value")) return *value; // dense since the import
    const auto found = node.attributes.find("value_float");
    if (found != node.attributes.end())
        if (const auto* value = std::get_if<float>(&found->second)) return Tensor::of<float>({}, std::span(value, 1));
    if (hasAttribute(node, "value_int")) {
        const std::int64_t value = attributeInt(node, "value_int", 0);
        return Tensor::of<std::int64_t>({}, std::span(&value, 1));
    }
    if (hasAttribute(node, "value_ints")) {
        const std::vector<std::int64_t> values = attributeInts(node, "value_ints");
        return Tensor::of<std::int64_t>({static_cast<std::int64_t>(values.size())}, values);
    }
    if (hasAttribute(node, "value_floats")) {
        const std::vector<double> wide = attributeFloats(node, "value_floats");
        const std::vector<float> values(wide.begin(), wide.end());
        return Tensor::of<float>({static_cast<std::int64_t>(values.size())}, values);
    }
    return std::nullopt;
}

Result<std::vector<Tensor>> runConstant(const RunContext& context)
{
    std::optional<Tensor> value = constantValue(context.node);
    if (!value) return attributeProblem(context.node, "value", "it is missing or holds text");
    return std::vector<Tensor>{*std::move(value)};
}

Result<std::vector<TensorFacts>> constantShape(const ShapeContext& context)
{
    std::optional<Tensor> value = constantValue(context.node);
    if (!value) return std::vector<TensorFacts>{};
    TensorFacts facts{value->type(), value->shape(), value};
    return std::vector<TensorFacts>{std::move(facts)};
}

// ---- ConstantOfShape

Tensor fillValue(const Node& node)
{
    const Tensor* value = attributeTensor(node, "value");
    return value && value->size() == 1 ? *value : Tensor::zeros(ElementType::Float32, {1});
}

Result<std::vector<TensorFacts>> constantOfShapeShape(const ShapeContext& context)
{
    const ElementType type = fillValue(context.node).type();
    if (const Tensor* shape = context.constant(0)) return oneOutput(type, asIntegers(*shape));
    const Shape* rank = context.shape(0);
    if (rank && rank->size() == 1 && (*rank)[0] >= 0 && (*rank)[0] <= 64)
        return oneOutput(type, Shape(static_cast<std::size_t>((*rank)[0]), -1));
    return oneOutput(type, std::nullopt);
}

Result<std::vector<Tensor>> runConstantOfShape(const RunContext& context)
{
    const Shape shape = asIntegers(context[0]);
    const std::optional<std::int64_t> count = elementCount(shape);
    if (!count) return valueProblem(context.node, fmt::format("the shape {} is impossible", shapeText(shape)));
    if (*count > kMaximumElements) return sizeProblem(context.node, shape);
    const Tensor fill = fillValue(context.node);
    const std::size_t bytes = elementBytes(fill.type());
    const std::shared_ptr<std::byte[]> data(new std::byte[static_cast<std::size_t>(*count) * bytes]);
    for (std::int64_t i = 0; i < *count; ++i)
        std::copy_n(fill.bytes().data(), bytes, data.get() + static_cast<std::size_t>(i) * bytes);
    return std::vector<Tensor>{Tensor(fill.type(), shape, data)};
}

// ---- Shape, Size: known before anything runs

Shape slicedShape(const Node& node, const Shape& shape)
{
    const auto rank = static_cast<std::int64_t>(shape.size());
    const auto clamp = [&](std::int64_t at) { return std::clamp<std::int64_t>(at < 0 ? at + rank : at, 0, rank); };
    const std::int64_t start = clamp(attributeInt(node, "start", 0));
    const std::int64_t end = std::max(start, clamp(attributeInt(node, "end", rank)));
    return {shape.begin() + start, shape.begin() + end};
}

Tensor integersTensor(const std::vector<std::int64_t>& values)
{
    return Tensor::of<std::int64_t>({static_cast<std::int64_t>(values.size())}, values);
}

Result<std::vector<TensorFacts>> shapeShape(const ShapeContext& context)
{
    const Shape* shape = context.shape(0);
    if (!shape) return oneOutput(ElementType::Int64, Shape{-1});
    const Shape part = slicedShape(context.node, *shape);
    TensorFacts facts{ElementType::Int64, Shape{static_cast<std::int64_t>(part.size())}, {}};
    if (std::all_of(part.begin(), part.end(), [](std::int64_t extent) { return extent >= 0; }))
        facts.constant = integersTensor(part);
    return std::vector<TensorFacts>{std::move(facts)};
}

Result<std::vector<Tensor>> runShape(const RunContext& context)
{
    return std::vector<Tensor>{integersTensor(slicedShape(context.node, context[0].shape()))};
}

Result<std::vector<TensorFacts>> sizeShape(const ShapeContext& context)
{
    TensorFacts facts{ElementType::Int64, Shape{}, {}};
    if (const Shape* shape = context.shape(0))
        if (const std::optional<std::int64_t> count = elementCount(*shape))
            facts.constant = Tensor::of<std::int64_t>({}, std::span(&*count, 1));
    return std::vector<TensorFacts>{std::move(facts)};
}

Result<std::vector<Tensor>> runSize(const RunContext& context)
{
    const std::int64_t count = context[0].size();
    return std::vector<Tensor>{Tensor::of<std::int64_t>({}, std::span(&count, 1))};
}

constexpr NotSupported kDependsOnBatch{"The result depends on the number of samples."};

constexpr std::array kOps{
    OpDescriptor{"", "Constant", 1, 0, constantShape, runConstant, NotSupported{"There is no input to stack."}},
    OpDescriptor{"", "ConstantOfShape", 9, 1, constantOfShapeShape, runConstantOfShape, kDependsOnBatch},
    OpDescriptor{"", "Shape", 1, 1, shapeShape, runShape, kDependsOnBatch},
    OpDescriptor{"", "Size", 1, 1, sizeShape, runSize, kDependsOnBatch},
};

} // namespace

std::span<const OpDescriptor> constantOps()
{
    return kOps;
}

} // namespace bitwright
