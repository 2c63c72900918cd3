// SPDX-License-Identifier: GPL-3.0-or-later
/// Geometry that float and quantised pools share (onnx: docs/Operators.md, AveragePool).
#pragma once

#include "ops/spatial.h"

namespace bitwright {

/// The window of a pool over @p x, channels first; a global pool covers everything. @error shapeProblem
Result<Window> poolWindow(const Node& node, const Shape& x, bool is_global);
Shape poolOutput(const Shape& x, const Window& window);
/// @error sizeProblem
Result<void> checkPoolSize(const Node& node, const Window& window, const Shape& out);

} // namespace bitwright
