// SPDX-License-Identifier: GPL-3.0-or-later
// Einsum (onnx: docs/Operators.md): a sum of products over labelled dimensions.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// More products than this take minutes; a hostile file must not hang the program.
constexpr std::int64_t kMaximumProducts = std::int64_t{1} << 34;

/// Labels of an operand's dimensions: letters, and for the dimensions of an ellipsis numbers counted from its end.
using Label = int;
using Labels = std::vector<Label>;

struct Equation {
    std::vector<std::string> operands;
    std::string result;
    bool has_result = false;
};

bool isTerm(std::string_view term)
{
    const std::size_t dots = term.find("...");
    std::string letters(term);
    if (dots != std::string_view::npos) letters.erase(dots, 3);
    return std::all_of(letters.begin(), letters.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::optional<Equation> parseEquation(std::string text)
{
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    Equation equation;
    const std::size_t arrow = text.find("->");
    if (arrow != std::string::npos) {
        equation.has_result = true;
        equation.result = text.substr(arrow + 2);
        text.resize(arrow);
    }
    for (std::size_t at = 0;;) {
        const std::size_t comma = text.find(',', at);
        equation.operands.push_back(text.substr(at, comma == std::string::npos ? comma : comma - at));
        if (comma == std::string::npos) break;
        at = comma + 1;
    }
    if (!isTerm(equation.result) || !std::all_of(equation.operands.begin(), equation.operands.end(), isTerm)) return std::nullopt;
    return equation;
}

/// Labels of a term whose ellipsis stands for @p hidden dimensions.
Labels labelsOf(std::string_view term, std::size_t hidden)
{
    Labels labels;
    for (std::size_t i = 0; i < term.size(); ++i) {
        if (term[i] != '.') {
            labels.push_back(term[i]);
            continue;
        }
        for (std::size_t k = hidden; k > 0; --k) labels.push_back(-static_cast<Label>(k));
        i += 2;
    }
    return labels;
}

struct Plan {
    std::vector<Labels> operands;
    Labels result;
    Labels summed;
    std::map<Label, std::int64_t> extents;
};

/// Without "->": the labels that occur once, in the order of the alphabet, behind the dimensions of the ellipses.
Labels impliedResult(const Plan& plan, std::size_t hidden)
{
    std::map<Label, int> uses;
    for (const Labels& operand : plan.operands)
        for (const Label label : operand) ++uses[label];
    Labels result;
    for (std::size_t k = hidden; k > 0; --k) result.push_back(-static_cast<Label>(k));
    for (const auto& [label, count] : uses)
        if (label > 0 && count == 1) result.push_back(label);
    return result;
}

bool enter(Plan& plan, const Labels& labels, const Shape& shape)
{
    for (std::size_t i = 0; i < labels.size(); ++i) {
        std::int64_t& extent = plan.extents.try_emplace(labels[i], 1).first->second;
        if (extent == 1) extent = shape[i];
        else if (shape[i] >= 0 && shape[i] != 1) {
            if (extent >= 0 && extent != shape[i]) return false;
            extent = shape[i];
        }
    }
    return true;
}

Result<Plan> planOf(const Node& node, const std::vector<Shape>& shapes)
{
    const std::optional<Equation> equation = parseEquation(attributeString(node, "equation", ""));
    if (!equation) return attributeProblem(node, "equation", "it cannot be read");
    if (equation->operands.size() != shapes.size())
        return attributeProblem(node, "equation", fmt::format("it has {} operands, and the node has {}", equation->operands.size(), shapes.size()));
    Plan plan;
    std::size_t widest = 0;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const std::string& term = equation->operands[i];
        const bool has_dots = term.find('.') != std::string::npos;
        const std::size_t letters = term.size() - (has_dots ? 3 : 0);
        if (has_dots ? shapes[i].size() < letters : shapes[i].size() != letters)
            return shapeProblem(node, fmt::format("{} does not fit the term {}", shapeText(shapes[i]), term));
        const std::size_t hidden = shapes[i].size() - letters;
        widest = std::max(widest, hidden);
        plan.operands.push_back(labelsOf(term, hidden));
        if (!enter(plan, plan.operands.back(), shapes[i]))
            return shapeProblem(node, fmt::format("{} does not fit the other operands in the term {}", shapeText(shapes[i]), term));
    }
    plan.result = equation->has_result ? labelsOf(equation->result, widest) : impliedResult(plan, widest);
    std::set<Label> seen;
    for (const Label label : plan.result)
        if (!plan.extents.contains(label) || !seen.insert(label).second)
            return attributeProblem(node, "equation", "its result has a label twice, or one that no operand has");
    for (const auto& [label, extent] : plan.extents)
        if (!seen.contains(label)) plan.summed.push_back(label);
    return plan;
}

Shape resultShape(const Plan& plan)
{
    Shape shape;
    for (const Label label : plan.result) shape.push_back(plan.extents.at(label));
    return shape;
}

Result<std::vector<TensorFacts>> einsumShape(const ShapeContext& context)
{
    std::vector<Shape> shapes;
    for (std::size_t i = 0; i < context.inputs.size(); ++i) {
        if (!context.shape(i)) return oneOutput(context.type(0), std::nullopt);
        shapes.push_back(*context.shape(i));
    }
    Result<Plan> plan = planOf(context.node, shapes);
    if (!plan) return plan.error();
    return oneOutput(context.type(0), resultShape(*plan));
}

/// Steps of one operand along every label of @p order. A label that occurs twice walks the diagonal.
std::vector<std::int64_t> stepsAlong(const Labels& order, const Labels& labels, const Shape& shape)
{
    const std::vector<std::int64_t> own = rowSteps(shape);
    std::vector<std::int64_t> steps(order.size(), 0);
    for (std::size_t k = 0; k < order.size(); ++k)
        for (std::size_t i = 0; i < labels.size(); ++i)
            if (labels[i] == order[k] && shape[i] != 1) steps[k] += own[i];
    return steps;
}

struct Operand {
    Tensor tensor;
    std::vector<std::int64_t> steps; ///< per label, the result's first
};

/// Walks all labels, those of the result outside; sums in float64 or modulo 2^64.
template <class T>
void contract(const std::vector<Operand>& operands, const std::vector<std::int64_t>& extents, std::size_t result_rank, std::span<T> out)
{
    using Sum = std::conditional_t<std::is_floating_point_v<T>, double, std::uint64_t>;
    std::int64_t products = 1;
    for (std::size_t k = result_rank; k < extents.size(); ++k) products *= extents[k];
    std::vector<std::int64_t> index(extents.size(), 0);
    std::vector<std::int64_t> at(operands.size(), 0);
    const auto advance = [&](std::size_t first, std::size_t last) {
        for (std::size_t k = last; k-- > first;) {
            for (std::size_t o = 0; o < at.size(); ++o) at[o] += operands[o].steps[k];
            if (++index[k] < extents[k]) return;
            for (std::size_t o = 0; o < at.size(); ++o) at[o] -= operands[o].steps[k] * extents[k];
            index[k] = 0;
        }
    };
    for (T& result : out) {
        Sum sum = 0;
        for (std::int64_t p = 0; p < products; ++p) {
            Sum product = 1;
            for (std::size_t o = 0; o < at.size(); ++o)
                product *= static_cast<Sum>(operands[o].tensor.as<T>()[static_cast<std::size_t>(at[o])]);
            sum += product;
            advance(result_rank, extents.size());
        }
        result = static_cast<T>(sum);
        advance(0, result_rank);
    }
}

Result<std::vector<Tensor>> runEinsum(const RunContext& context)
{
    std::vector<Shape> shapes;
    for (std::size_t i = 0; i < context.inputs.size(); ++i) {
        if (!context.find(i)) return missingInput(context.node, i);
        if (context[i].type() != context[0].type()) return typeProblem(context.node, context[i].type());
        shapes.push_back(context[i].shape());
    }
    Result<Plan> plan = planOf(context.node, shapes);
    if (!plan) return plan.error();
    const Shape out = resultShape(*plan);
    if (Result<void> fits = checkSize(context.node, out); !fits) return fits.error();
    Labels order = plan->result;
    order.insert(order.end(), plan->summed.begin(), plan->summed.end());
    std::vector<std::int64_t> extents;
    for (const Label label : order) extents.push_back(plan->extents.at(label));
    if (elementCount(extents).value_or(kMaximumProducts + 1) > kMaximumProducts)
        return valueProblem(context.node, "it would take too many products");
    std::vector<Operand> operands;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        operands.push_back({widened(context[i]), stepsAlong(order, plan->operands[i], shapes[i])});
    const ElementType type = operands.front().tensor.type();
    std::optional<Tensor> result = withNumericType(type, [&](auto zero) {
        using T = decltype(zero);
        return filledTensor<T>(type, out, [&](std::span<T> values) { contract(operands, extents, plan->result.size(), values); });
    });
    if (!result) return typeProblem(context.node, context[0].type());
    return std::vector<Tensor>{convertTo(*result, context[0].type())};
}

/// Samples stay apart when one label counts them: the first of every batched operand and of the result, and nowhere else.
bool batchEinsum(const BatchContext& context)
{
    std::vector<Shape> shapes;
    for (std::size_t i = 0; i < context.inputs.size(); ++i) {
        if (!context.inputs[i].shape) return false;
        shapes.push_back(*context.inputs[i].shape);
    }
    const Result<Plan> plan = planOf(context.node, shapes);
    if (!plan || plan->result.empty()) return false;
    const Label sample = plan->result.front();
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const Labels& labels = plan->operands[i];
        const auto uses = std::count(labels.begin(), labels.end(), sample);
        const bool fits = context.batched(i) ? uses == 1 && labels.front() == sample : uses == 0;
        if (!fits) return false;
    }
    return true;
}

constexpr std::array kOps{
    OpDescriptor{"", "Einsum", 12, 1, einsumShape, runEinsum, batchEinsum},
};

} // namespace

std::span<const OpDescriptor> einsumOps()
{
    return kOps;
}

} // namespace bitwright
