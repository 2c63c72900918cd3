// SPDX-License-Identifier: GPL-3.0-or-later
/// Random layers twice: as circuits, and as calls of hls4ml's own functions.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "circuit/circuit.h"

namespace bitwright::test {

/// One layer on its own.
struct PeerLayer {
    std::string title;
    std::shared_ptr<const Circuit> circuit;
    std::vector<std::string> input_formats;
    std::int64_t n_in = 0;
    std::int64_t n_out = 0;
    std::string call; ///< C++: reads the arrays x0 (and x1), fills `y`; types X0, X1, Y are there
    std::string declarations; ///< C++ before the function
};

/// Draws layers; the same seed draws the same ones.
class PeerLayers {
public:
    explicit PeerLayers(unsigned seed) : m_random(seed) {}

    PeerLayer dense();
    PeerLayer scaleShift();
    PeerLayer activation();
    PeerLayer tableFunction();
    PeerLayer softmax();
    PeerLayer merge();

private:
    std::int64_t between(std::int64_t low, std::int64_t high);
    std::string formatText(int narrowest, int widest, bool may_be_integer = true);
    std::vector<std::int64_t> numbers(std::int64_t count);

    std::mt19937_64 m_random;
    int m_count = 0;
};

} // namespace bitwright::test
