// SPDX-License-Identifier: GPL-3.0-or-later
// CumSum, CumProd along an axis, Det of matrices (onnx: docs/Operators.md).
#include <array>

#include <Eigen/Dense>
#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

struct Plus {
    static constexpr int kStart = 0;
    template <class T>
    T operator()(T a, T b) const
    {
        return a + b;
    }
};
struct Times {
    static constexpr int kStart = 1;
    template <class T>
    T operator()(T a, T b) const
    {
        return a * b;
    }
};

/// One row of @p length elements @p step apart. Sums are rounded once per element; integers wrap.
template <class F, class T>
void accumulate(const T* x, T* y, std::int64_t length, std::int64_t step, bool exclusive, bool reverse)
{
    using Sum = std::conditional_t<std::is_floating_point_v<T>, double, std::uint64_t>;
    Sum sum = F::kStart;
    for (std::int64_t k = 0; k < length; ++k) {
        const std::int64_t at = (reverse ? length - 1 - k : k) * step;
        const Sum next = F()(sum, static_cast<Sum>(x[at]));
        y[at] = static_cast<T>(exclusive ? sum : next);
        sum = next;
    }
}

template <class F>
Result<std::vector<Tensor>> runCumulative(const RunContext& context)
{
    const Tensor& input = context[0];
    const std::optional<std::int64_t> given = singleInteger(&context[1]);
    if (!given) return shapeProblem(context.node, "its axis is no single number");
    Result<std::size_t> axis = axisOf(context.node, *given, input.shape());
    if (!axis) return axis.error();
    const AxisRows rows = rowsAlong(input.shape(), *axis);
    const bool exclusive = attributeInt(context.node, "exclusive", 0) != 0;
    const bool reverse = attributeInt(context.node, "reverse", 0) != 0;
    const Tensor numbers = widened(input);
    std::optional<Tensor> result = withNumericType(numbers.type(), [&](auto zero) {
        using T = decltype(zero);
        return filledTensor<T>(numbers.type(), input.shape(), [&](std::span<T> y) {
            for (std::int64_t r = 0; r < rows.outer * rows.inner; ++r) {
                const std::int64_t first = r / rows.inner * rows.length * rows.inner + r % rows.inner;
                accumulate<F>(numbers.as<T>().data() + first, y.data() + first, rows.length, rows.inner, exclusive, reverse);
            }
        });
    });
    if (!result) return typeProblem(context.node, input.type());
    return std::vector<Tensor>{convertTo(*result, input.type())};
}

bool batchCumulative(const BatchContext& context)
{
    if (!batchFirstInput(context) || !context.inputs[1].constant) return false;
    const std::optional<std::int64_t> axis = singleInteger(&*context.inputs[1].constant);
    return axis && normalAxis(*axis, context.rank(0)).value_or(0) != 0;
}

// ---- Det

Result<Shape> withoutMatrix(const Node& node, const Shape& shape)
{
    if (shape.size() < 2 || (shape.back() >= 0 && shape[shape.size() - 2] >= 0 && shape.back() != shape[shape.size() - 2]))
        return shapeProblem(node, fmt::format("{} holds no square matrices", shapeText(shape)));
    return Shape(shape.begin(), shape.end() - 2);
}

Result<std::vector<TensorFacts>> detShape(const ShapeContext& context)
{
    if (!context.shape(0)) return oneOutput(context.type(0), std::nullopt);
    Result<Shape> out = withoutMatrix(context.node, *context.shape(0));
    if (!out) return out.error();
    return oneOutput(context.type(0), *out);
}

Result<std::vector<Tensor>> runDet(const RunContext& context)
{
    Result<Shape> out = withoutMatrix(context.node, context[0].shape());
    if (!out) return out.error();
    if (!isFloatType(context[0].type())) return typeProblem(context.node, context[0].type());
    const auto order = static_cast<Eigen::Index>(context[0].shape().back());
    const std::vector<double> values = asDoubles(context[0]);
    using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Tensor result = filledTensor<double>(ElementType::Float64, *out, [&](std::span<double> determinants) {
        for (std::size_t i = 0; i < determinants.size(); ++i) {
            const Eigen::Map<const Matrix> matrix(values.data() + i * static_cast<std::size_t>(order * order), order, order);
            determinants[i] = order == 0 ? 1 : matrix.partialPivLu().determinant();
        }
    });
    return std::vector<Tensor>{convertTo(result, context[0].type())};
}

bool batchDet(const BatchContext& context)
{
    return context.rank(0) > 2;
}

constexpr std::array kOps{
    OpDescriptor{"", "CumSum", 11, 2, sameAsInput, runCumulative<Plus>, batchCumulative},
    OpDescriptor{"", "CumProd", 26, 2, sameAsInput, runCumulative<Times>, batchCumulative},
    OpDescriptor{"", "Det", 11, 1, detShape, runDet, batchDet},
};

} // namespace

std::span<const OpDescriptor> cumulativeOps()
{
    return kOps;
}

} // namespace bitwright
