// SPDX-License-Identifier: GPL-3.0-or-later
// CausalConvWithState, LinearAttention: a sequence with a state that one run hands to the next (onnx:
// docs/Operators.md). Both are computed in float32.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

Tensor floatsAs(ElementType type, Shape shape, const std::vector<float>& values)
{
    return convertTo(Tensor::of<float>(std::move(shape), values), type);
}

// ---- CausalConvWithState: every channel with its own kernel, over what came before

Shape convolutionState(const Shape& input, const Shape& weight)
{
    return {input[0], input[1], weight[2] < 0 ? -1 : weight[2] - 1};
}

Result<std::vector<TensorFacts>> causalShape(const ShapeContext& context)
{
    const Shape* input = context.shape(0);
    const Shape* weight = context.shape(1);
    std::optional<Shape> state;
    if (input && weight && input->size() == 3 && weight->size() == 3) state = convolutionState(*input, *weight);
    return std::vector<TensorFacts>{{context.type(0), context.inputs[0].shape, {}}, {context.type(0), state, {}}};
}

Result<void> checkCausal(const RunContext& context)
{
    const Shape& input = context[0].shape();
    const Shape& weight = context[1].shape();
    if (!isFloatType(context[0].type())) return typeProblem(context.node, context[0].type());
    if (input.size() != 3 || weight.size() != 3 || weight[0] != input[1] || weight[1] != 1 || weight[2] < 1)
        return shapeProblem(context.node, fmt::format("weights of shape {} do not fit {}", shapeText(weight), shapeText(input)));
    const Tensor* bias = context.find(2);
    const Tensor* past = context.find(3);
    if (bias && bias->size() != input[1]) return shapeProblem(context.node, "it needs one bias per channel");
    if (past && past->shape() != convolutionState(input, weight))
        return shapeProblem(context.node, fmt::format("a state of shape {} does not fit", shapeText(past->shape())));
    return {};
}

Result<std::vector<Tensor>> runCausal(const RunContext& context)
{
    if (Result<void> fits = checkCausal(context); !fits) return fits.error();
    const std::string activation = attributeString(context.node, "activation", "none");
    if (activation != "none" && activation != "silu" && activation != "swish")
        return attributeProblem(context.node, "activation", "it is neither 'none', 'silu' nor 'swish'");
    const Shape& shape = context[0].shape();
    const auto length = static_cast<std::size_t>(shape[2]);
    const auto taps = static_cast<std::size_t>(context[1].shape()[2]);
    const auto channels = static_cast<std::size_t>(shape[1]);
    const std::vector<float> x = asFloats(context[0]);
    const std::vector<float> weight = asFloats(context[1]);
    const std::vector<float> bias = context.find(2) ? asFloats(context[2]) : std::vector<float>(channels, 0.0F);
    const std::size_t rows = static_cast<std::size_t>(shape[0]) * channels;
    const std::vector<float> past = context.find(3) ? asFloats(context[3]) : std::vector<float>(rows * (taps - 1), 0.0F);
    std::vector<float> y(x.size());
    std::vector<float> present;
    for (std::size_t r = 0; r < rows; ++r) {
        std::vector<float> row(past.begin() + static_cast<std::ptrdiff_t>(r * (taps - 1)), past.begin() + static_cast<std::ptrdiff_t>((r + 1) * (taps - 1)));
        row.insert(row.end(), x.begin() + static_cast<std::ptrdiff_t>(r * length), x.begin() + static_cast<std::ptrdiff_t>((r + 1) * length));
        const std::size_t channel = r % channels;
        for (std::size_t t = 0; t < length; ++t) {
            float sum = bias[channel];
            for (std::size_t k = 0; k < taps; ++k) sum += row[t + k] * weight[channel * taps + k];
            y[r * length + t] = activation == "none" ? sum : sum / (1.0F + std::exp(-sum));
        }
        present.insert(present.end(), row.end() - static_cast<std::ptrdiff_t>(taps - 1), row.end());
    }
    return std::vector<Tensor>{floatsAs(context[0].type(), shape, y),
                               floatsAs(context[0].type(), convolutionState(shape, context[1].shape()), present)};
}

bool batchCausal(const BatchContext& context)
{
    return context.batched(0) && !context.batched(1) && !context.batched(2) && (context.inputs.size() < 4 || !context.inputs[3].shape || context.batched(3));
}

// ---- LinearAttention

/// Heads and their widths: query and key are [B, T, heads * key], value [B, T, kv heads * value].
struct Heads {
    std::int64_t batch = 0;
    std::int64_t steps = 0;
    std::int64_t query = 0;
    std::int64_t kv = 0;
    std::int64_t key_width = 0;
    std::int64_t value_width = 0;

    Shape state() const { return {batch, kv, key_width, value_width}; }
    Shape output() const { return {batch, steps, value_width < 0 ? -1 : query * value_width}; }
};

Result<Heads> headsOf(const Node& node, const Shape& query, const Shape& key, const Shape& value)
{
    Heads heads;
    heads.query = attributeInt(node, "q_num_heads", 0);
    heads.kv = attributeInt(node, "kv_num_heads", 0);
    if (heads.query < 1 || heads.kv < 1 || heads.query % heads.kv != 0 || heads.query > kMaximumElements)
        return attributeProblem(node, "q_num_heads", fmt::format("{} query heads do not share {} key heads", heads.query, heads.kv));
    const auto width = [](const Shape& shape, std::int64_t count) { return shape[2] < 0 ? -1 : shape[2] / count; };
    const auto fits = [&](const Shape& shape, std::int64_t count) { return shape.size() == 3 && (shape[2] < 0 || shape[2] % count == 0); };
    if (!fits(query, heads.query) || !fits(key, heads.kv) || !fits(value, heads.kv) || width(query, heads.query) != width(key, heads.kv))
        return shapeProblem(node, fmt::format("{}, {} and {} do not fit its heads", shapeText(query), shapeText(key), shapeText(value)));
    heads.batch = query[0];
    heads.steps = query[1];
    heads.key_width = width(query, heads.query);
    heads.value_width = width(value, heads.kv);
    return heads;
}

Result<std::vector<TensorFacts>> attentionShape(const ShapeContext& context)
{
    const ElementType state_type = context.has(3) ? context.type(3) : context.type(0);
    if (!context.shape(0) || !context.shape(1) || !context.shape(2))
        return std::vector<TensorFacts>{{context.type(0), std::nullopt, {}}, {state_type, std::nullopt, {}}};
    Result<Heads> heads = headsOf(context.node, *context.shape(0), *context.shape(1), *context.shape(2));
    if (!heads) return heads.error();
    return std::vector<TensorFacts>{{context.type(0), heads->output(), {}}, {state_type, heads->state(), {}}};
}

/// The inputs as float32, and how the optional ones are spread.
struct AttentionInputs {
    Heads heads;
    std::vector<float> query;
    std::vector<float> key;
    std::vector<float> value;
    std::vector<float> decay; ///< empty without gate
    std::vector<float> rate;  ///< empty without correction
    std::int64_t decay_width = 0; ///< entries per step: one per head, or one per key element
    std::int64_t rate_width = 0;
    float scale = 1;
};

Result<AttentionInputs> attentionInputs(const RunContext& context)
{
    Result<Heads> heads = headsOf(context.node, context[0].shape(), context[1].shape(), context[2].shape());
    if (!heads) return heads.error();
    const std::string rule = attributeString(context.node, "update_rule", "gated_delta");
    const bool is_gated = rule == "gated" || rule == "gated_delta";
    const bool is_delta = rule == "delta" || rule == "gated_delta";
    if (!is_gated && !is_delta && rule != "linear") return attributeProblem(context.node, "update_rule", "it names no known rule");
    if (!isFloatType(context[0].type())) return typeProblem(context.node, context[0].type());
    if (is_gated && !context.find(4)) return missingInput(context.node, 4);
    if (is_delta && !context.find(5)) return missingInput(context.node, 5);
    const std::int64_t places = heads->batch * heads->steps;
    AttentionInputs inputs{*heads, asFloats(context[0]), asFloats(context[1]), asFloats(context[2]), {}, {}, 0, 0, 1};
    if (is_gated) inputs.decay = asFloats(context[4]);
    if (is_delta) inputs.rate = asFloats(context[5]);
    inputs.decay_width = places == 0 ? 0 : static_cast<std::int64_t>(inputs.decay.size()) / places;
    inputs.rate_width = places == 0 ? 0 : static_cast<std::int64_t>(inputs.rate.size()) / places;
    const bool decay_fits = !is_gated || inputs.decay_width == heads->kv || inputs.decay_width == heads->kv * heads->key_width;
    const bool rate_fits = !is_delta || inputs.rate_width == heads->kv || inputs.rate_width == 1;
    const bool sizes_fit = static_cast<std::int64_t>(inputs.key.size()) == places * heads->kv * heads->key_width &&
                           static_cast<std::int64_t>(inputs.value.size()) == places * heads->kv * heads->value_width;
    const bool state_fits = !context.find(3) || context[3].shape() == heads->state();
    if (places > 0 && !(decay_fits && rate_fits && sizes_fit && state_fits)) return shapeProblem(context.node, "its inputs do not fit its heads");
    const auto given = static_cast<float>(attributeFloat(context.node, "scale", 0));
    inputs.scale = given != 0 ? given : 1.0F / std::sqrt(static_cast<float>(heads->key_width));
    return inputs;
}

/// One step of one key head: S = exp(g) S + b k (v - S^T k), or without gate or correction.
void updateState(const AttentionInputs& inputs, std::int64_t place, std::int64_t head, float* state)
{
    const Heads& h = inputs.heads;
    const float* key = inputs.key.data() + (place * h.kv + head) * h.key_width;
    const float* value = inputs.value.data() + (place * h.kv + head) * h.value_width;
    if (!inputs.decay.empty())
        for (std::int64_t i = 0; i < h.key_width; ++i) {
            const std::int64_t at = inputs.decay_width == h.kv ? head : head * h.key_width + i;
            const float factor = std::exp(inputs.decay[static_cast<std::size_t>(place * inputs.decay_width + at)]);
            for (std::int64_t j = 0; j < h.value_width; ++j) state[i * h.value_width + j] *= factor;
        }
    for (std::int64_t j = 0; j < h.value_width; ++j) {
        float change = value[j];
        if (!inputs.rate.empty()) {
            for (std::int64_t i = 0; i < h.key_width; ++i) change -= state[i * h.value_width + j] * key[i];
            change *= inputs.rate[static_cast<std::size_t>(place * inputs.rate_width + (inputs.rate_width == 1 ? 0 : head))];
        }
        for (std::int64_t i = 0; i < h.key_width; ++i) state[i * h.value_width + j] += key[i] * change;
    }
}

Result<std::vector<Tensor>> runLinearAttention(const RunContext& context)
{
    Result<AttentionInputs> inputs = attentionInputs(context);
    if (!inputs) return inputs.error();
    const Heads& h = inputs->heads;
    if (Result<void> fits = checkSize(context.node, h.output()); !fits) return fits.error();
    if (Result<void> fits = checkSize(context.node, h.state()); !fits) return fits.error();
    std::vector<float> state(static_cast<std::size_t>(elementCount(h.state()).value_or(0)), 0.0F);
    if (context.find(3)) state = asFloats(context[3]);
    std::vector<float> output(static_cast<std::size_t>(elementCount(h.output()).value_or(0)));
    const std::int64_t sharing = h.query / h.kv;
    for (std::int64_t row = 0; row < h.batch * h.kv; ++row) {
        float* own = state.data() + row * h.key_width * h.value_width;
        for (std::int64_t t = 0; t < h.steps; ++t) {
            const std::int64_t place = row / h.kv * h.steps + t;
            updateState(*inputs, place, row % h.kv, own);
            for (std::int64_t q = row % h.kv * sharing; q < (row % h.kv + 1) * sharing; ++q) {
                const float* query = inputs->query.data() + (place * h.query + q) * h.key_width;
                float* to = output.data() + (place * h.query + q) * h.value_width;
                for (std::int64_t j = 0; j < h.value_width; ++j) {
                    float sum = 0;
                    for (std::int64_t i = 0; i < h.key_width; ++i) sum += query[i] * own[i * h.value_width + j];
                    to[j] = inputs->scale * sum;
                }
            }
        }
    }
    const ElementType state_type = context.find(3) ? context[3].type() : context[0].type();
    return std::vector<Tensor>{floatsAs(context[0].type(), h.output(), output), floatsAs(state_type, h.state(), state)};
}

bool batchLinearAttention(const BatchContext& context)
{
    for (std::size_t i = 0; i < context.inputs.size(); ++i)
        if (context.inputs[i].shape && !context.batched(i)) return false;
    return true;
}

constexpr std::array kOps{
    OpDescriptor{"", "CausalConvWithState", 27, 2, causalShape, runCausal, batchCausal},
    OpDescriptor{"", "LinearAttention", 27, 3, attentionShape, runLinearAttention, batchLinearAttention},
};

} // namespace

std::span<const OpDescriptor> statefulOps()
{
    return kOps;
}

} // namespace bitwright
