// SPDX-License-Identifier: GPL-3.0-or-later
// RNN, GRU and LSTM: all directions, layouts, activations, peepholes, sequence lengths (onnx: docs/Operators.md).
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/recurrent_cells.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

// Inputs: x, w, r, b, sequence lengths, initial h, and for LSTM initial c and peepholes.
constexpr std::size_t kBias = 3;
constexpr std::size_t kLengths = 4;
constexpr std::size_t kInitialH = 5;
constexpr std::size_t kInitialC = 6;
constexpr std::size_t kPeepholes = 7;

/// What tells the three operators apart.
struct Kind {
    std::int64_t gates;
    std::size_t functions; ///< per direction
    std::array<const char*, 3> defaults;
    CellStep<float> step;
    CellStep<double> precise_step;
    std::size_t outputs;
};

constexpr Kind kRnn{1, 1, {"Tanh", "", ""}, stepRnn<float>, stepRnn<double>, 2};
constexpr Kind kGru{3, 2, {"Sigmoid", "Tanh", ""}, stepGru<float>, stepGru<double>, 2};
constexpr Kind kLstm{4, 3, {"Sigmoid", "Tanh", "Tanh"}, stepLstm<float>, stepLstm<double>, 3};

struct Extents {
    std::int64_t steps, batch, input, directions, hidden;
    bool batch_first;
};

Result<std::int64_t> directionsOf(const Node& node)
{
    const std::string direction = attributeString(node, "direction", "forward");
    if (direction == "bidirectional") return std::int64_t{2};
    if (direction != "forward" && direction != "reverse") return attributeProblem(node, "direction", fmt::format("there is no direction '{}'", direction));
    return std::int64_t{1};
}

Result<Extents> extentsOf(const Node& node, const Kind& kind, const Shape& x, const Shape& w, const Shape& r)
{
    const Result<std::int64_t> directions = directionsOf(node);
    if (!directions) return directions.error();
    const bool batch_first = attributeInt(node, "layout", 0) != 0;
    const bool has_ranks = x.size() == 3 && w.size() == 3 && r.size() == 3;
    const std::int64_t hidden = has_ranks ? r[2] : 0;
    const auto differs = [](std::int64_t a, std::int64_t b) { return a >= 0 && b >= 0 && a != b; };
    if (!has_ranks || differs(w[0], *directions) || differs(r[0], *directions) || differs(w[2], x[2]) ||
        (hidden >= 0 && (differs(w[1], kind.gates * hidden) || differs(r[1], kind.gates * hidden))))
        return shapeProblem(node, fmt::format("weights of shapes {} and {} do not fit {} in {} directions", shapeText(w), shapeText(r), shapeText(x), *directions));
    return Extents{x[batch_first ? 1 : 0], x[batch_first ? 0 : 1], x[2], *directions, hidden, batch_first};
}

/// Shapes of all outputs, and of the last hidden state alone, in either layout.
Shape sequenceShape(const Extents& e)
{
    return e.batch_first ? Shape{e.batch, e.steps, e.directions, e.hidden} : Shape{e.steps, e.directions, e.batch, e.hidden};
}
Shape stateShape(const Extents& e)
{
    return e.batch_first ? Shape{e.batch, e.directions, e.hidden} : Shape{e.directions, e.batch, e.hidden};
}

template <const Kind& kind>
Result<std::vector<TensorFacts>> recurrentShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    const Shape* w = context.shape(1);
    const Shape* r = context.shape(2);
    std::vector<TensorFacts> facts(kind.outputs, TensorFacts{context.type(0), std::nullopt, {}});
    if (!x || !w || !r) return facts;
    const Result<Extents> extents = extentsOf(context.node, kind, *x, *w, *r);
    if (!extents) return extents.error();
    facts[0].shape = sequenceShape(*extents);
    for (std::size_t i = 1; i < facts.size(); ++i) facts[i].shape = stateShape(*extents);
    return facts;
}

/// First and second dimension exchanged.
Tensor exchanged(const Tensor& tensor)
{
    Shape shape = tensor.shape();
    std::vector<std::int64_t> steps = rowSteps(shape);
    std::swap(shape[0], shape[1]);
    std::swap(steps[0], steps[1]);
    return copyStrided(tensor, shape, steps);
}

/// Every optional input has the shape that the extents ask for.
Result<void> checkInputs(const RunContext& context, const Kind& kind, const Extents& e)
{
    const auto check = [&](std::size_t input, std::int64_t count) -> Result<void> {
        const Tensor* tensor = context.find(input);
        if (!tensor || tensor->size() == count) return {};
        return shapeProblem(context.node, fmt::format("its input {} has shape {} where {} elements are needed", input, shapeText(tensor->shape()), count));
    };
    const std::array<std::pair<std::size_t, std::int64_t>, 5> needed{{{kBias, e.directions * 2 * kind.gates * e.hidden},
                                                                      {kLengths, e.batch},
                                                                      {kInitialH, e.directions * e.batch * e.hidden},
                                                                      {kInitialC, e.directions * e.batch * e.hidden},
                                                                      {kPeepholes, e.directions * 3 * e.hidden}}};
    for (const auto& [input, count] : needed)
        if (Result<void> fits = check(input, count); !fits) return fits.error();
    if (context.find(kLengths))
        for (const std::int64_t length : asIntegers(context[kLengths]))
            if (length < 0 || length > e.steps) return valueProblem(context.node, fmt::format("a sequence of {} steps does not fit {}", length, e.steps));
    const std::int64_t work = e.steps * e.batch;
    if (work > kMaximumElements / std::max<std::int64_t>(kind.gates * e.hidden * e.directions, 1)) return sizeProblem(context.node, sequenceShape(e));
    return {};
}

Result<std::vector<CellFunction>> functionsOf(const Node& node, const Kind& kind, std::int64_t directions)
{
    std::vector<std::string> names;
    if (const auto found = node.attributes.find("activations"); found != node.attributes.end())
        if (const auto* list = std::get_if<std::vector<std::string>>(&found->second)) names = *list;
    for (std::int64_t d = 0; names.size() < kind.functions * static_cast<std::size_t>(directions) && d < directions; ++d)
        names.insert(names.end(), kind.defaults.begin(), kind.defaults.begin() + static_cast<std::ptrdiff_t>(kind.functions));
    std::string unknown;
    auto functions = cellFunctions(names, attributeFloats(node, "activation_alpha"), attributeFloats(node, "activation_beta"), unknown);
    if (!functions) return attributeProblem(node, "activations", fmt::format("there is no function '{}'", unknown));
    return *std::move(functions);
}

/// Runs all directions over time-first data.
template <class T>
class Recurrence {
public:
    Recurrence(const RunContext& context, const Kind& kind, const Extents& extents, CellStep<T> step, std::vector<CellFunction> functions)
        : m_context(context), m_kind(kind), m_e(extents), m_step(step), m_functions(std::move(functions)), m_type(elementTypeOf<T>())
    {
        m_x = working(0);
        if (m_e.batch_first) m_x = exchanged(m_x);
        m_lengths.assign(static_cast<std::size_t>(m_e.batch), m_e.steps);
        if (context.find(kLengths)) m_lengths = asIntegers(context[kLengths]);
        m_y.assign(static_cast<std::size_t>(m_e.steps * m_e.directions * m_e.batch * m_e.hidden), T{});
    }

    std::vector<Tensor> run()
    {
        const std::string direction = attributeString(m_context.node, "direction", "forward");
        for (std::int64_t d = 0; d < m_e.directions; ++d) runDirection(d, direction == "reverse" || d == 1);
        Tensor y = Tensor::of<T>({m_e.steps, m_e.directions, m_e.batch, m_e.hidden}, m_y);
        Tensor h = Tensor::of<T>({m_e.directions, m_e.batch, m_e.hidden}, m_last_h);
        Tensor c = Tensor::of<T>({m_e.directions, m_e.batch, m_e.hidden}, m_last_c);
        if (m_e.batch_first) {
            const std::vector<std::int64_t> s = rowSteps(y.shape());
            y = copyStrided(y, sequenceShape(m_e), {s[2], s[0], s[1], s[3]});
            h = exchanged(h);
            c = exchanged(c);
        }
        std::vector<Tensor> results{y, h};
        if (m_kind.outputs == 3) results.push_back(c);
        return results;
    }

private:
    using Matrix = CellMatrix<T>;

    Tensor working(std::size_t input) const { return convertTo(m_context[input], m_type); }

    /// Part @p d of @p parts of an input, or zeros where it is omitted.
    std::vector<T> part(std::size_t input, std::int64_t d, std::int64_t count, std::int64_t offset, std::int64_t stride) const
    {
        std::vector<T> values(static_cast<std::size_t>(count), T{});
        if (!m_context.find(input)) return values;
        const Tensor tensor = working(input);
        std::copy_n(tensor.as<T>().begin() + d * stride + offset, count, values.begin());
        return values;
    }

    Matrix state(std::size_t input, std::int64_t d) const
    {
        Matrix start = Matrix::Zero(m_e.batch, m_e.hidden);
        if (!m_context.find(input)) return start;
        const Tensor given = m_e.batch_first ? exchanged(working(input).reshaped(stateShape(m_e))) : working(input);
        return Eigen::Map<const Matrix>(given.template as<T>().data() + d * m_e.batch * m_e.hidden, m_e.batch, m_e.hidden);
    }

    Cell<T> cellOf(std::int64_t d) const
    {
        const std::int64_t width = m_kind.gates * m_e.hidden;
        const Node& node = m_context.node;
        Cell<T> cell;
        cell.hidden = m_e.hidden;
        const Tensor r = working(2);
        cell.recurrence = Eigen::Map<const Matrix>(r.as<T>().data() + d * width * m_e.hidden, width, m_e.hidden);
        cell.input_bias = part(kBias, d, width, 0, 2 * width);
        cell.state_bias = part(kBias, d, width, width, 2 * width);
        if (m_context.find(kPeepholes)) cell.peepholes = part(kPeepholes, d, 3 * m_e.hidden, 0, 3 * m_e.hidden);
        const auto first = m_functions.begin() + d * static_cast<std::ptrdiff_t>(m_kind.functions);
        cell.functions.assign(first, first + static_cast<std::ptrdiff_t>(m_kind.functions));
        cell.clip = attributeFloat(node, "clip", 0.0);
        cell.couples_forget = attributeInt(node, "input_forget", 0) != 0;
        cell.resets_after = attributeInt(node, "linear_before_reset", 0) != 0;
        return cell;
    }

    void runDirection(std::int64_t d, bool is_reverse)
    {
        const std::int64_t width = m_kind.gates * m_e.hidden;
        const Cell<T> cell = cellOf(d);
        const Tensor weights = working(1);
        const Matrix products = Eigen::Map<const Matrix>(m_x.as<T>().data(), m_e.steps * m_e.batch, m_e.input) *
                                Eigen::Map<const Matrix>(weights.as<T>().data() + d * width * m_e.input, width, m_e.input).transpose();
        Matrix h = state(kInitialH, d);
        Matrix c = m_kind.outputs == 3 ? state(kInitialC, d) : Matrix(Matrix::Zero(m_e.batch, m_e.hidden));
        Matrix x(m_e.batch, width);
        for (std::int64_t t = 0; t < m_e.steps; ++t) {
            const Matrix old_h = h;
            const Matrix old_c = c;
            const auto timeOf = [&](std::int64_t b) { return is_reverse ? m_lengths[static_cast<std::size_t>(b)] - 1 - t : t; };
            const auto isOver = [&](std::int64_t b) { return t >= m_lengths[static_cast<std::size_t>(b)]; };
            for (std::int64_t b = 0; b < m_e.batch; ++b) x.row(b) = products.row((isOver(b) ? 0 : timeOf(b)) * m_e.batch + b);
            m_step(cell, x, h, c);
            for (std::int64_t b = 0; b < m_e.batch; ++b) {
                if (isOver(b)) { // a shorter sequence keeps its last state
                    h.row(b) = old_h.row(b);
                    c.row(b) = old_c.row(b);
                    continue;
                }
                const std::int64_t row = (timeOf(b) * m_e.directions + d) * m_e.batch + b;
                std::copy_n(h.row(b).data(), m_e.hidden, m_y.begin() + row * m_e.hidden);
            }
        }
        m_last_h.insert(m_last_h.end(), h.data(), h.data() + h.size());
        m_last_c.insert(m_last_c.end(), c.data(), c.data() + c.size());
    }

    const RunContext& m_context;
    const Kind& m_kind;
    Extents m_e;
    CellStep<T> m_step;
    std::vector<CellFunction> m_functions;
    ElementType m_type;
    Tensor m_x; ///< [steps, batch, input]
    std::vector<std::int64_t> m_lengths;
    std::vector<T> m_y; ///< [steps, directions, batch, hidden]
    std::vector<T> m_last_h;
    std::vector<T> m_last_c;
};

template <const Kind& kind>
Result<std::vector<Tensor>> runRecurrent(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    const Result<Extents> extents = extentsOf(context.node, kind, context[0].shape(), context[1].shape(), context[2].shape());
    if (!extents) return extents.error();
    if (Result<void> inputs = checkInputs(context, kind, *extents); !inputs) return inputs.error();
    Result<std::vector<CellFunction>> functions = functionsOf(context.node, kind, extents->directions);
    if (!functions) return functions.error();
    std::vector<Tensor> results = type == ElementType::Float64 ? Recurrence<double>(context, kind, *extents, kind.precise_step, *functions).run()
                                                               : Recurrence<float>(context, kind, *extents, kind.step, *functions).run();
    for (Tensor& result : results) result = convertTo(result, type);
    return results;
}

/// With the batch in front, rows stay apart; states and lengths must belong to the samples, too.
bool batchRecurrent(const BatchContext& context)
{
    if (attributeInt(context.node, "layout", 0) == 0 || !context.batched(0)) return false;
    for (std::size_t i = 1; i < context.inputs.size(); ++i) {
        const bool is_of_samples = i == kLengths || i == kInitialH || i == kInitialC;
        const bool is_given = i < context.node.inputs.size() && context.node.inputs[i] != kNone;
        if (is_given && context.batched(i) != is_of_samples) return false;
    }
    return true;
}

constexpr std::array kOps{
    OpDescriptor{"", "RNN", 1, 3, recurrentShape<kRnn>, runRecurrent<kRnn>, batchRecurrent},
    OpDescriptor{"", "GRU", 1, 3, recurrentShape<kGru>, runRecurrent<kGru>, batchRecurrent},
    OpDescriptor{"", "LSTM", 1, 3, recurrentShape<kLstm>, runRecurrent<kLstm>, batchRecurrent},
};

} // namespace

std::span<const OpDescriptor> recurrentOps()
{
    return kOps;
}

} // namespace bitwright
