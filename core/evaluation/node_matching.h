// SPDX-License-Identifier: GPL-3.0-or-later
/// Which node of one model is which node of another (gui reference, section 3.9).
#pragma once

#include <string_view>
#include <vector>

#include "model/model.h"

namespace bitwright {

/// What told that two nodes are the same, strongest first.
enum class MatchedBy { Name, OutputName, Neighbourhood, Order };
std::string_view matchedByText(MatchedBy by); ///< "name", "output", "neighbourhood", "order"

struct NodeMatch {
    NodeIndex a = kNone;
    NodeIndex b = kNone;
    MatchedBy by = MatchedBy::Name;
};

/// Pairs nodes of equal operator: by name; by the name of their first output; by a structure of two hops that is
/// unique on both sides; by the longest common sequence of operators among the rest. Ascending by node of @p a.
/// @cost linear but for the last step, which is bounded
std::vector<NodeMatch> matchNodes(const Graph& a, const Graph& b);

} // namespace bitwright
