// SPDX-License-Identifier: GPL-3.0-or-later
/// Circuits built by hand, for tests that do without models and flows.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/strategy.h"

namespace bitwright::test {

/// `fixed<8,3,RND,SAT>` and the like; the text must be right.
NumberFormat format(std::string_view text);
FixedFormat fixedFormat(std::string_view text);
/// Codes of @p text's format, wrapped into its range where they lie outside.
std::shared_ptr<const CodeTensor> codes(Shape shape, std::string_view text, const std::vector<std::int64_t>& values);

/// One primitive to be added.
struct PrimitiveSketch {
    std::string kind;
    std::string name;
    std::vector<CircuitIndex> inputs;
    std::map<std::string, std::shared_ptr<const CodeTensor>> constants;
    std::map<std::string, NumberFormat> formats;
    std::shared_ptr<const PrimitiveAttributes> attributes;
    Shape shape; ///< of the output
    NumberFormat result;
};

struct DenseSketch {
    std::string name = "dense";
    CircuitIndex input = 0;
    std::int64_t n_in = 0;
    std::int64_t n_out = 0;
    std::string weight_format = "fixed<16,6>";
    std::vector<std::int64_t> weights; ///< [n_in, n_out]
    std::string bias_format = "fixed<16,6>";
    std::vector<std::int64_t> biases;
    std::string accumulator = "fixed<40,20>";
    std::string result = "fixed<16,6>";
    Strategy strategy = Strategy::Latency;
    std::int64_t reuse_factor = 1;
};

class CircuitBuilder {
public:
    explicit CircuitBuilder(IoType io_type = IoType::Parallel);
    CircuitIndex input(const Shape& shape, std::string_view format_text);
    CircuitIndex add(const PrimitiveSketch& sketch);
    CircuitIndex dense(const DenseSketch& sketch);
    /// Activation, scale_shift and others of one input whose output has its shape.
    CircuitIndex unary(const std::string& kind, CircuitIndex input, const std::string& result,
                       std::shared_ptr<const PrimitiveAttributes> attributes,
                       std::map<std::string, std::shared_ptr<const CodeTensor>> constants = {},
                       std::map<std::string, NumberFormat> formats = {});
    std::shared_ptr<const Circuit> finish(const std::vector<CircuitIndex>& outputs);

private:
    CircuitIndex addValue(const Shape& shape, const NumberFormat& format);

    Circuit m_circuit;
};

} // namespace bitwright::test
