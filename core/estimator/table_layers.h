// SPDX-License-Identifier: GPL-3.0-or-later
/// From layers of a table row to the facts that cost laws take.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "circuit/cost.h"
#include "circuit/cost_profile.h"
#include "estimator/table_row.h"

namespace bitwright {

/// What the rows of one group say about each other: which formats enter and leave an activation of n elements.
struct GroupContext {
    bool is_stream = false;
    std::map<std::int64_t, double> result_bits;      ///< of products with n outputs
    std::map<std::int64_t, double> accumulator_bits; ///< of products with n outputs
    std::map<std::int64_t, double> next_input_bits;  ///< of products with n inputs
};
GroupContext groupContext(const std::vector<const TableRow*>& rows);

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
std::vector<LayerCost> layerCosts(const TableRow& row, const GroupContext& context, const CostProfile& profile);

} // namespace bitwright
