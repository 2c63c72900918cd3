// SPDX-License-Identifier: GPL-3.0-or-later
/// What one model operator answers for: shapes, reference execution, batches (onnx: docs/Operators.md;
/// reference qonnx_finn.md section 1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "model/tensor.h"
#include "support/facet.h"
#include "support/result.h"

namespace bitwright {

/// What is known about a tensor before anything runs. Extent -1 is unknown.
struct TensorFacts {
    ElementType type = ElementType::Undefined;
    std::optional<Shape> shape;
    std::optional<Tensor> constant;
};

/// Input of a shape rule. Omitted inputs have facts without anything.
struct ShapeContext {
    const Node& node;
    std::int64_t opset; ///< of the node's domain
    std::span<const TensorFacts> inputs;

    bool has(std::size_t input) const { return input < node.inputs.size() && node.inputs[input] != kNone; }
    /// The shape of an input, or null where it is unknown or the input is omitted.
    const Shape* shape(std::size_t input) const
    {
        return has(input) && inputs[input].shape ? &*inputs[input].shape : nullptr;
    }
    const Tensor* constant(std::size_t input) const
    {
        return has(input) && inputs[input].constant ? &*inputs[input].constant : nullptr;
    }
    ElementType type(std::size_t input) const { return has(input) ? inputs[input].type : ElementType::Undefined; }
};

/// Executes the graphs that a node's attributes hold (If, Loop, Scan), in the surroundings of that node.
class SubgraphRunner {
public:
    virtual ~SubgraphRunner() = default;
    /// @p inputs in the order of graph.inputs. @return the graph's outputs. @error Cancelled, those of its nodes
    virtual Result<std::vector<Tensor>> run(const Graph& graph, const std::vector<Tensor>& inputs) const = 0;
};

/// Input of a reference execution. Every tensor is complete.
struct RunContext {
    const Node& node;
    std::int64_t opset;
    std::span<const Tensor* const> inputs; ///< null where omitted
    /// When samples are stacked along dimension 0 of the batched inputs, their number; else 0. Rules that
    /// read extents from constants must give every sample what it gets alone.
    std::int64_t stacked_samples = 0;
    const SubgraphRunner* subgraphs = nullptr; ///< null where graphs cannot be run, as in shape inference

    const Tensor* find(std::size_t input) const { return input < inputs.size() ? inputs[input] : nullptr; }
    /// @pre the runner has checked that the schema's required inputs are there
    const Tensor& operator[](std::size_t input) const { return *inputs[input]; }
};

/// Input of a batch rule: shapes are those of a single sample (extent 1 in dimension 0).
struct BatchContext {
    const Node& node;
    std::int64_t opset;
    std::span<const TensorFacts> inputs;
    std::span<const bool> is_batched;

    bool batched(std::size_t input) const { return input < is_batched.size() && is_batched[input]; }
    std::size_t rank(std::size_t input) const
    {
        return input < inputs.size() && inputs[input].shape ? inputs[input].shape->size() : 0;
    }
};

using ShapeRule = Facet<Result<std::vector<TensorFacts>>(const ShapeContext&)>;
using RunRule = Facet<Result<std::vector<Tensor>>(const RunContext&)>;
/// Whether computing N samples at once, stacked along dimension 0, gives for each what it gives alone.
using BatchRule = Facet<bool(const BatchContext&)>;

struct OpDescriptor {
    std::string_view domain;
    std::string_view op_type;
    int since_version;   ///< of the domain's operator set
    int required_inputs; ///< inputs that cannot be omitted
    ShapeRule shape;     ///< facts of the outputs, one entry per output
    RunRule run;
    BatchRule batch;
};

inline constexpr std::string_view kQonnxDomain = "qonnx.custom_op.general";
inline constexpr std::string_view kMicrosoftDomain = "com.microsoft"; ///< ONNX Runtime's own operators
inline constexpr std::string_view kTreesDomain = "ai.onnx.ml";
inline constexpr std::string_view kChannelsLastDomain = "qonnx.custom_op.channels_last";

} // namespace bitwright
