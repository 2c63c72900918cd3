// SPDX-License-Identifier: GPL-3.0-or-later
/// Puts counted quantities and a profile's coefficients together to a cost with terms and intervals.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "circuit/cost.h"
#include "circuit/cost_profile.h"

namespace bitwright {

/// A counted quantity: its coefficient's name in the cost model, and the words of "why?".
struct Quantity {
    std::string_view name;
    std::string_view label;
    double amount = 0;
};

/// Intervals are that much wider, in the logarithm, outside the box of features that a law was fitted in.
inline constexpr double kWideningOutsideBox = 2.0;

/// Widens an amount from the quantiles of log((true + 1) / (predicted + 1)).
Amount amountWithInterval(double value, double residual_10, double residual_90);
/// Adds two independent-looking amounts: errors of one tool lean the same way, so the interval is the larger
/// of quadrature and 0.7 of the plain sum (estimation data, "Rules for bands").
class AmountSum {
public:
    void add(const Amount& amount);
    Amount sum() const;

private:
    double m_value = 0;
    double m_below = 0, m_below_squares = 0;
    double m_above = 0, m_above_squares = 0;
};

/// Collects the terms of one kernel. Amounts are rounded to whole units term by term, so that what is shown adds up.
class CostBuilder {
public:
    CostBuilder(const CostProfile& profile, std::string_view kernel) : m_profile(profile), m_kernel(kernel) {}

    /// A feature of this instance; outside the box of a law that is used later, the cost is extrapolated.
    void feature(std::string_view name, double value);
    /// Adds sum(coefficient * quantity) of the law `kernel/regime/target`; nothing where the profile has no such law.
    void linear(std::string_view regime, CostTarget target, std::initializer_list<Quantity> quantities);
    /// Adds an amount that a rule gave; the law says how far the rule misses.
    void exact(std::string_view regime, CostTarget target, std::string_view label, double amount);
    /// Sets latency and initiation interval.
    void timing(std::string_view regime, double latency_cycles, double interval_cycles);
    /// Of what was added so far.
    double value(CostTarget target) const { return m_sums[static_cast<std::size_t>(target)].sum().value; }
    Cost finish();

private:
    const CostLaw* find(std::string_view regime, CostTarget target);
    void checkBox(const CostLaw& law);
    void addGroup(CostTarget target, double value, const CostLaw* law);

    const CostProfile& m_profile;
    std::string_view m_kernel;
    std::vector<std::pair<std::string_view, double>> m_features;
    AmountSum m_sums[7];
    Cost m_cost;
};

} // namespace bitwright
