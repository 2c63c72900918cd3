// SPDX-License-Identifier: GPL-3.0-or-later
/// Where the arrow keys go on the canvas.
#pragma once

#include <cstdint>
#include <string>

#include "widgets/graph_scene.h"

namespace bitwright {

/// As seen on the screen; which of them is "to the consumers" depends on the direction of the drawing.
enum class ArrowKey { Up, Down, Left, Right };

/// The id next to @p id: along the flow the producer or consumer that lies straightest, across it the neighbour in the
/// same rank. Empty where there is none; the first node where @p id is not shown.
std::string neighbourOf(const GraphScene& scene, const std::string& id, ArrowKey key);
/// First or last element with an id, in reading order.
std::string firstId(const GraphScene& scene);
std::string lastId(const GraphScene& scene);

} // namespace bitwright
