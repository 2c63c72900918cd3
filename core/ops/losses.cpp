// SPDX-License-Identifier: GPL-3.0-or-later
// NegativeLogLikelihoodLoss and SoftmaxCrossEntropyLoss as functions of scores and labels (onnx: docs/Operators.md).
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

enum class Reduction { None, Sum, Mean };

std::optional<Reduction> reductionOf(const Node& node)
{
    const std::string name = attributeString(node, "reduction", "mean");
    if (name == "none") return Reduction::None;
    if (name == "sum") return Reduction::Sum;
    if (name == "mean") return Reduction::Mean;
    return std::nullopt;
}

Result<std::vector<TensorFacts>> lossShape(const ShapeContext& context)
{
    const std::optional<Reduction> reduction = reductionOf(context.node);
    TensorFacts loss{context.type(0), Shape{}, {}};
    if (reduction == Reduction::None) loss.shape = context.inputs[1].shape;
    return std::vector<TensorFacts>{loss, {context.type(0), context.inputs[0].shape, {}}};
}

/// Logarithms of the class probabilities along axis 1.
std::vector<double> logProbabilities(const Tensor& scores, const AxisRows& rows)
{
    std::vector<double> x = asDoubles(scores);
    for (std::int64_t r = 0; r < rows.outer * rows.inner; ++r) {
        double* row = x.data() + r / rows.inner * rows.length * rows.inner + r % rows.inner;
        double largest = -std::numeric_limits<double>::infinity();
        for (std::int64_t k = 0; k < rows.length; ++k) largest = std::max(largest, row[k * rows.inner]);
        double sum = 0;
        for (std::int64_t k = 0; k < rows.length; ++k) sum += std::exp(row[k * rows.inner] - largest);
        for (std::int64_t k = 0; k < rows.length; ++k) row[k * rows.inner] -= largest + std::log(sum);
    }
    return x;
}

Tensor tensorOf(ElementType type, Shape shape, const std::vector<double>& values)
{
    return convertTo(Tensor::of<double>(std::move(shape), values), type);
}

Result<Tensor> lossOf(const RunContext& context, const std::vector<double>& log_probabilities, const AxisRows& rows)
{
    const std::optional<Reduction> reduction = reductionOf(context.node);
    if (!reduction) return attributeProblem(context.node, "reduction", "it names no known way to reduce");
    const Tensor* weight = context.find(2);
    if (weight && weight->size() != rows.length) return shapeProblem(context.node, "it needs one weight per class");
    const std::vector<double> weights = weight ? asDoubles(*weight) : std::vector<double>(static_cast<std::size_t>(rows.length), 1);
    const bool has_ignored = hasAttribute(context.node, "ignore_index");
    const std::int64_t ignored = attributeInt(context.node, "ignore_index", 0);
    const std::vector<std::int64_t> labels = asIntegers(context[1]);
    std::vector<double> losses(labels.size(), 0);
    double total = 0;
    double total_weight = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (has_ignored && labels[i] == ignored) continue;
        if (labels[i] < 0 || labels[i] >= rows.length)
            return valueProblem(context.node, fmt::format("label {} is not among {} classes", labels[i], rows.length));
        const auto row = static_cast<std::int64_t>(i);
        const auto at = static_cast<std::size_t>((row / rows.inner * rows.length + labels[i]) * rows.inner + row % rows.inner);
        const double factor = weights[static_cast<std::size_t>(labels[i])];
        losses[i] = -log_probabilities[at] * factor;
        total += losses[i];
        total_weight += factor;
    }
    const ElementType type = context[0].type();
    if (*reduction == Reduction::None) return tensorOf(type, context[1].shape(), losses);
    return tensorOf(type, {}, {*reduction == Reduction::Sum ? total : total / total_weight});
}

/// The rows of class scores, when the labels fit them.
Result<AxisRows> scoreRows(const RunContext& context)
{
    const Shape& scores = context[0].shape();
    if (!isFloatType(context[0].type())) return typeProblem(context.node, context[0].type());
    if (scores.size() < 2) return shapeProblem(context.node, fmt::format("{} has no classes", shapeText(scores)));
    Shape labels = scores;
    labels.erase(labels.begin() + 1);
    if (labels != context[1].shape())
        return shapeProblem(context.node, fmt::format("labels of shape {} do not fit {}", shapeText(context[1].shape()), shapeText(scores)));
    return rowsAlong(scores, 1);
}

Result<std::vector<Tensor>> runLikelihood(const RunContext& context)
{
    Result<AxisRows> rows = scoreRows(context);
    if (!rows) return rows.error();
    Result<Tensor> loss = lossOf(context, asDoubles(context[0]), *rows);
    if (!loss) return loss.error();
    return std::vector<Tensor>{*std::move(loss)};
}

Result<std::vector<Tensor>> runCrossEntropy(const RunContext& context)
{
    Result<AxisRows> rows = scoreRows(context);
    if (!rows) return rows.error();
    const std::vector<double> log_probabilities = logProbabilities(context[0], *rows);
    Result<Tensor> loss = lossOf(context, log_probabilities, *rows);
    if (!loss) return loss.error();
    return std::vector<Tensor>{*std::move(loss), tensorOf(context[0].type(), context[0].shape(), log_probabilities)};
}

bool batchLoss(const BatchContext& context)
{
    return reductionOf(context.node) == Reduction::None && context.batched(0) && context.batched(1) && !context.batched(2);
}

constexpr std::array kOps{
    OpDescriptor{"", "NegativeLogLikelihoodLoss", 12, 2, lossShape, runLikelihood, batchLoss},
    OpDescriptor{"", "SoftmaxCrossEntropyLoss", 12, 2, lossShape, runCrossEntropy, batchLoss},
};

} // namespace

std::span<const OpDescriptor> lossOps()
{
    return kOps;
}

} // namespace bitwright
