// SPDX-License-Identifier: GPL-3.0-or-later
/// The formats of everything that a softmax computes on the way, read from its primitive.
#pragma once

#include "circuit/primitives/softmax/softmax.h"

namespace bitwright {

/// Those that an implementation does not use keep harmless defaults.
struct SoftmaxFormats {
    SoftmaxImplementation implementation{};
    FixedFormat in;
    FixedFormat out;
    FixedFormat accumulator;
    FixedFormat exp_table;
    FixedFormat inverse_table;
    FixedFormat inverse_input;
    FixedFormat normalised;
    FixedFormat difference;
    FixedFormat product;
};

SoftmaxFormats softmaxFormats(const Circuit& circuit, const Primitive& primitive);

/// Address bits of a table: ceil(log2(size)), at least 1.
int addressBits(std::size_t size);

} // namespace bitwright
