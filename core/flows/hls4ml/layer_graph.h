// SPDX-License-Identifier: GPL-3.0-or-later
/// The graph that the flow's passes work on: the layers that hls4ml would make, on their way from the model's
/// operators to hardware functions. It keeps hls4ml's names and node order, because both are visible in its projects.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "circuit/window.h"
#include "configuration/configuration.h"
#include "flows/hls4ml/array.h"
#include "model/model.h"

namespace bitwright::hls4ml {

using LinkId = std::int32_t; ///< a tensor between nodes
constexpr LinkId kNoLink = -1;

/// A type under decision: nothing means hls4ml's 'auto'.
struct TypeVariable {
    std::optional<NumberFormat> format;
    SettingSource source = SettingSource::BuiltIn;
};

/// A constant parameter with the quantiser that the model attached to it.
struct WeightVariable {
    Array unquantised;
    std::optional<Quantiser> quantiser;
    std::optional<NumberFormat> format; ///< demanded by the pass that made it; beats the configuration
};

struct InputPayload {
    /// Where the model's input is read in another order of its axes (without the batch dimension): the file's axis by axis.
    std::vector<std::int64_t> permutation;
};
struct ConstantPayload {
    Array value;
    std::optional<Quantiser> quantiser;
};
struct QuantPayload {
    bool is_bipolar = false;
    Array scale, zero_point; ///< zero_point null for bipolar
    int width_bits = 1;
    bool is_narrow = false;
    bool is_signed = true;
    Rounding rounding = Rounding::RndConv;
};
struct MatMulPayload {};
/// A convolution, its weights still nodes of their own.
struct ConvolutionPayload {
    ImageWindow window;
    std::int64_t pad_bottom = 0, pad_right = 0;
    std::int64_t groups = 1, filters = 1;
    int dimensions = 2; ///< of the image
    bool is_pointwise = false;

    bool isDepthwise() const { return groups > 1 && groups == window.channels; }
};
struct DensePayload {
    std::optional<ConvolutionPayload> convolution; ///< then rows are pixels, and inputs the places of a window
    WeightVariable weight, bias;
    std::int64_t n_in = 0, n_out = 0, rows = 1;
    bool is_binary_accumulated = false; ///< between merged thresholds, where hls4ml dictates the accumulator
};
/// BatchNormalization and ApplyAlpha.
struct AffinePayload {
    WeightVariable scale, bias;
    bool is_apply_alpha = false;
};
struct MergePayload {
    std::string operation; ///< hls4ml's word: "add", "subtract", ...
};
struct ConcatenatePayload {
    std::int64_t axis = 0; ///< without the batch dimension
};
/// Activation, ParametrizedActivation, PReLU and HardActivation; `function` is the operator's name in the model.
struct ActivationPayload {
    std::string function;
    std::string class_name = "Activation";
    double parameter = 0, shift = 0;
    Array slopes;                       ///< PReLU
    std::optional<Quantiser> quantiser; ///< of a linear activation that stands for a Quant
};
struct SoftmaxPayload {
    std::int64_t outer = 1, n = 1, inner = 1;
};
struct ReshapePayload {
    bool is_repack = false;
};
/// Maximum or average of windows.
struct PoolingPayload {
    ImageWindow window;
    bool is_maximum = true;
    bool is_global = false;
    int dimensions = 2;
};
/// Elements of the input in another order, some of them again or not at all; -1 stands for zero.
struct RearrangePayload {
    std::string class_name; ///< hls4ml's, or the operator's where hls4ml has none
    std::string operation;
    std::shared_ptr<const std::vector<std::int64_t>> elements;
};
struct TransposePayload {
    std::vector<std::int64_t> permutation; ///< without the batch dimension
};
/// Batch normalisation merged with a binary tanh.
struct ThresholdPayload {
    Array threshold;
    NumberFormat format;
};

using Payload = std::variant<InputPayload, ConstantPayload, QuantPayload, MatMulPayload, ConvolutionPayload, DensePayload,
                             AffinePayload, MergePayload, ConcatenatePayload, ActivationPayload, SoftmaxPayload,
                             PoolingPayload, ReshapePayload, RearrangePayload, TransposePayload, ThresholdPayload>;

/// Where a node's settings come from: hls4ml copies the entry of the model's node to the layers it makes of it.
struct SettingsOrigin {
    std::string layer;      ///< id in the configuration; "" for layers that no entry reaches
    std::string base_class; ///< class under which the entry was looked up before it was copied; "" if not copied
};

struct LayerNode {
    std::string name;
    std::vector<LinkId> inputs;
    LinkId output = kNoLink;
    Shape shape; ///< of the output, without the batch dimension
    bool shape_is_static = false; ///< a constant or its quantiser: there was no batch dimension
    Payload payload;
    SettingsOrigin origin;
    std::optional<NumberFormat> fixed_result; ///< demanded by a quantiser; beats the configuration
    std::optional<SettingsOrigin> result_from; ///< the type was copied from this node when the graph was made
    std::string result_from_class;
    std::vector<std::string> model_nodes; ///< names in the file
    bool is_inserted = false;             ///< by the back end: nobody sets anything for it
    std::vector<std::string> absorbed;    ///< ids of further layers that ended in this node
    std::map<std::string, TypeVariable> types; ///< by slot, once the configuration is applied
    std::map<std::string, std::int64_t> numbers; ///< reuse factor, table sizes, by tunable
    std::string variant; ///< strategy of a dense layer, implementation of a softmax

    template <class T>
    T* as() { return std::get_if<T>(&payload); }
    template <class T>
    const T* as() const { return std::get_if<T>(&payload); }
    bool isApplyAlpha() const;
    bool isLinear() const; ///< an activation that only stores in another type
    /// hls4ml's class name, which `LayerType` speaks of.
    std::string className() const;
};

class LayerGraph {
public:
    LayerGraph() = default;
    LayerGraph(const LayerGraph& other);
    LayerGraph& operator=(const LayerGraph& other);
    LayerGraph(LayerGraph&&) = default;
    LayerGraph& operator=(LayerGraph&&) = default;

    /// Appends; gives the node a fresh output link unless it has one.
    LayerNode& add(LayerNode node);
    LinkId newLink();

    std::size_t size() const { return m_nodes.size(); }
    LayerNode& node(std::size_t index) { return *m_nodes[index]; }
    const LayerNode& node(std::size_t index) const { return *m_nodes[index]; }

    /// The node that makes @p link, or nullptr.
    LayerNode* producer(LinkId link);
    const LayerNode* producer(LinkId link) const;
    LayerNode* inputNode(const LayerNode& node, std::size_t which = 0);
    const LayerNode* inputNode(const LayerNode& node, std::size_t which = 0) const;
    /// How many inputs of nodes read @p link.
    std::size_t useCount(LinkId link) const;
    std::vector<LayerNode*> consumers(LinkId link);

    /// Puts @p node after the node that makes its input. As hls4ml does, only the first reader of that input is
    /// moved behind it; the model's output moves where there is no reader. Returns the node.
    LayerNode& insertAfterInput(LayerNode node);
    /// Puts @p node between @p reader and its input @p which. Returns the node.
    LayerNode& insertBefore(LayerNode& reader, std::size_t which, LayerNode node);
    /// Takes @p node out; its readers, and the model's outputs, read its input instead.
    void remove(LayerNode& node);
    /// Takes out a node that nobody reads.
    void drop(const LayerNode& node);
    /// Puts @p replacement in the place of @p node, with its output link.
    LayerNode& replace(LayerNode& node, LayerNode replacement);

    std::vector<LinkId> outputs;
    std::vector<std::string> output_names; ///< in the file, as `outputs`

private:
    void notePlace(LinkId link, std::size_t place);

    std::vector<std::unique_ptr<LayerNode>> m_nodes;
    std::vector<std::size_t> m_places; ///< by link: where its node was put
    LinkId m_links = 0;
};

} // namespace bitwright::hls4ml
