// SPDX-License-Identifier: GPL-3.0-or-later
/// Remembers what lowering made of constants, so that an edit of one layer does not convert the weights of all.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

#include "flows/hls4ml/layer_graph.h"
#include "numerics/code_tensor.h"

namespace bitwright::hls4ml {

using Codes = std::shared_ptr<const CodeTensor>;

/// Keyed by how a constant came about (`ArrayData::id`) and by its format. Not thread-safe: its owner locks.
class ConstantCache {
public:
    std::optional<Array> combined(ArrayOperation operation, const Array& a, const Array& b);
    Array quantised(const WeightVariable& weight);
    /// Codes along hls4ml's text path, or by sign for bipolar formats whose values are already 0 and 1.
    Codes weightCodes(const Array& values, const NumberFormat& format);
    /// Anything else worth remembering, made by @p make where it is not known.
    Codes codes(ContentHash key, const std::function<CodeTensor()>& make);

    /// Starts a lowering; what was not used for a while is dropped.
    void beginLowering();

private:
    template <class T>
    struct Entry {
        T value;
        std::uint64_t last_use = 0;
    };

    std::unordered_map<ContentHash, Entry<std::optional<Array>>> m_arrays;
    std::unordered_map<ContentHash, Entry<Codes>> m_codes;
    std::uint64_t m_lowering = 0;
};

} // namespace bitwright::hls4ml
