// SPDX-License-Identifier: GPL-3.0-or-later
// Layers that move elements, and pools.
#include "circuit/primitives/pooling/pooling.h"
#include "circuit/primitives/reorder/reorder.h"
#include "flows/hls4ml/emitter.h"
#include "support/diagnostic_codes.h"

namespace bitwright::hls4ml {

std::vector<std::int64_t> transposedElements(const Shape& from, const std::vector<std::int64_t>& permutation)
{
    std::vector<std::int64_t> strides(from.size(), 1);
    for (std::size_t i = from.size(); i-- > 1;)
        strides[i - 1] = strides[i] * from[i];
    std::vector<std::int64_t> elements(static_cast<std::size_t>(elementCount(from).value_or(0)), 0);
    for (std::size_t e = 0; e < elements.size(); ++e) {
        auto rest = static_cast<std::int64_t>(e);
        for (std::size_t i = permutation.size(); i-- > 0;) {
            const auto axis = static_cast<std::size_t>(permutation[i]);
            elements[e] += rest % from[axis] * strides[axis];
            rest /= from[axis];
        }
    }
    return elements;
}

void Emitter::emitPayload(const ReshapePayload&)
{
    auto attributes = std::make_shared<ReorderAttributes>();
    attributes->operation = "repack";
    finish("reorder", std::move(attributes));
}

void Emitter::emitPayload(const RearrangePayload& rearrange)
{
    auto attributes = std::make_shared<ReorderAttributes>();
    attributes->operation = rearrange.operation;
    attributes->element = *rearrange.elements;
    finish("reorder", std::move(attributes));
}

void Emitter::emitPayload(const TransposePayload& transpose)
{
    auto attributes = std::make_shared<ReorderAttributes>();
    attributes->operation = "transpose";
    attributes->element = transposedElements(m_graph.producer(m_node->inputs.front())->shape, transpose.permutation);
    finish("reorder", std::move(attributes));
}

void Emitter::emitPayload(const PoolingPayload& pool)
{
    auto attributes = std::make_shared<PoolingAttributes>();
    attributes->operation = pool.is_maximum ? PoolingOperation::Maximum : PoolingOperation::Average;
    attributes->window = pool.window;
    attributes->is_global = pool.is_global;
    attributes->reuse_factor = reuseFactor();
    const NumberFormat& accumulator = type(slots::kAccumulator);
    const bool is_sign = std::holds_alternative<BipolarFormat>(accumulator) && pool.is_maximum;
    m_primitive.formats["accumulator"] = is_sign ? accumulator : NumberFormat(fixedType(slots::kAccumulator));
    if (pool.is_global && pool.window.channels > 1 && pool.window.taps() > 1)
        m_findings.push_back({DiagnosticCode::PoolReadsOtherLayout, {m_node->name}, LayerLocation{m_node->origin.layer, {}},
                              "Use AveragePool or MaxPool with a window as large as the image."});
    finish("pooling", std::move(attributes));
}

} // namespace bitwright::hls4ml
