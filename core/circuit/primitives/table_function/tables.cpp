// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <vector>

#include "circuit/primitives/table_function/table_function.h"
#include "numerics/quantise.h"

namespace bitwright {

namespace {

/// The argument that entry @p index stands for; float and double exactly as the original mixes them.
float argumentOf(TableFunction function, std::int64_t index, std::int64_t size)
{
    const float count = static_cast<float>(size);
    if (function == TableFunction::Elu || function == TableFunction::Selu)
        return static_cast<float>(-8.0 * static_cast<double>(index) / static_cast<double>(count));
    const double reach = function == TableFunction::Tanh ? 4.0 : 8.0;
    const double centred = static_cast<double>(index) - static_cast<double>(count) / 2.0;
    return static_cast<float>(2 * reach * centred / static_cast<double>(count));
}

float valueOf(TableFunction function, float x)
{
    switch (function) {
    case TableFunction::Sigmoid: return static_cast<float>(1.0 / static_cast<double>(1.0F + std::exp(-x)));
    case TableFunction::Tanh: return std::tanh(x);
    case TableFunction::Softplus: return static_cast<float>(std::log(static_cast<double>(std::exp(x)) + 1.0));
    case TableFunction::Softsign: return static_cast<float>(static_cast<double>(x) / (static_cast<double>(std::abs(x)) + 1.0));
    case TableFunction::Elu: return static_cast<float>(static_cast<double>(std::exp(x)) - 1.0);
    case TableFunction::Selu:
        return static_cast<float>(1.0507009873554804934193349852946 *
                                  (1.6732632423543772848170429916717 * (static_cast<double>(std::exp(x)) - 1.0)));
    }
    return 0;
}

} // namespace

CodeTensor functionTable(TableFunction function, std::int64_t size, const FixedFormat& format)
{
    std::vector<double> values;
    for (std::int64_t i = 0; i < size; ++i)
        values.push_back(static_cast<double>(valueOf(function, argumentOf(function, i, size))));
    return codesFromDoubles({size}, values, format);
}

} // namespace bitwright
