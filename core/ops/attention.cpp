// SPDX-License-Identifier: GPL-3.0-or-later
// Attention with masks, caches, grouped heads, soft cap and windows (onnx: docs/Operators.md, Attention).
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <Eigen/Core>
#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

constexpr std::size_t kMask = 3;
constexpr std::size_t kPastKey = 4;
constexpr std::size_t kPastValue = 5;
constexpr std::size_t kValidKeys = 6; ///< number of keys that are no padding, per sample

/// Extents; heads of the query are a multiple of those of keys and values.
struct Heads {
    std::int64_t batch, query_heads, heads, queries, past, keys, size, value_size;
    bool is_flat; ///< inputs are [batch, sequence, heads * size]

    std::int64_t total() const { return past < 0 || keys < 0 ? -1 : past + keys; }
};

Result<Heads> headsOf(const Node& node, const Shape& q, const Shape& k, const Shape& v, const Shape* past)
{
    const auto clash = [&] {
        return shapeProblem(node, fmt::format("queries of shape {}, keys of {} and values of {} do not fit", shapeText(q), shapeText(k), shapeText(v)));
    };
    if (q.size() != k.size() || q.size() != v.size() || (q.size() != 3 && q.size() != 4)) return clash();
    Heads h{q[0], q[1], k[1], q.size() == 3 ? q[1] : q[2], 0, k.size() == 3 ? k[1] : k[2], q.back(), v.back(), q.size() == 3};
    if (h.is_flat) {
        h.query_heads = attributeInt(node, "q_num_heads", 0);
        h.heads = attributeInt(node, "kv_num_heads", 0);
        if (h.query_heads < 1 || h.heads < 1) return attributeProblem(node, "q_num_heads", "flat inputs need the numbers of heads");
        if ((q[2] >= 0 && q[2] % h.query_heads != 0) || (k[2] >= 0 && k[2] % h.heads != 0) || (v[2] >= 0 && v[2] % h.heads != 0)) return clash();
        if (q[2] >= 0) h.size = q[2] / h.query_heads;
        if (v[2] >= 0) h.value_size = v[2] / h.heads;
        if (q[2] >= 0 && k[2] >= 0 && k[2] / h.heads != h.size) return clash();
    } else if (q[3] >= 0 && k[3] >= 0 && q[3] != k[3]) {
        return clash();
    }
    const auto differs = [](std::int64_t a, std::int64_t b) { return a >= 0 && b >= 0 && a != b; };
    const std::int64_t value_count = v.size() == 3 ? v[1] : v[2];
    if (differs(q[0], k[0]) || differs(q[0], v[0]) || differs(h.keys, value_count) || (!h.is_flat && differs(k[1], v[1]))) return clash();
    if (h.heads == 0 || (h.query_heads >= 0 && h.heads > 0 && h.query_heads % h.heads != 0)) return clash();
    if (past && past->size() != 4) return clash();
    if (past) h.past = (*past)[2];
    return h;
}

Shape resultShape(const Heads& h)
{
    if (!h.is_flat) return {h.batch, h.query_heads, h.queries, h.value_size};
    return {h.batch, h.queries, h.value_size < 0 ? -1 : h.query_heads * h.value_size};
}

Result<std::vector<TensorFacts>> attentionShape(const ShapeContext& context)
{
    const ElementType type = context.type(0);
    std::vector<TensorFacts> facts(std::max<std::size_t>(context.node.outputs.size(), 1), TensorFacts{type, std::nullopt, {}});
    const Shape* q = context.shape(0);
    const Shape* k = context.shape(1);
    const Shape* v = context.shape(2);
    const Shape* past = context.shape(kPastKey);
    if (!q || !k || !v || (context.has(kPastKey) && !past)) return facts;
    const Result<Heads> h = headsOf(context.node, *q, *k, *v, past);
    if (!h) return h.error();
    const std::array<Shape, 4> shapes{resultShape(*h), Shape{h->batch, h->heads, h->total(), h->size},
                                      Shape{h->batch, h->heads, h->total(), h->value_size}, Shape{h->batch, h->query_heads, h->queries, h->total()}};
    for (std::size_t i = 0; i < facts.size() && i < shapes.size(); ++i) facts[i].shape = shapes[i];
    return facts;
}

/// [batch, heads, sequence, size] from either form of the input.
Tensor perHead(const Tensor& tensor, std::int64_t heads)
{
    if (tensor.shape().size() == 4) return tensor;
    const Shape& s = tensor.shape();
    const std::int64_t size = s[2] / heads;
    return copyStrided(tensor, {s[0], heads, s[1], size}, {s[1] * s[2], size, s[2], 1});
}

/// Past and present along the sequence.
Tensor joined(const Tensor& past, const Tensor& present)
{
    Shape shape = present.shape();
    shape[2] += past.shape()[2];
    const std::size_t planes = static_cast<std::size_t>(shape[0] * shape[1]);
    const std::size_t first = past.bytes().size() / std::max<std::size_t>(planes, 1);
    const std::size_t second = present.bytes().size() / std::max<std::size_t>(planes, 1);
    const std::shared_ptr<std::byte[]> data(new std::byte[planes * (first + second)]);
    for (std::size_t p = 0; p < planes; ++p) {
        std::copy_n(past.bytes().data() + p * first, first, data.get() + p * (first + second));
        std::copy_n(present.bytes().data() + p * second, second, data.get() + p * (first + second) + first);
    }
    return {present.type(), shape, data};
}

/// What is added to the scores before the softmax: mask, causal frontier, window, padding.
class Bias {
public:
    Bias(const RunContext& context, const Heads& h) : m_h(h)
    {
        m_is_causal = attributeInt(context.node, "is_causal", 0) != 0;
        m_left = attributeInt(context.node, "left_window_size", -1);
        m_right = attributeInt(context.node, "right_window_size", -1);
        if (context.find(kValidKeys)) m_valid = asIntegers(context[kValidKeys]);
        const Tensor* mask = context.find(kMask);
        if (!mask) return;
        m_is_boolean = mask->type() == ElementType::Bool;
        m_mask = asDoubles(*mask);
        m_extent = mask->shape().back();
        Shape shape = mask->shape();
        m_steps = broadcastSteps(shape, {h.batch, h.query_heads, h.queries, m_extent});
    }

    /// @pre checked
    static bool fits(const Tensor* mask, const Heads& h)
    {
        if (!mask) return true;
        if (mask->shape().empty() || mask->shape().size() > 4 || mask->shape().back() > h.total()) return false;
        const Shape over{h.batch, h.query_heads, h.queries, mask->shape().back()};
        const std::optional<Shape> common = broadcastShape(mask->shape(), over);
        return common && *common == over;
    }

    double at(std::int64_t batch, std::int64_t head, std::int64_t query, std::int64_t key) const
    {
        constexpr double kNever = -std::numeric_limits<double>::infinity();
        std::int64_t offset = m_h.past; // keys before the first query
        if (!m_valid.empty()) {
            const std::int64_t valid = m_valid[static_cast<std::size_t>(batch)];
            if (key >= valid) return kNever;
            if (m_h.past == 0) offset = valid - m_h.queries;
        }
        const std::int64_t place = query + offset;
        if ((m_is_causal && key > place) || (m_left >= 0 && place - key > m_left) || (m_right >= 0 && key - place > m_right)) return kNever;
        if (m_mask.empty()) return 0;
        if (key >= m_extent) return m_extent == 1 ? value(batch, head, query, 0) : kNever;
        return value(batch, head, query, key);
    }

private:
    double value(std::int64_t batch, std::int64_t head, std::int64_t query, std::int64_t key) const
    {
        const double mask = m_mask[static_cast<std::size_t>(batch * m_steps[0] + head * m_steps[1] + query * m_steps[2] + key * m_steps[3])];
        return m_is_boolean ? (mask != 0 ? 0.0 : -std::numeric_limits<double>::infinity()) : mask;
    }

    const Heads& m_h;
    std::vector<double> m_mask;
    std::vector<std::int64_t> m_steps;
    std::int64_t m_extent = 0;
    std::vector<std::int64_t> m_valid;
    std::int64_t m_left = -1;
    std::int64_t m_right = -1;
    bool m_is_causal = false;
    bool m_is_boolean = false;
};

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A row of scores becomes probabilities; a row without any key becomes zeros.
template <class T>
void softmaxRow(T* row, std::int64_t count)
{
    T largest = -std::numeric_limits<T>::infinity();
    for (std::int64_t i = 0; i < count; ++i) largest = std::max(largest, row[i]);
    if (std::isinf(largest) && largest < 0) {
        std::fill_n(row, count, T{});
        return;
    }
    T sum = 0;
    for (std::int64_t i = 0; i < count; ++i) sum += row[i] = std::exp(row[i] - largest);
    for (std::int64_t i = 0; i < count; ++i) row[i] /= sum;
}

struct Scores {
    double scale = 1;
    double cap = 0;
    std::int64_t shown = 0; ///< which stage the fourth output holds
};

/// One head of one sample: q [queries, size], k [total, size], v [total, value size].
template <class T>
void attend(const Heads& h, const Scores& how, const Bias& bias, std::int64_t batch, std::int64_t head, const T* q, const T* k, const T* v, T* y, T* shown)
{
    using Map = Eigen::Map<const Matrix<T>>;
    const std::int64_t total = h.total();
    const T root = static_cast<T>(std::sqrt(how.scale));
    Matrix<T> scores = (Map(q, h.queries, h.size) * root) * (Map(k, total, h.size) * root).transpose();
    const auto show = [&](std::int64_t stage) {
        if (how.shown == stage) std::copy_n(scores.data(), scores.size(), shown);
    };
    show(0);
    if (how.cap > 0)
        for (Eigen::Index i = 0; i < scores.size(); ++i)
            scores.data()[i] = std::tanh(scores.data()[i] / static_cast<T>(how.cap)) * static_cast<T>(how.cap);
    show(1);
    for (std::int64_t i = 0; i < h.queries; ++i)
        for (std::int64_t j = 0; j < total; ++j) scores(i, j) += static_cast<T>(bias.at(batch, head, i, j));
    show(2);
    for (std::int64_t i = 0; i < h.queries; ++i) softmaxRow(scores.row(i).data(), total);
    show(3);
    Eigen::Map<Matrix<T>>(y, h.queries, h.value_size).noalias() = scores * Map(v, total, h.value_size);
}

template <class T>
std::vector<Tensor> attendAll(const Heads& h, const Scores& how, const Bias& bias, const Tensor& q, const Tensor& k, const Tensor& v)
{
    const std::int64_t total = h.total();
    const std::int64_t share = h.query_heads / h.heads;
    Tensor shown = Tensor::zeros(q.type(), {h.batch, h.query_heads, h.queries, total});
    auto* stage = const_cast<T*>(shown.as<T>().data()); // fresh memory, not shared yet
    const Tensor y = filledTensor<T>(q.type(), {h.batch, h.query_heads, h.queries, h.value_size}, [&](std::span<T> out) {
        for (std::int64_t b = 0; b < h.batch; ++b)
            for (std::int64_t head = 0; head < h.query_heads; ++head) {
                const std::int64_t plane = b * h.query_heads + head;
                const std::int64_t source = b * h.heads + head / share;
                attend<T>(h, how, bias, b, head, q.as<T>().data() + plane * h.queries * h.size, k.as<T>().data() + source * total * h.size,
                          v.as<T>().data() + source * total * h.value_size, out.data() + plane * h.queries * h.value_size, stage + plane * h.queries * total);
            }
    });
    return {y, k, v, shown};
}

Result<void> checkCaches(const RunContext& context, const Heads& h)
{
    const Tensor* key = context.find(kPastKey);
    const Tensor* value = context.find(kPastValue);
    const bool fits = (!key && !value) || (key && value && key->shape() == Shape{h.batch, h.heads, h.past, h.size} &&
                                           value->shape() == Shape{h.batch, h.heads, h.past, h.value_size});
    if (!fits) return shapeProblem(context.node, "its past keys and values do not fit the present ones");
    if (context.find(kValidKeys) && context[kValidKeys].size() != h.batch)
        return shapeProblem(context.node, fmt::format("{} numbers of keys do not fit {} samples", context[kValidKeys].size(), h.batch));
    if (!Bias::fits(context.find(kMask), h)) return shapeProblem(context.node, fmt::format("a mask of shape {} does not fit", shapeText(context[kMask].shape())));
    return checkSize(context.node, {h.batch, h.query_heads, h.queries, h.total()});
}

Result<std::vector<Tensor>> runAttention(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    const Tensor* past = context.find(kPastKey);
    const Result<Heads> h = headsOf(context.node, context[0].shape(), context[1].shape(), context[2].shape(), past ? &past->shape() : nullptr);
    if (!h) return h.error();
    if (Result<void> caches = checkCaches(context, *h); !caches) return caches.error();
    if (Result<void> size = checkSize(context.node, resultShape(*h)); !size) return size.error();
    const ElementType work = workingType(type);
    const Tensor q = perHead(convertTo(context[0], work), h->query_heads);
    Tensor k = perHead(convertTo(context[1], work), h->heads);
    Tensor v = perHead(convertTo(context[2], work), h->heads);
    if (past) {
        k = joined(convertTo(*past, work), k);
        v = joined(convertTo(context[kPastValue], work), v);
    }
    const double scale = attributeFloat(context.node, "scale", 0.0);
    const Scores how{scale != 0 ? scale : 1 / std::sqrt(static_cast<double>(std::max<std::int64_t>(h->size, 1))), attributeFloat(context.node, "softcap", 0.0),
                     attributeInt(context.node, "qk_matmul_output_mode", 0)};
    const Bias bias(context, *h);
    std::vector<Tensor> results = work == ElementType::Float64 ? attendAll<double>(*h, how, bias, q, k, v) : attendAll<float>(*h, how, bias, q, k, v);
    if (h->is_flat) { // heads go back beside each other
        const std::vector<std::int64_t> s = rowSteps(results[0].shape());
        results[0] = copyStrided(results[0], {h->batch, h->queries, h->query_heads, h->value_size}, {s[0], s[2], s[1], s[3]}).reshaped(resultShape(*h));
    }
    for (Tensor& result : results) result = convertTo(result, type);
    return results;
}

bool batchAttention(const BatchContext& context)
{
    if (!context.batched(0) || !context.batched(1) || !context.batched(2)) return false;
    for (std::size_t i = kPastKey; i < context.inputs.size(); ++i)
        if (context.node.inputs[i] != kNone && !context.batched(i)) return false;
    return !context.batched(kMask) || context.rank(kMask) == 4;
}

constexpr std::array kOps{
    OpDescriptor{"", "Attention", 23, 3, attentionShape, runAttention, batchAttention},
};

} // namespace

std::span<const OpDescriptor> attentionOps()
{
    return kOps;
}

} // namespace bitwright
