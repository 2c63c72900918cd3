// SPDX-License-Identifier: GPL-3.0-or-later
/// The executable form of a primitive: what the emulator runs over blocks of samples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/value_range.h"

namespace bitwright {

/// The narrowest integer that is proved to hold every code of a value.
enum class Container : std::uint8_t { Int8, Int16, Int32, Int64, Wide };

/// Codes of one value for a block of samples, samples innermost: element e of sample s is at
/// data[e * stride + s]. Rows are 64-byte aligned. `Wide` data are WideInt objects.
struct CodeBlock {
    Container container = Container::Int32;
    void* data = nullptr;
    std::int64_t elements = 0;
    std::int64_t samples = 0;
    std::int64_t stride = 0;
};

/// What a kernel is prepared from.
struct KernelRequest {
    const Circuit& circuit;
    const Primitive& primitive;
    std::span<const ValueRange> input_ranges;
    std::span<const Container> input_containers;
    std::span<const Container> output_containers;
};

/// How often storing into an output changed the exact value, counted once per element
/// (architecture, section 4): partial sums are not counted.
struct StoreCounts {
    std::int64_t wraps = 0;
    std::int64_t saturations = 0;
    std::int64_t underflows = 0; ///< exact value not zero, stored value zero
};

class Kernel {
public:
    virtual ~Kernel() = default;
    /// Computes outputs from inputs. Thread-safe; scratch memory is the caller's.
    virtual void run(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
                     std::vector<std::byte>& scratch) const = 0;
    /// The same outputs, and what storing them did; may be slower.
    virtual void observe(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
                         std::vector<std::byte>& scratch, std::span<StoreCounts> counts) const = 0;
    /// Short name of the path that was chosen, for benchmarks and tests: "int16 madd", "wide".
    virtual std::string_view path() const = 0;
};

} // namespace bitwright
