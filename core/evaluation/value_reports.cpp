// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/value_reports.h"

#include "evaluation/value_mapping.h"

#include <algorithm>
#include <cmath>

namespace bitwright {
namespace {

/// Counts of |x| by floor(log2 |x|) as in ValueStatistics.
std::vector<std::int64_t> log2Histogram(const std::vector<double>& values)
{
    std::vector<std::int64_t> bins(static_cast<std::size_t>(kBinCount), 0);
    for (const double value : values) {
        if (value == 0 || !std::isfinite(value)) continue;
        const int bin = std::clamp(std::ilogb(value) - kLowestBin, 0, kBinCount - 1);
        ++bins[static_cast<std::size_t>(bin)];
    }
    return bins;
}

void compare(ValueReport& report, const CircuitValue& value, const Tensor* own, const Tensor& reference)
{
    const std::vector<double> expected = inCircuitOrder(reference, value.shape);
    if (expected.empty()) return;
    report.reference_log2_histogram = log2Histogram(expected);
    const auto [low, high] = std::minmax_element(expected.begin(), expected.end());
    report.reference_minimum = *low;
    report.reference_maximum = *high;
    if (own == nullptr || own->size() != static_cast<std::int64_t>(expected.size())) return;
    report.sqnr_db = sqnrDb(asDoubles(asMeant(*own, value.format)), expected);
}

const Tensor* find(const std::map<std::string, Tensor>& tensors, const std::string& name)
{
    const auto found = tensors.find(name);
    return found == tensors.end() ? nullptr : &found->second;
}

/// Value indices: circuit inputs, then the outputs of the primitives in their order.
std::vector<std::size_t> circuitOrder(const Circuit& circuit)
{
    std::vector<std::size_t> order;
    for (const CircuitPort& port : circuit.inputs)
        order.push_back(static_cast<std::size_t>(port.value));
    for (const Primitive& primitive : circuit.primitives) {
        for (const CircuitIndex output : primitive.outputs)
            order.push_back(static_cast<std::size_t>(output));
    }
    return order;
}

} // namespace

Tensor asMeant(const Tensor& values, const NumberFormat& format)
{
    if (!std::holds_alternative<BipolarFormat>(format)) return values;
    std::vector<double> meant = asDoubles(values);
    for (double& value : meant)
        value = value == 0 ? -1 : 1;
    return Tensor::of<double>(values.shape(), meant);
}

std::vector<ValueReport> reportValues(const Circuit& circuit, const std::vector<ValueStatistics>& statistics,
                                      const std::map<std::string, Tensor>& trace, const ReferenceTrace* reference)
{
    std::vector<ValueReport> reports;
    for (const std::size_t i : circuitOrder(circuit)) {
        if (i >= statistics.size()) continue;
        const CircuitValue& value = circuit.values[i];
        ValueReport report;
        report.value = value.name;
        report.format = value.format;
        report.statistics = statistics[i];
        const Tensor* own = nullptr;
        if (value.producer >= 0) {
            const Primitive& primitive = circuit.primitives[static_cast<std::size_t>(value.producer)];
            report.layer = primitive.layer;
            report.primitive = primitive.name;
            own = primitive.outputs.size() == 1 ? find(trace, primitive.name) : nullptr;
        }
        const ValueIndex partner = reference == nullptr ? kNone : reference->corresponding[i];
        if (partner != kNone) {
            const Tensor* expected = find(reference->values, reference->normal.graph.value(partner).name);
            if (expected != nullptr) compare(report, value, own, *expected);
        }
        reports.push_back(std::move(report));
    }
    return reports;
}

std::int64_t tracedElements(const Circuit& circuit)
{
    std::int64_t elements = 0;
    for (const CircuitValue& value : circuit.values)
        elements += elementCount(value.shape).value_or(0);
    return elements;
}

std::int64_t tracedElements(const Model& normal)
{
    std::int64_t elements = 0;
    for (const Value& value : normal.graph.values) {
        if (value.isConstant() || !value.shape || value.shape->empty()) continue;
        elements += elementCount(Shape(value.shape->begin() + 1, value.shape->end())).value_or(0);
    }
    return elements;
}

} // namespace bitwright
