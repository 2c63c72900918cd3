// SPDX-License-Identifier: GPL-3.0-or-later
/// What a layer is, derived once per lowering: shapes and constants.
#pragma once

#include <cstdint>
#include <vector>

#include <QString>

#include "numerics/shape.h"
#include "widgets/design_view.h"

namespace bitwright {

struct LayerFacts {
    QString input_shape;  ///< "16" or "8 × 8 × 3"; empty when unknown
    QString output_shape;
    std::int64_t constants = 0;     ///< elements of weights, biases and other constants, tables apart
    std::int64_t constant_bits = 0; ///< bits that they take
};

/// One entry per layer of @p view, in its order. @cost linear in the number of layers and primitives
std::vector<LayerFacts> layerFacts(const DesignView& view);

} // namespace bitwright
