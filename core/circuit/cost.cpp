// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost.h"

#include <array>
#include <cstddef>

namespace bitwright {
namespace {

struct TargetText {
    std::string_view name;
    std::string_view unit;
    Amount Cost::*amount;
};

constexpr std::array<TargetText, 7> kTexts{{
    {"lut", "LUT", &Cost::lut},
    {"ff", "FF", &Cost::ff},
    {"dsp", "DSP", &Cost::dsp},
    {"bram", "BRAM18", &Cost::bram},
    {"uram", "URAM", &Cost::uram},
    {"latency_cycles", "cycles", &Cost::latency_cycles},
    {"ii", "cycles", &Cost::initiation_interval_cycles},
}};

const TargetText& text(CostTarget target)
{
    return kTexts[static_cast<std::size_t>(target)];
}

} // namespace

std::string_view costTargetName(CostTarget target)
{
    return text(target).name;
}

std::string_view costTargetUnit(CostTarget target)
{
    return text(target).unit;
}

Amount& Cost::amount(CostTarget target)
{
    return this->*text(target).amount;
}

const Amount& Cost::amount(CostTarget target) const
{
    return this->*text(target).amount;
}

} // namespace bitwright
