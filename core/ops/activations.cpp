// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// Parameters of one node: its attributes `alpha` and `beta` (`gamma` where the operator calls it so).
struct Parameters {
    float alpha = 0;
    float beta = 0;
};

/// The same in the type that the function computes in.
template <class T>
struct Values {
    T alpha = 0;
    T beta = 0;
};

template <class T, class F>
Tensor mapped(const Tensor& input, const F& function, const Parameters& parameters)
{
    const Values<T> values{static_cast<T>(parameters.alpha), static_cast<T>(parameters.beta)};
    const std::span<const T> in = input.as<T>();
    return filledTensor<T>(input.type(), input.shape(), [&](std::span<T> out) {
        for (std::size_t i = 0; i < in.size(); ++i) out[i] = function(in[i], values);
    });
}

/// Runs F in float64 on float64, else in float32; smaller floating-point types are converted there and back.
template <class F>
Result<std::vector<Tensor>> runFunction(const RunContext& context, Parameters fallback)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    const Node& node = context.node;
    const std::string_view second = hasAttribute(node, "gamma") ? "gamma" : "beta";
    const Parameters parameters{
        static_cast<float>(attributeFloat(node, "alpha", static_cast<double>(fallback.alpha))),
        static_cast<float>(attributeFloat(node, second, static_cast<double>(fallback.beta)))};
    if (type == ElementType::Float64) return std::vector<Tensor>{mapped<double>(context[0], F(), parameters)};
    return std::vector<Tensor>{convertTo(mapped<float>(widened(context[0]), F(), parameters), type)};
}

struct LeakyRelu { template <class T> T operator()(T x, const Values<T>& p) const { return x < 0 ? p.alpha * x : x; } };
struct ThresholdedRelu { template <class T> T operator()(T x, const Values<T>& p) const { return x > p.alpha ? x : T{0}; } };
struct Elu { template <class T> T operator()(T x, const Values<T>& p) const { return x < 0 ? p.alpha * std::expm1(x) : x; } };
struct HardSigmoid { template <class T> T operator()(T x, const Values<T>& p) const { return std::max(T{0}, std::min(T{1}, p.alpha * x + p.beta)); } };
// Split by sign, so that the exponential never overflows.
struct Sigmoid
{
    template <class T>
    T operator()(T x, const Values<T>&) const
    {
        if (x >= 0) return T{1} / (T{1} + std::exp(-x));
        const T e = std::exp(x);
        return e / (T{1} + e);
    }
};
struct Softplus { template <class T> T operator()(T x, const Values<T>&) const { return std::max(x, T{0}) + std::log1p(std::exp(-std::fabs(x))); } };
struct Softsign { template <class T> T operator()(T x, const Values<T>&) const { return x / (T{1} + std::fabs(x)); } };
struct Celu
{
    template <class T>
    T operator()(T x, const Values<T>& p) const
    {
        return std::max(T{0}, x) + std::min(T{0}, p.alpha * std::expm1(x / p.alpha));
    }
};
struct Mish { template <class T> T operator()(T x, const Values<T>& p) const { return x * std::tanh(Softplus()(x, p)); } };
struct HardSwish { template <class T> T operator()(T x, const Values<T>&) const { return x * std::max(T{0}, std::min(T{1}, x / T{6} + T{0.5})); } };
struct Gelu { template <class T> T operator()(T x, const Values<T>&) const { return T{0.5} * x * (T{1} + std::erf(x * static_cast<T>(0.70710678118654752440L))); } };
struct GeluByTanh
{
    template <class T>
    T operator()(T x, const Values<T>&) const
    {
        constexpr T kFactor = static_cast<T>(0.79788456080286535588L); // sqrt(2 / pi)
        return T{0.5} * x * (T{1} + std::tanh(kFactor * (x + static_cast<T>(0.044715L) * x * x * x)));
    }
};
struct Swish { template <class T> T operator()(T x, const Values<T>& p) const { return x * Sigmoid()(p.alpha * x, p); } };
struct Tangens { template <class T> T operator()(T x, const Values<T>&) const { return std::tanh(x); } };

// Constants of the operator's definition, as float32.
constexpr Parameters kSelu{1.67326319217681884765625F, 1.05070102214813232421875F};
struct Selu { template <class T> T operator()(T x, const Values<T>& p) const { return p.beta * (x > 0 ? x : p.alpha * std::exp(x) - p.alpha); } };

template <class F, Parameters fallback = Parameters{}>
Result<std::vector<Tensor>> run(const RunContext& context)
{
    return runFunction<F>(context, fallback);
}

Result<std::vector<Tensor>> runGelu(const RunContext& context)
{
    const std::string approximation = attributeString(context.node, "approximate", "none");
    if (approximation == "tanh") return runFunction<GeluByTanh>(context, {});
    if (approximation == "none") return runFunction<Gelu>(context, {});
    return attributeProblem(context.node, "approximate", "it is neither 'none' nor 'tanh'");
}

/// Swish of the gate, times the value; the shapes are equal.
Result<std::vector<Tensor>> runSwiGlu(const RunContext& context)
{
    if (context[0].shape() != context[1].shape() || context[0].type() != context[1].type())
        return shapeProblem(context.node, "its gate and its value differ in shape or type");
    if (!isFloatType(context[0].type())) return typeProblem(context.node, context[0].type());
    const Parameters parameters{static_cast<float>(attributeFloat(context.node, "alpha", 1)), 0};
    const Tensor gate = widened(context[0]);
    const Tensor value = widened(context[1]);
    const auto multiplied = [&](auto zero) {
        using T = decltype(zero);
        const Tensor factor = mapped<T>(gate, Swish(), parameters);
        return filledTensor<T>(gate.type(), gate.shape(), [&](std::span<T> out) {
            for (std::size_t i = 0; i < out.size(); ++i) out[i] = value.as<T>()[i] * factor.as<T>()[i];
        });
    };
    const bool is_double = gate.type() == ElementType::Float64;
    return std::vector<Tensor>{convertTo(is_double ? multiplied(double{}) : multiplied(float{}), context[0].type())};
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
    OpDescriptor{"", "LeakyRelu", 1, 1, sameAsInput, run<LeakyRelu, Parameters{0.01F, 0}>, batchElementwise},
    OpDescriptor{"", "ThresholdedRelu", 1, 1, sameAsInput, run<ThresholdedRelu, Parameters{1, 0}>, batchElementwise},
    OpDescriptor{"", "Elu", 1, 1, sameAsInput, run<Elu, Parameters{1, 0}>, batchElementwise},
    OpDescriptor{"", "Selu", 1, 1, sameAsInput, run<Selu, kSelu>, batchElementwise},
    OpDescriptor{"", "Celu", 12, 1, sameAsInput, run<Celu, Parameters{1, 0}>, batchElementwise},
    OpDescriptor{"", "HardSigmoid", 1, 1, sameAsInput, run<HardSigmoid, Parameters{0.2F, 0.5F}>, batchElementwise},
    OpDescriptor{"", "HardSwish", 14, 1, sameAsInput, run<HardSwish>, batchElementwise},
    OpDescriptor{"", "Mish", 18, 1, sameAsInput, run<Mish>, batchElementwise},
    OpDescriptor{"", "Gelu", 20, 1, sameAsInput, runGelu, batchElementwise},
    OpDescriptor{"", "Swish", 24, 1, sameAsInput, run<Swish, Parameters{1, 0}>, batchElementwise},
    OpDescriptor{"", "SwiGLU", 28, 2, sameAsInput, runSwiGlu, batchElementwise},
    OpDescriptor{"", "Shrink", 9, 1, sameAsInput, runShrink, batchElementwise},
    OpDescriptor{"", "Sigmoid", 1, 1, sameAsInput, run<Sigmoid>, batchElementwise},
    OpDescriptor{"", "Tanh", 1, 1, sameAsInput, run<Tangens>, batchElementwise},
    OpDescriptor{"", "Softplus", 1, 1, sameAsInput, run<Softplus>, batchElementwise},
    OpDescriptor{"", "Softsign", 1, 1, sameAsInput, run<Softsign>, batchElementwise},
};

} // namespace

std::span<const OpDescriptor> activationOps()
{
    return kOps;
}

} // namespace bitwright
