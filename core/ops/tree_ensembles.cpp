// SPDX-License-Identifier: GPL-3.0-or-later
// Decision trees of the domain ai.onnx.ml: shapes only (onnx: docs/Operators-ml.md).
#include <algorithm>
#include <array>

#include "ops/families.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

/// Rows of features; a vector is one row.
std::int64_t rowsOf(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    if (!x || x->empty()) return -1;
    return x->size() == 1 ? 1 : (*x)[0];
}

std::int64_t listLength(const Node& node, std::string_view name)
{
    const auto found = node.attributes.find(std::string(name));
    if (found == node.attributes.end()) return 0;
    if (const auto* texts = std::get_if<std::vector<std::string>>(&found->second)) return static_cast<std::int64_t>(texts->size());
    return static_cast<std::int64_t>(attributeInts(node, name).size());
}

Result<std::vector<TensorFacts>> classifierShape(const ShapeContext& context)
{
    const std::int64_t texts = listLength(context.node, "classlabels_strings");
    const std::int64_t classes = std::max(texts, listLength(context.node, "classlabels_int64s"));
    const std::int64_t rows = rowsOf(context);
    return std::vector<TensorFacts>{{texts > 0 ? ElementType::String : ElementType::Int64, Shape{rows}, {}},
                                    {ElementType::Float32, Shape{rows, classes > 0 ? classes : -1}, {}}};
}

Result<std::vector<TensorFacts>> regressorShape(const ShapeContext& context)
{
    return oneOutput(ElementType::Float32, Shape{rowsOf(context), std::max<std::int64_t>(attributeInt(context.node, "n_targets", 1), 1)});
}

Result<std::vector<TensorFacts>> ensembleShape(const ShapeContext& context)
{
    return oneOutput(context.type(0), Shape{rowsOf(context), std::max<std::int64_t>(attributeInt(context.node, "n_targets", 1), 1)});
}

constexpr NotSupported kDrawnOnly{"Decision trees are drawn, and not executed yet."};

constexpr std::array kOps{
    OpDescriptor{kTreesDomain, "TreeEnsembleClassifier", 1, 1, classifierShape, kDrawnOnly, batchFirstInput},
    OpDescriptor{kTreesDomain, "TreeEnsembleRegressor", 1, 1, regressorShape, kDrawnOnly, batchFirstInput},
    OpDescriptor{kTreesDomain, "TreeEnsemble", 5, 1, ensembleShape, kDrawnOnly, batchFirstInput},
};

} // namespace

std::span<const OpDescriptor> treeOps()
{
    return kOps;
}

} // namespace bitwright
