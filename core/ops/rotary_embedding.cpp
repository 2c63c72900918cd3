// SPDX-License-Identifier: GPL-3.0-or-later
// RotaryEmbedding: pairs of elements turned by an angle that their position gives (onnx: docs/Operators.md).
#include <array>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// Where the elements of one head at one position start, for either form of the input.
struct Rotary {
    std::int64_t batch, heads, positions, size; ///< size of a head
    std::int64_t turned;                        ///< elements that are turned
    bool is_flat;                               ///< [batch, position, heads * size], else [batch, heads, position, size]

    std::int64_t start(std::int64_t b, std::int64_t head, std::int64_t position) const
    {
        return (is_flat ? (b * positions + position) * heads + head : (b * heads + head) * positions + position) * size;
    }
};

Result<Rotary> rotaryOf(const RunContext& context)
{
    const Shape& x = context[0].shape();
    const Node& node = context.node;
    if (x.size() != 3 && x.size() != 4) return shapeProblem(node, fmt::format("{} has neither 3 nor 4 dimensions", shapeText(x)));
    Rotary r{x[0], x[1], x[2], x.back(), 0, x.size() == 3};
    if (r.is_flat) {
        r.heads = attributeInt(node, "num_heads", 0);
        r.positions = x[1];
        if (r.heads < 1 || x[2] % r.heads != 0) return attributeProblem(node, "num_heads", fmt::format("{} heads do not divide {} elements", r.heads, x[2]));
        r.size = x[2] / r.heads;
    }
    r.turned = attributeInt(node, "rotary_embedding_dim", 0);
    if (r.turned == 0) r.turned = r.size;
    if (r.turned < 0 || r.turned > r.size || r.turned % 2 != 0)
        return attributeProblem(node, "rotary_embedding_dim", fmt::format("{} of {} elements cannot be turned in pairs", r.turned, r.size));
    const Shape& cosines = context[1].shape();
    const bool has_positions = context.find(3) != nullptr;
    const bool fits = cosines == context[2].shape() && !cosines.empty() && cosines.back() == r.turned / 2 &&
                      (has_positions ? cosines.size() == 2 && context[3].size() == r.batch * r.positions
                                     : context[1].size() == r.batch * r.positions * r.turned / 2);
    if (!fits) return shapeProblem(node, fmt::format("tables of shapes {} and {} do not fit", shapeText(cosines), shapeText(context[2].shape())));
    return r;
}

template <class T>
void turn(const Rotary& r, bool interleaved, const T* cosines, const T* sines, T* x)
{
    const std::int64_t half = r.turned / 2;
    for (std::int64_t i = 0; i < half; ++i) {
        T& first = x[interleaved ? 2 * i : i];
        T& second = x[interleaved ? 2 * i + 1 : half + i];
        const T real = cosines[i] * first - sines[i] * second;
        second = sines[i] * first + cosines[i] * second;
        first = real;
    }
}

template <class T>
Tensor turnAll(const RunContext& context, const Rotary& r, const std::vector<std::int64_t>& rows)
{
    const ElementType work = elementTypeOf<T>();
    const Tensor x = convertTo(context[0], work);
    const Tensor cosines = convertTo(context[1], work);
    const Tensor sines = convertTo(context[2], work);
    const bool interleaved = attributeInt(context.node, "interleaved", 0) != 0;
    return filledTensor<T>(work, x.shape(), [&](std::span<T> y) {
        std::copy(x.as<T>().begin(), x.as<T>().end(), y.begin());
        for (std::int64_t b = 0; b < r.batch; ++b)
            for (std::int64_t head = 0; head < r.heads; ++head)
                for (std::int64_t p = 0; p < r.positions; ++p) {
                    const std::int64_t row = rows[static_cast<std::size_t>(b * r.positions + p)] * (r.turned / 2);
                    turn(r, interleaved, cosines.as<T>().data() + row, sines.as<T>().data() + row, y.data() + r.start(b, head, p));
                }
    });
}

Result<std::vector<Tensor>> runRotary(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    const Result<Rotary> r = rotaryOf(context);
    if (!r) return r.error();
    std::vector<std::int64_t> rows(static_cast<std::size_t>(r->batch * r->positions)); // of the tables
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::int64_t>(i);
    if (context.find(3)) rows = asIntegers(context[3]);
    for (const std::int64_t row : rows)
        if (context.find(3) && (row < 0 || row >= context[1].shape()[0])) return valueProblem(context.node, fmt::format("its tables have no position {}", row));
    const Tensor y = type == ElementType::Float64 ? turnAll<double>(context, *r, rows) : turnAll<float>(context, *r, rows);
    return std::vector<Tensor>{convertTo(y, type)};
}

bool batchRotary(const BatchContext& context)
{
    const bool has_positions = context.inputs.size() > 3 && context.node.inputs[3] != kNone;
    return has_positions ? context.batched(3) && !context.batched(1) && !context.batched(2) : context.batched(1) && context.batched(2);
}

constexpr std::array kOps{
    OpDescriptor{"", "RotaryEmbedding", 23, 3, sameAsInput, runRotary, batchRotary},
};

} // namespace

std::span<const OpDescriptor> rotaryOps()
{
    return kOps;
}

} // namespace bitwright
