// SPDX-License-Identifier: GPL-3.0-or-later
/// Groups for boxes whose names say nothing (gui reference, section 5.4, steps 4 and 5).
#pragma once

#include <cstdint>
#include <vector>

#include "layout/grouping.h"

namespace bitwright {

/// One number per box: what it looks like, with what surrounds it in its group up to @p hops away (Weisfeiler and
/// Lehman; sums, so that the order of neighbours is no matter).
std::vector<std::uint64_t> looksInGroups(const GraphSummary& graph, const std::vector<std::int32_t>& group_of_node, int hops);

/// Adds a level of groups over what lies at the top of @p grouping, where that is too much to be shown at once.
void addStructuralGroups(const GraphSummary& graph, Grouping& grouping);

/// Puts "part 3/7" between a group and its groups where these are too many to be looked at.
void insertParts(Grouping& grouping);

} // namespace bitwright
