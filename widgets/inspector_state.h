// SPDX-License-Identifier: GPL-3.0-or-later
/// What the Inspector says about one or several layers, from the design's values alone.
#pragma once

#include <vector>

#include "widgets/design_view.h"
#include "widgets/slot_editor.h"
#include "widgets/tunable_editor.h"

namespace bitwright {

/// Slots that any of the layers has, in the order of first appearance.
std::vector<SlotInfo> unionOfSlots(const std::vector<const Layer*>& layers);
/// Tunables that any of the layers has; legal values are those that all of them share.
std::vector<TunableInfo> unionOfTunables(const std::vector<const Layer*>& layers);

SlotState slotState(const DesignView& view, const std::vector<const Layer*>& layers, const std::string& slot);
TunableState tunableState(const DesignView& view, const std::vector<const Layer*>& layers, const std::string& tunable);

/// "Dense, 16 → 64. Nodes: fc1." or the types of several layers.
QString factsText(const DesignView& view, const std::vector<const Layer*>& layers);
/// Range, losses and SQNR as a small table (rich text).
QString statisticsText(const DesignView& view, const std::vector<const Layer*>& layers);

} // namespace bitwright
