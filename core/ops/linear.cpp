// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include <Eigen/Core>
#include <fmt/format.h>

#include "model/small_floats.h"
#include "ops/broadcast_loop.h"
#include "ops/families.h"
#include "ops/matrix_product.h"

namespace bitwright {
namespace {

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Shapes as numpy's matmul sees them: vectors become matrices, leading dimensions are broadcast.
struct MatMulShapes {
    Shape a, b;     ///< of rank 2 or more
    Shape out;      ///< with the matrix dimensions
    Shape squeezed; ///< what the operator returns
};

Result<MatMulShapes> matMulShapes(const Node& node, const Shape& a_shape, const Shape& b_shape)
{
    MatMulShapes shapes{a_shape, b_shape, {}, {}};
    const auto clash = [&] {
        return shapeProblem(node, fmt::format("a matrix of shape {} cannot be multiplied by one of shape {}",
                                              shapeText(a_shape), shapeText(b_shape)));
    };
    if (a_shape.empty() || b_shape.empty()) return clash();
    if (a_shape.size() == 1) shapes.a.insert(shapes.a.begin(), 1);
    if (b_shape.size() == 1) shapes.b.push_back(1);
    const std::int64_t inner_a = shapes.a.back();
    const std::int64_t inner_b = shapes.b[shapes.b.size() - 2];
    if (inner_a >= 0 && inner_b >= 0 && inner_a != inner_b) return clash();
    const std::optional<Shape> batch = broadcastShape(Shape(shapes.a.begin(), shapes.a.end() - 2),
                                                      Shape(shapes.b.begin(), shapes.b.end() - 2));
    if (!batch) return clash();
    shapes.out = *batch;
    shapes.out.push_back(shapes.a[shapes.a.size() - 2]);
    shapes.out.push_back(shapes.b.back());
    shapes.squeezed = shapes.out;
    if (b_shape.size() == 1) shapes.squeezed.pop_back();
    if (a_shape.size() == 1) shapes.squeezed.erase(shapes.squeezed.end() - (b_shape.size() == 1 ? 1 : 2));
    return shapes;
}

Result<std::vector<TensorFacts>> matMulShape(const ShapeContext& context)
{
    const Shape* a = context.shape(0);
    const Shape* b = context.shape(1);
    if (!a || !b) return oneOutput(context.type(0), std::nullopt);
    Result<MatMulShapes> shapes = matMulShapes(context.node, *a, *b);
    if (!shapes) return shapes.error();
    return oneOutput(context.type(0), shapes->squeezed);
}

template <class T>
Tensor multiply(const Tensor& a, const Tensor& b, const MatMulShapes& shapes)
{
    Tensor result = Tensor::zeros(a.type(), shapes.squeezed);
    if (result.size() == 0) return result;
    auto* out = const_cast<T*>(result.as<T>().data());
    const std::int64_t rows = shapes.a[shapes.a.size() - 2];
    const std::int64_t inner = shapes.a.back();
    const std::int64_t columns = shapes.b.back();
    const auto product = [&](const T* x, const T* y, T* z, std::int64_t count) {
        Eigen::Map<Matrix<T>>(z, count, columns).noalias() =
            Eigen::Map<const Matrix<T>>(x, count, inner) * Eigen::Map<const Matrix<T>>(y, inner, columns);
    };
    const Shape batch(shapes.out.begin(), shapes.out.end() - 2);
    const std::int64_t matrices = elementCount(batch).value_or(0);
    if (shapes.b.size() == 2) { // one right side for all rows
        product(a.as<T>().data(), b.as<T>().data(), out, matrices * rows);
        return result;
    }
    const auto steps_a = broadcastSteps(Shape(shapes.a.begin(), shapes.a.end() - 2), batch);
    const auto steps_b = broadcastSteps(Shape(shapes.b.begin(), shapes.b.end() - 2), batch);
    const auto places = rowSteps(batch);
    for (std::int64_t m = 0; m < matrices; ++m) {
        std::int64_t at_a = 0;
        std::int64_t at_b = 0;
        for (std::size_t axis = 0; axis < batch.size(); ++axis) {
            const std::int64_t index = m / places[axis] % batch[axis];
            at_a += index * steps_a[axis];
            at_b += index * steps_b[axis];
        }
        product(a.as<T>().data() + at_a * rows * inner, b.as<T>().data() + at_b * inner * columns,
                out + m * rows * columns, rows);
    }
    return result;
}

} // namespace

Result<Shape> matrixProductShape(const Node& node, const Shape& a, const Shape& b)
{
    Result<MatMulShapes> shapes = matMulShapes(node, a, b);
    if (!shapes) return shapes.error();
    return std::move(shapes->squeezed);
}

Result<Tensor> matrixProduct(const Node& node, const Tensor& a, const Tensor& b)
{
    Result<MatMulShapes> shapes = matMulShapes(node, a.shape(), b.shape());
    if (!shapes) return shapes.error();
    if (elementCount(shapes->out).value_or(kMaximumElements + 1) > kMaximumElements)
        return sizeProblem(node, shapes->out);
    if (a.type() != b.type()) return typeProblem(node, b.type());
    switch (a.type()) {
    case ElementType::Float32: return multiply<float>(a, b, *shapes);
    case ElementType::Float64: return multiply<double>(a, b, *shapes);
    // Unsigned arithmetic wraps, and its low bits are those of signed arithmetic.
    case ElementType::Int32:
    case ElementType::Uint32: return multiply<std::uint32_t>(a, b, *shapes);
    case ElementType::Int64:
    case ElementType::Uint64: return multiply<std::uint64_t>(a, b, *shapes);
    default: break;
    }
    if (!isSmallFloat(a.type())) return typeProblem(node, a.type());
    return convertTo(multiply<float>(convertTo(a, ElementType::Float32), convertTo(b, ElementType::Float32), *shapes),
                     a.type());
}

bool batchMatrixProduct(const BatchContext& context, std::size_t a, std::size_t b)
{
    if (context.batched(b)) // pairs of matrices, one pair per sample
        return context.rank(b) > 2 && context.rank(a) <= context.rank(b) &&
               (context.batched(a) ? context.rank(a) == context.rank(b) : true);
    // A vector has no rows; a right side with leading dimensions could stretch the left one.
    return context.rank(a) >= 2 && context.rank(b) <= std::max<std::size_t>(2, context.rank(a) - 1);
}

namespace {

Result<std::vector<Tensor>> runMatMul(const RunContext& context)
{
    Result<Tensor> product = matrixProduct(context.node, context[0], context[1]);
    if (!product) return product.error();
    return std::vector<Tensor>{*std::move(product)};
}

bool batchMatMul(const BatchContext& context)
{
    return batchMatrixProduct(context, 0, 1);
}

// ---- Gemm

/// Rows and columns of alpha * A' * B' + beta * C.
Result<Shape> gemmOutput(const Node& node, const Shape& a, const Shape& b)
{
    const bool flip_a = attributeInt(node, "transA", 0) != 0;
    const bool flip_b = attributeInt(node, "transB", 0) != 0;
    if (a.size() != 2 || b.size() != 2)
        return shapeProblem(node, fmt::format("{} and {} are not two matrices", shapeText(a), shapeText(b)));
    const std::int64_t inner_a = a[flip_a ? 0 : 1];
    const std::int64_t inner_b = b[flip_b ? 1 : 0];
    if (inner_a >= 0 && inner_b >= 0 && inner_a != inner_b)
        return shapeProblem(node, fmt::format("a matrix of shape {} cannot be multiplied by one of shape {}",
                                              shapeText(a), shapeText(b)));
    return Shape{a[flip_a ? 1 : 0], b[flip_b ? 0 : 1]};
}

Result<std::vector<TensorFacts>> gemmShape(const ShapeContext& context)
{
    const Shape* a = context.shape(0);
    const Shape* b = context.shape(1);
    if (!a || !b) return oneOutput(context.type(0), std::nullopt);
    Result<Shape> out = gemmOutput(context.node, *a, *b);
    if (!out) return out.error();
    if (const Shape* c = context.shape(2)) {
        const std::optional<Shape> common = broadcastShape(*c, *out);
        if (!common || common->size() != 2)
            return shapeProblem(context.node,
                                fmt::format("a bias of shape {} does not fit {}", shapeText(*c), shapeText(*out)));
    }
    return oneOutput(context.type(0), *out);
}

template <class T>
void addScaled(Tensor& out, T alpha, const Tensor* c, T beta)
{
    auto* data = const_cast<T*>(out.as<T>().data());
    if (alpha != T{1})
        for (std::int64_t i = 0; i < out.size(); ++i) data[i] *= alpha;
    if (!c) return;
    broadcastBinary(planBroadcast(out.shape(), c->shape(), out.shape()), data, c->as<T>().data(), data,
                    [beta](T x, T y) { return static_cast<T>(x + (beta == T{1} ? y : beta * y)); });
}

template <class T>
Tensor gemm(const RunContext& context, const Shape& out_shape)
{
    const Node& node = context.node;
    const Tensor& a = context[0];
    const Tensor& b = context[1];
    Tensor out = Tensor::zeros(a.type(), out_shape);
    Eigen::Map<Matrix<T>> product(const_cast<T*>(out.as<T>().data()), out_shape[0], out_shape[1]);
    const Eigen::Map<const Matrix<T>> left(a.as<T>().data(), a.shape()[0], a.shape()[1]);
    const Eigen::Map<const Matrix<T>> right(b.as<T>().data(), b.shape()[0], b.shape()[1]);
    const bool flip_a = attributeInt(node, "transA", 0) != 0;
    const bool flip_b = attributeInt(node, "transB", 0) != 0;
    if (out.size() > 0) {
        if (flip_a && flip_b) product.noalias() = left.transpose() * right.transpose();
        else if (flip_a) product.noalias() = left.transpose() * right;
        else if (flip_b) product.noalias() = left * right.transpose();
        else product.noalias() = left * right;
    }
    addScaled<T>(out, static_cast<T>(attributeFloat(node, "alpha", 1.0)), context.find(2),
                 static_cast<T>(attributeFloat(node, "beta", 1.0)));
    return out;
}

Result<std::vector<Tensor>> runGemm(const RunContext& context)
{
    const ElementType type = context[0].type();
    Result<Shape> out = gemmOutput(context.node, context[0].shape(), context[1].shape());
    if (!out) return out.error();
    if (elementCount(*out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, *out);
    if (const Tensor* c = context.find(2)) {
        const std::optional<Shape> common = broadcastShape(c->shape(), *out);
        if (!common || *common != *out)
            return shapeProblem(context.node, fmt::format("a bias of shape {} does not fit {}", shapeText(c->shape()),
                                                          shapeText(*out)));
        if (c->type() != type) return typeProblem(context.node, c->type());
    }
    if (context[1].type() != type) return typeProblem(context.node, context[1].type());
    if (type == ElementType::Float32) return std::vector<Tensor>{gemm<float>(context, *out)};
    if (type == ElementType::Float64) return std::vector<Tensor>{gemm<double>(context, *out)};
    return typeProblem(context.node, type);
}

bool batchGemm(const BatchContext& context)
{
    if (context.batched(1) || attributeInt(context.node, "transA", 0) != 0) return false;
    if (context.inputs.size() < 3 || !context.inputs[2].shape) return true;
    if (context.batched(2)) return context.rank(2) == 2;
    return context.rank(2) < 2 || context.inputs[2].shape->front() == 1;
}

constexpr std::array kOps{
    OpDescriptor{"", "MatMul", 1, 2, matMulShape, runMatMul, batchMatMul},
    OpDescriptor{"", "Gemm", 1, 2, gemmShape, runGemm, batchGemm},
};

} // namespace

std::span<const OpDescriptor> linearOps()
{
    return kOps;
}

} // namespace bitwright
