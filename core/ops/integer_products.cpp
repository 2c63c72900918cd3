// SPDX-License-Identifier: GPL-3.0-or-later
// Products of codes: MatMulInteger, QLinearMatMul, QGemm (reference qonnx_finn.md section 3.3).
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/matrix_product.h"
#include "ops/requantise.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// Rows have their parameters as a vector; broadcasting wants a column.
Tensor asColumn(const Tensor& parameter)
{
    if (parameter.shape().size() != 1 || parameter.size() == 1) return parameter;
    return parameter.reshaped({parameter.size(), 1});
}

/// int32 product of codes without their zero points, which may be omitted.
Result<Tensor> integerProduct(const Node& node, const Tensor& a, const Tensor* a_zero, const Tensor& b, const Tensor* b_zero)
{
    const Tensor rows = a_zero ? asColumn(*a_zero) : Tensor();
    const Result<Tensor> left = withoutZeroPoint(node, a, a_zero ? &rows : nullptr);
    if (!left) return left.error();
    const Result<Tensor> right = withoutZeroPoint(node, b, b_zero);
    if (!right) return right.error();
    return matrixProduct(node, *left, *right);
}

/// Inputs a and b of the node, and where they stand.
Result<std::vector<TensorFacts>> productShape(const ShapeContext& context, std::size_t b, ElementType type)
{
    const Shape* left = context.shape(0);
    const Shape* right = context.shape(b);
    if (!left || !right) return oneOutput(type, std::nullopt);
    Result<Shape> out = matrixProductShape(context.node, *left, *right);
    if (!out) return out.error();
    return oneOutput(type, *std::move(out));
}

/// Parameters that belong to rows of samples would differ from sample to sample.
bool areParametersShared(const BatchContext& context, std::initializer_list<std::size_t> inputs)
{
    return std::all_of(inputs.begin(), inputs.end(), [&](std::size_t input) {
        if (input >= context.inputs.size() || !context.inputs[input].shape) return true;
        return !context.batched(input) && elementCount(*context.inputs[input].shape) == 1;
    });
}

// ---- MatMulInteger: a, b, zero point of a, zero point of b

Result<std::vector<TensorFacts>> matMulIntegerShape(const ShapeContext& context)
{
    return productShape(context, 1, ElementType::Int32);
}

Result<std::vector<Tensor>> runMatMulInteger(const RunContext& context)
{
    Result<Tensor> product = integerProduct(context.node, context[0], context.find(2), context[1], context.find(3));
    if (!product) return product.error();
    return std::vector<Tensor>{*std::move(product)};
}

bool batchMatMulInteger(const BatchContext& context)
{
    return areParametersShared(context, {2}) && !context.batched(3) && batchMatrixProduct(context, 0, 1);
}

// ---- QLinearMatMul: a, scale, zero point, b, scale, zero point, scale and zero point of the result

Result<std::vector<TensorFacts>> qLinearMatMulShape(const ShapeContext& context)
{
    return productShape(context, 3, context.type(7));
}

Result<void> checkStretch(const Node& node, const Tensor& scale, const Shape& over)
{
    const std::optional<Shape> common = broadcastShape(scale.shape(), over);
    if (scale.size() == 1 || (common && *common == over)) return {};
    return shapeProblem(node, fmt::format("scales of shape {} do not fit {}", shapeText(scale.shape()), shapeText(over)));
}

Result<std::vector<Tensor>> runQLinearMatMul(const RunContext& context)
{
    const Node& node = context.node;
    const Result<Tensor> product = integerProduct(node, context[0], context.find(2), context[3], context.find(5));
    if (!product) return product.error();
    const Result<LinearScale> out = linearScale(context, 6, 7, ElementType::Uint8);
    if (!out) return out.error();
    const Tensor rows = asColumn(context[1]);
    for (const Tensor* scale : {&rows, &context[4]})
        if (Result<void> fits = checkStretch(node, *scale, product->shape()); !fits) return fits.error();
    const Stretched a(rows, product->shape());
    const Stretched b(context[4], product->shape());
    const std::span<const std::int32_t> sums = product->as<std::int32_t>();
    const Tensor codes = filledTensor<float>(ElementType::Float32, product->shape(), [&](std::span<float> y) {
        for (std::size_t i = 0; i < y.size(); ++i) {
            const auto at = static_cast<std::int64_t>(i);
            y[i] = out->code(static_cast<float>(sums[i]) * (a[at] * b[at] / out->scale));
        }
    });
    return std::vector<Tensor>{convertTo(codes, context[7].type())};
}

bool batchQLinearMatMul(const BatchContext& context)
{
    return areParametersShared(context, {1, 2, 6, 7}) && !context.batched(4) && !context.batched(5) && batchMatrixProduct(context, 0, 3);
}

// ---- QGemm: a, scale, zero point, b, scale, zero point, bias, scale and zero point of the result, which is float
// where these are omitted (onnxruntime: docs/ContribOperators.md)

Tensor flipped(const Tensor& matrix)
{
    const std::vector<std::int64_t> steps = rowSteps(matrix.shape());
    return copyStrided(matrix, {matrix.shape()[1], matrix.shape()[0]}, {steps[1], steps[0]});
}

Result<std::vector<TensorFacts>> qGemmShape(const ShapeContext& context)
{
    const ElementType type = !context.has(7) ? ElementType::Float32 : (context.has(8) ? context.type(8) : context.type(0));
    const Shape* a = context.shape(0);
    const Shape* b = context.shape(3);
    if (!a || !b || a->size() != 2 || b->size() != 2) return oneOutput(type, std::nullopt);
    const bool flips_a = attributeInt(context.node, "transA", 0) != 0;
    const bool flips_b = attributeInt(context.node, "transB", 0) != 0;
    return oneOutput(type, Shape{(*a)[flips_a ? 1 : 0], (*b)[flips_b ? 0 : 1]});
}

Result<std::vector<Tensor>> runQGemm(const RunContext& context)
{
    const Node& node = context.node;
    if (context[0].shape().size() != 2 || context[3].shape().size() != 2) return shapeProblem(node, "its inputs are not two matrices");
    const Tensor a = attributeInt(node, "transA", 0) != 0 ? flipped(context[0]) : context[0];
    const Tensor b = attributeInt(node, "transB", 0) != 0 ? flipped(context[3]) : context[3];
    const Result<Tensor> product = integerProduct(node, a, context.find(2), b, context.find(5));
    if (!product) return product.error();
    const Shape& shape = product->shape();
    const Tensor* bias = context.find(6);
    if (context[1].size() != 1) return shapeProblem(node, "its first matrix has more than one scale");
    for (const Tensor* parameter : {&context[4], bias})
        if (parameter)
            if (Result<void> fits = checkStretch(node, *parameter, shape); !fits) return fits.error();
    std::vector<std::int32_t> sums(product->as<std::int32_t>().begin(), product->as<std::int32_t>().end());
    if (bias) {
        const std::vector<std::int64_t> values = asIntegers(*bias);
        const std::vector<std::int64_t> steps = broadcastSteps(bias->shape(), shape);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            const auto at = static_cast<std::int64_t>(i);
            const std::int64_t value = values.size() == 1 ? values[0] : values[static_cast<std::size_t>(at / shape[1] * steps[0] + at % shape[1] * steps[1])];
            sums[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(sums[i]) + static_cast<std::uint32_t>(value));
        }
    }
    LinearScale out;
    if (context.find(7)) {
        const Result<LinearScale> stated = linearScale(context, 7, 8, context[0].type());
        if (!stated) return stated.error();
        out = *stated;
    }
    const float left = static_cast<float>(attributeFloat(node, "alpha", 1.0)) * asFloats(context[1]).front();
    const Stretched right(context[4], shape);
    const Tensor y = filledTensor<float>(ElementType::Float32, shape, [&](std::span<float> values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const float scale = left * right[static_cast<std::int64_t>(i)];
            values[i] = context.find(7) ? out.code(static_cast<float>(sums[i]) * (scale / out.scale)) : static_cast<float>(sums[i]) * scale;
        }
    });
    if (!context.find(7)) return std::vector<Tensor>{y};
    return std::vector<Tensor>{convertTo(y, context.find(8) ? context[8].type() : context[0].type())};
}

bool batchQGemm(const BatchContext& context)
{
    if (context.batched(3) || attributeInt(context.node, "transA", 0) != 0 || !areParametersShared(context, {1, 2, 7, 8})) return false;
    if (context.inputs.size() < 7 || !context.inputs[6].shape) return true;
    return !context.batched(6) && (context.rank(6) < 2 || context.inputs[6].shape->front() == 1);
}

constexpr std::array kOps{
    OpDescriptor{"", "MatMulInteger", 10, 2, matMulIntegerShape, runMatMulInteger, batchMatMulInteger},
    OpDescriptor{"", "QLinearMatMul", 10, 8, qLinearMatMulShape, runQLinearMatMul, batchQLinearMatMul},
    OpDescriptor{kMicrosoftDomain, "QGemm", 1, 5, qGemmShape, runQGemm, batchQGemm},
};

} // namespace

std::span<const OpDescriptor> integerProductOps()
{
    return kOps;
}

} // namespace bitwright
