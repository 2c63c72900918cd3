// SPDX-License-Identifier: GPL-3.0-or-later
/// From layers of a table row to the facts that cost laws take.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "circuit/cost.h"
#include "circuit/cost_profile.h"
#include "estimator/table_row.h"

namespace bitwright {

/// What the products around an activation say about it when it is a row of its own.
struct ActivationContext {
    double result_bits = -1;
    double accumulator_bits = -1;
    double next_input_bits = -1;
    double nonzero_per_output = -1;
    std::int64_t lanes = -1; ///< channels, where the row has only the number of elements
    bool is_stream = false;  ///< some product of the group is in a stream
};
/// Of row @p index within the rows of its group, in the order of the table: the nearest products of fitting size
/// count, since a group holds several designs one after the other.
ActivationContext activationContext(const std::vector<const TableRow*>& group, std::size_t index);

/// The cost of one layer, or a reason in words.
struct LayerCost {
    bool is_known = false;
    std::string reason;
    Cost cost;
    bool is_product = false;
    double output_bits = 0; ///< bits that leave the layer
    double fill_cycles = 0; ///< cycles before a stream's first result
};

/// Costs of the layers of one row, in order.
std::vector<LayerCost> layerCosts(const TableRow& row, const ActivationContext& context, const CostProfile& profile);

} // namespace bitwright
