// SPDX-License-Identifier: GPL-3.0-or-later
/// Small circuits of every primitive with random formats, for comparing exported projects with the emulator.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/primitives/activation/activation.h"
#include "circuit/primitives/dense/dense.h"
#include "circuit/primitives/merge/merge.h"
#include "circuit/primitives/softmax/softmax.h"
#include "circuit/primitives/table_function/table_function.h"
#include "model/tensor.h"

namespace bitwright::test {

/// Appends primitives to a circuit; formats that are not given are drawn at random from all rounding and overflow
/// modes, so that storing matters everywhere.
class RandomCircuit {
public:
    RandomCircuit(std::uint64_t seed, IoType io_type);

    CircuitIndex input(Shape shape, NumberFormat format);
    CircuitIndex input(Shape shape) { return input(std::move(shape), fixed(4, 12)); }
    CircuitIndex dense(CircuitIndex x, std::int64_t n_out, Strategy strategy, std::int64_t reuse_factor,
                       NumberFormat weight, NumberFormat accumulator);
    CircuitIndex dense(CircuitIndex x, std::int64_t n_out, Strategy strategy = Strategy::Latency,
                       std::int64_t reuse_factor = 1);
    CircuitIndex scaleShift(CircuitIndex x, NumberFormat scale);
    CircuitIndex activation(CircuitIndex x, ActivationFunction function, NumberFormat result);
    CircuitIndex activation(CircuitIndex x, ActivationFunction function) { return activation(x, function, fixed(3, 14)); }
    CircuitIndex table(CircuitIndex x, TableFunction function, std::int64_t size = 256);
    CircuitIndex softmax(CircuitIndex x, SoftmaxImplementation implementation);
    CircuitIndex threshold(CircuitIndex x, bool is_ternary, NumberFormat result);
    CircuitIndex merge(CircuitIndex a, CircuitIndex b, MergeOperation operation);
    /// Output i is element order[i].
    CircuitIndex transpose(CircuitIndex x, Shape shape, std::vector<std::int64_t> order);
    CircuitIndex concatenate(CircuitIndex a, CircuitIndex b);

    std::shared_ptr<const Circuit> finish(const std::vector<CircuitIndex>& outputs);
    /// Uniform samples for every input, a little beyond what the formats hold.
    std::vector<Tensor> samples(std::int64_t count);

    FixedFormat fixed(int least_width, int most_width);
    Circuit& circuit() { return m_circuit; }

private:
    CircuitIndex value(Shape shape, NumberFormat format);
    CircuitIndex add(Primitive primitive, Shape shape, NumberFormat format);
    std::shared_ptr<const CodeTensor> constant(Shape shape, NumberFormat format);
    int integer(int low, int high);
    std::int64_t elements(CircuitIndex x) const;

    std::mt19937_64 m_random;
    IoType m_io_type;
    Circuit m_circuit;
};

} // namespace bitwright::test
