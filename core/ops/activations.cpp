// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include "model/small_floats.h"
#include "ops/families.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

/// Parameters of one node: its attributes `alpha` and `beta` (`gamma` where the operator calls it so).
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
    const Node& node = context.node;
    const std::string_view second = hasAttribute(node, "gamma") ? "gamma" : "beta";
    const Parameters parameters{
        static_cast<float>(attributeFloat(node, "alpha", static_cast<double>(fallback.alpha))),
        static_cast<float>(attributeFloat(node, second, static_cast<double>(fallback.beta)))};
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
float celu(float x, const Parameters& p)
{
    return std::max(0.0F, x) + std::min(0.0F, p.alpha * std::expm1(x / p.alpha));
}
float mish(float x, const Parameters& p) { return x * std::tanh(softplus(x, p)); }
float hardSwish(float x, const Parameters&) { return x * std::max(0.0F, std::min(1.0F, x / 6.0F + 0.5F)); }
float gelu(float x, const Parameters&) { return 0.5F * x * (1.0F + std::erf(x * 0.70710678118654752440F)); }
float geluByTanh(float x, const Parameters&)
{
    constexpr float kFactor = 0.79788456080286535588F; // sqrt(2 / pi)
    return 0.5F * x * (1.0F + std::tanh(kFactor * (x + 0.044715F * x * x * x)));
}
float swish(float x, const Parameters& p) { return x * sigmoid(p.alpha * x, p); }
float tangens(float x, const Parameters&) { return std::tanh(x); }

// Constants of the operator's definition, as float32.
constexpr Parameters kSelu{1.67326319217681884765625F, 1.05070102214813232421875F};
float selu(float x, const Parameters& p) { return p.beta * (x > 0 ? x : p.alpha * std::exp(x) - p.alpha); }

template <Function function, Parameters fallback = Parameters{}>
Result<std::vector<Tensor>> run(const RunContext& context)
{
    return runFunction<function>(context, fallback);
}

Result<std::vector<Tensor>> runGelu(const RunContext& context)
{
    const std::string approximation = attributeString(context.node, "approximate", "none");
    if (approximation == "tanh") return runFunction<geluByTanh>(context, {});
    if (approximation == "none") return runFunction<gelu>(context, {});
    return attributeProblem(context.node, "approximate", "it is neither 'none' nor 'tanh'");
}

/// Swish of the gate, times the value; the shapes are equal.
Result<std::vector<Tensor>> runSwiGlu(const RunContext& context)
{
    if (context[0].shape() != context[1].shape() || context[0].type() != context[1].type())
        return shapeProblem(context.node, "its gate and its value differ in shape or type");
    if (!isFloatType(context[0].type())) return typeProblem(context.node, context[0].type());
    const Parameters parameters{static_cast<float>(attributeFloat(context.node, "alpha", 1)), 0};
    const std::vector<float> gate = asFloats(context[0]);
    std::vector<float> values = asFloats(context[1]);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] *= swish(gate[i], parameters);
    return std::vector<Tensor>{convertTo(Tensor::of<float>(context[0].shape(), values), context[0].type())};
}

/// 0 between -lambd and lambd, outside nearer to it by bias. Integers are computed in float64.
Result<std::vector<Tensor>> runShrink(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type) && !isIntegerType(type)) return typeProblem(context.node, type);
    const double bias = attributeFloat(context.node, "bias", 0);
    const double lambd = attributeFloat(context.node, "lambd", 0.5);
    std::vector<double> values = asDoubles(context[0]);
    for (double& x : values) x = x < -lambd ? x + bias : x > lambd ? x - bias : 0;
    return std::vector<Tensor>{convertTo(Tensor::of<double>(context[0].shape(), values), type)};
}

constexpr std::array kOps{
    OpDescriptor{"", "LeakyRelu", 1, 1, sameAsInput, run<leakyRelu, Parameters{0.01F, 0}>, batchElementwise},
    OpDescriptor{"", "ThresholdedRelu", 1, 1, sameAsInput, run<thresholdedRelu, Parameters{1, 0}>, batchElementwise},
    OpDescriptor{"", "Elu", 1, 1, sameAsInput, run<elu, Parameters{1, 0}>, batchElementwise},
    OpDescriptor{"", "Selu", 1, 1, sameAsInput, run<selu, kSelu>, batchElementwise},
    OpDescriptor{"", "Celu", 12, 1, sameAsInput, run<celu, Parameters{1, 0}>, batchElementwise},
    OpDescriptor{"", "HardSigmoid", 1, 1, sameAsInput, run<hardSigmoid, Parameters{0.2F, 0.5F}>, batchElementwise},
    OpDescriptor{"", "HardSwish", 14, 1, sameAsInput, run<hardSwish>, batchElementwise},
    OpDescriptor{"", "Mish", 18, 1, sameAsInput, run<mish>, batchElementwise},
    OpDescriptor{"", "Gelu", 20, 1, sameAsInput, runGelu, batchElementwise},
    OpDescriptor{"", "Swish", 24, 1, sameAsInput, run<swish, Parameters{1, 0}>, batchElementwise},
    OpDescriptor{"", "SwiGLU", 28, 2, sameAsInput, runSwiGlu, batchElementwise},
    OpDescriptor{"", "Shrink", 9, 1, sameAsInput, runShrink, batchElementwise},
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
