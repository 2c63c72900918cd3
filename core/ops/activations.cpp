// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include "model/small_floats.h"
#include "ops/families.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

/// Parameters of one node, in the order of the attributes below.
struct Parameters {
    float alpha = 0;
    float beta = 0;
};

using Function = float (*)(float x, const Parameters& parameters);

template <class F>
Tensor mapFloats(const Tensor& input, F f)
{
    Tensor result = Tensor::zeros(ElementType::Float32, input.shape());
    auto* out = const_cast<float*>(result.as<float>().data()); // fresh memory, not shared yet
    const std::span<const float> in = input.as<float>();
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = f(in[i]);
    return result;
}

/// Runs @p function in float32; other floating-point types are converted there and back.
template <Function function>
Result<std::vector<Tensor>> runFunction(const RunContext& context, Parameters fallback)
{
    const ElementType type = context[0].type();
    const bool is_float = type == ElementType::Float32 || type == ElementType::Float64 || isSmallFloat(type);
    if (!is_float) return typeProblem(context.node, type);
    const Parameters parameters{
        static_cast<float>(attributeFloat(context.node, "alpha", static_cast<double>(fallback.alpha))),
        static_cast<float>(attributeFloat(context.node, "beta", static_cast<double>(fallback.beta)))};
    const Tensor in = convertTo(context[0], ElementType::Float32);
    return std::vector<Tensor>{convertTo(mapFloats(in, [&](float x) { return function(x, parameters); }), type)};
}

float leakyRelu(float x, const Parameters& p) { return x < 0 ? p.alpha * x : x; }
float thresholdedRelu(float x, const Parameters& p) { return x > p.alpha ? x : 0.0F; }
float elu(float x, const Parameters& p) { return x < 0 ? p.alpha * std::expm1(x) : x; }
float hardSigmoid(float x, const Parameters& p) { return std::max(0.0F, std::min(1.0F, p.alpha * x + p.beta)); }
// Split by sign, so that the exponential never overflows.
float sigmoid(float x, const Parameters&)
{
    if (x >= 0) return 1.0F / (1.0F + std::exp(-x));
    const float e = std::exp(x);
    return e / (1.0F + e);
}
float softplus(float x, const Parameters&) { return std::max(x, 0.0F) + std::log1p(std::exp(-std::fabs(x))); }
float softsign(float x, const Parameters&) { return x / (1.0F + std::fabs(x)); }
float tangens(float x, const Parameters&) { return std::tanh(x); }

template <Function function, int AlphaThousandths = 0, int BetaThousandths = 0>
Result<std::vector<Tensor>> run(const RunContext& context)
{
    return runFunction<function>(context, {AlphaThousandths / 1000.0F, BetaThousandths / 1000.0F});
}

constexpr std::array kOps{
    OpDescriptor{"", "LeakyRelu", 1, 1, sameAsInput, run<leakyRelu, 10>, batchElementwise},
    OpDescriptor{"", "ThresholdedRelu", 1, 1, sameAsInput, run<thresholdedRelu, 1000>, batchElementwise},
    OpDescriptor{"", "Elu", 1, 1, sameAsInput, run<elu, 1000>, batchElementwise},
    OpDescriptor{"", "HardSigmoid", 1, 1, sameAsInput, run<hardSigmoid, 200, 500>, batchElementwise},
    OpDescriptor{"", "Sigmoid", 1, 1, sameAsInput, run<sigmoid>, batchElementwise},
    OpDescriptor{"", "Tanh", 1, 1, sameAsInput, run<tangens>, batchElementwise},
    OpDescriptor{"", "Softplus", 1, 1, sameAsInput, run<softplus>, batchElementwise},
    OpDescriptor{"", "Softsign", 1, 1, sameAsInput, run<softsign>, batchElementwise},
};

} // namespace

std::span<const OpDescriptor> activationOps()
{
    return kOps;
}

} // namespace bitwright
