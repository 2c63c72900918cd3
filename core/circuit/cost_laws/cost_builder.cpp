// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_laws/cost_builder.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bitwright {
namespace {

constexpr double kShareOfPlainSum = 0.7;

} // namespace

Amount amountWithInterval(double value, double residual_10, double residual_90)
{
    const double low = std::round((value + 1) * std::exp(residual_10) - 1);
    const double high = std::round((value + 1) * std::exp(residual_90) - 1);
    return {value, std::clamp(low, 0.0, value), std::max(high, value)};
}

void AmountSum::add(const Amount& amount)
{
    const double below = amount.value - amount.low;
    const double above = amount.high - amount.value;
    m_value += amount.value;
    m_below += below;
    m_above += above;
    m_below_squares += below * below;
    m_above_squares += above * above;
}

Amount AmountSum::sum() const
{
    const double below = std::max(std::sqrt(m_below_squares), kShareOfPlainSum * m_below);
    const double above = std::max(std::sqrt(m_above_squares), kShareOfPlainSum * m_above);
    return {m_value, std::max(0.0, std::floor(m_value - below)), std::ceil(m_value + above)};
}

void CostBuilder::feature(std::string_view name, double value)
{
    m_features.emplace_back(name, value);
}

const CostLaw* CostBuilder::find(std::string_view regime, CostTarget target)
{
    const CostLaw* law = m_profile.law(m_kernel, regime, costTargetName(target));
    if (law != nullptr) checkBox(*law);
    return law;
}

void CostBuilder::checkBox(const CostLaw& law)
{
    if (m_cost.is_extrapolated) return;
    for (const CalibrationRange& range : law.box)
        for (const auto& [name, value] : m_features)
            if (name == range.feature && (value < range.low || value > range.high)) {
                m_cost.is_extrapolated = true;
                m_cost.extrapolation =
                    fmt::format("{} {} is outside {} to {}", name, value, range.low, range.high);
                return;
            }
}

void CostBuilder::addGroup(CostTarget target, double value, const CostLaw* law)
{
    const double widening = m_cost.is_extrapolated ? kWideningOutsideBox : 1.0;
    const Amount amount = law == nullptr ? Amount{value, value, value}
                                         : amountWithInterval(value, widening * law->residual_10,
                                                              widening * law->residual_90);
    m_sums[static_cast<std::size_t>(target)].add(amount);
}

void CostBuilder::linear(std::string_view regime, CostTarget target, std::initializer_list<Quantity> quantities)
{
    const CostLaw* law = find(regime, target);
    if (law == nullptr) return;
    // A fit needs to see what was counted even where it costs nothing yet.
    const bool keeps_empty = m_profile.constant("keep_empty_terms") > 0;
    double sum = 0;
    for (const Quantity& quantity : quantities) {
        const double coefficient = law->coefficient(quantity.name);
        const double amount = std::round(coefficient * quantity.amount);
        if (amount == 0 && !keeps_empty) continue;
        sum += amount;
        m_cost.terms.push_back({std::string(costTargetName(target)), std::string(quantity.label), amount,
                                std::string(costTargetUnit(target)), law->source(quantity.name), quantity.amount, coefficient});
    }
    addGroup(target, sum, law);
}

void CostBuilder::exact(std::string_view regime, CostTarget target, std::string_view label, double amount)
{
    const CostLaw* law = find(regime, target);
    const double rounded = std::round(amount);
    if (rounded != 0)
        m_cost.terms.push_back({std::string(costTargetName(target)), std::string(label), rounded,
                                std::string(costTargetUnit(target)), law == nullptr ? std::string("rule") : law->source(""),
                                rounded, 1.0});
    addGroup(target, rounded, law);
}

void CostBuilder::timing(std::string_view regime, double latency_cycles, double interval_cycles)
{
    exact(regime, CostTarget::Latency, "pipeline", latency_cycles);
    exact(regime, CostTarget::Interval, "initiation interval", interval_cycles);
}

Cost CostBuilder::finish()
{
    for (const CostTarget target : kCostTargets)
        m_cost.amount(target) = m_sums[static_cast<std::size_t>(target)].sum();
    return std::move(m_cost);
}

} // namespace bitwright
