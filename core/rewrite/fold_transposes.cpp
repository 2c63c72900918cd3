// SPDX-License-Identifier: GPL-3.0-or-later
// qonnx: transformation/quant_constant_folding.py.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/op_registry.h"
#include "rewrite/work_graph.h"

namespace bitwright {
namespace {

/// The quantiser of constants whose only reader is @p transpose, or kNone.
NodeIndex quantiserBefore(WorkGraph& work, const Node& transpose)
{
    if (transpose.op_type != "Transpose" || !transpose.domain.empty() || transpose.inputs.size() != 1) return kNone;
    const Value& between = work.value(transpose.inputs[0]);
    if (between.producer == kNone || between.consumers.size() != 1 || work.isGraphOutput(transpose.inputs[0])) return kNone;
    const Node& quantiser = work.node(between.producer);
    static constexpr std::array<std::string_view, 4> kKinds{"Quant", "IntQuant", "BipolarQuant", "FloatQuant"};
    if (std::find(kKinds.begin(), kKinds.end(), quantiser.op_type) == kKinds.end()) return kNone;
    const bool all_constant = std::all_of(quantiser.inputs.begin(), quantiser.inputs.end(), [&](ValueIndex input) {
        return input == kNone || work.isConstant(input);
    });
    return all_constant ? between.producer : kNone;
}

/// Transposes constant @p tensor where its rank fits.
Tensor transposed(const WorkGraph& work, const Node& transpose, const Tensor& tensor)
{
    const std::vector<std::int64_t> perm = attributeInts(transpose, "perm");
    if (hasAttribute(transpose, "perm") && perm.size() != tensor.shape().size()) return tensor;
    const OpDescriptor* op = findOperator(transpose);
    const Tensor* input = &tensor;
    Result<std::vector<Tensor>> result =
        op->run(RunContext{transpose, work.model().opset(""), std::span(&input, 1)});
    return result ? result->front() : tensor;
}

} // namespace

void foldTransposesIntoQuantisers(WorkGraph& work)
{
    const std::vector<NodeIndex> order = work.order();
    for (const NodeIndex index : order) {
        if (!work.isAlive(index)) continue;
        const Node transpose = work.node(index);
        const NodeIndex quantiser = quantiserBefore(work, transpose);
        if (quantiser == kNone || work.isCaptured(transpose.outputs[0]) || work.isCaptured(transpose.inputs[0])) continue;
        for (std::size_t i = 0; i < work.node(quantiser).inputs.size(); ++i) {
            const ValueIndex input = work.node(quantiser).inputs[i];
            if (input == kNone) continue;
            const Tensor turned = transposed(work, transpose, *work.value(input).constant);
            const ValueIndex fresh = work.addConstant(turned);
            work.value(fresh).original_name = work.value(input).original_name;
            work.value(fresh).datatype_annotation = work.value(input).datatype_annotation;
            work.setInput(quantiser, i, fresh);
        }
        const ValueIndex before = transpose.inputs[0];
        const ValueIndex after = transpose.outputs[0];
        work.remove(index);
        work.value(before).shape = work.value(after).shape;
        work.value(before).original_name = work.value(after).original_name;
        work.redirect(after, before);
        Node& kept = work.node(quantiser);
        kept.came_from.insert(kept.came_from.end(), transpose.came_from.begin(), transpose.came_from.end());
        work.record("fold transposes", fmt::format("Transposed the constants of '{}' in place of its result.", kept.name),
                    kept.came_from);
    }
    work.tidy();
}

} // namespace bitwright
