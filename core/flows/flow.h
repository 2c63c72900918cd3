// SPDX-License-Identifier: GPL-3.0-or-later
/// A flow: one way of building hardware from a network. It owns its layers, tunables, legality rules,
/// lowering rules and passes, and its configuration file format.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "circuit/circuit.h"
#include "configuration/configuration.h"
#include "model/model.h"
#include "support/facet.h"

namespace bitwright {

/// A tensor of a layer that carries a number format.
struct SlotInfo {
    std::string name;  ///< "weight"
    std::string title; ///< "Weights"
    bool can_be_auto = false;
};

/// A number or a choice that the user may turn.
struct TunableInfo {
    std::string name;  ///< "reuse_factor"
    std::string title; ///< "Reuse factor"
    std::string help;  ///< one sentence
    TunableChoice fallback;            ///< value when nothing is decided
    std::vector<TunableChoice> legal;  ///< ascending; empty: any positive number
};

/// What a user can set.
struct Layer {
    std::string id;    ///< stable; hls4ml flow: the name in hls4ml's configuration, "MatMul_0"
    std::string type;  ///< the flow's class name, "Dense"
    std::vector<NodeIndex> nodes;       ///< in the normal form
    std::vector<std::string> came_from; ///< node names in the file
    std::vector<SlotInfo> slots;
    std::vector<TunableInfo> tunables;  ///< legal values under the configuration's strategy
    std::string unsupported;            ///< empty, or the sentence why the flow cannot build it
};

/// What a layer's settings came to after lowering.
struct EffectiveLayer {
    std::map<std::string, Resolved<NumberFormat>> formats;
    std::map<std::string, Resolved<TunableChoice>> tunables;
};

/// What a flow remembers from one lowering to the next; opaque to everybody else.
struct LoweringMemory {
    virtual ~LoweringMemory() = default;
};

/// A circuit, and what was decided on the way to it.
struct Lowering {
    std::shared_ptr<const Circuit> circuit; ///< null when some layer is unsupported; `findings` say why
    std::map<std::string, EffectiveLayer> layers; ///< by layer id; as far as lowering came
    Diagnostics findings;
    std::shared_ptr<LoweringMemory> memory; ///< handed on by passing this lowering as `previous`
};

/// A configuration read from the flow's own file format.
struct ConfigurationFile {
    Configuration configuration;
    Diagnostics findings; ///< unknown layers, keys without effect
};

/// How the flow treats one model operator: rule present, or the sentence why not.
struct OperatorRule {
    std::string_view domain;
    std::string_view op_type;
    std::string_view reason; ///< empty where the flow has a rule
};

struct FlowDescriptor {
    std::string_view name;  ///< "hls4ml"
    std::string_view title; ///< shown to people
    Facet<std::vector<OperatorRule>()> rules;
    /// In topological order. @p model is a normal form.
    Facet<std::vector<Layer>(const Model&, const Configuration&)> layers;
    /// @p previous may be null; unchanged primitives are shared with it.
    Facet<Result<Lowering>(const Model&, const Configuration&, const Lowering*)> lower;
    /// The configuration that the flow starts a model with.
    Facet<Configuration(const Model&)> initial;
    /// @p path is for messages. The model decides which layer names exist.
    Facet<Result<ConfigurationFile>(std::string_view, const std::string&, const Model&)> readConfiguration;
    /// The configuration in the flow's own format, fully written out.
    Facet<std::string(const Model&, const Configuration&)> writeConfiguration;
};

/// The one list of flows.
std::span<const FlowDescriptor* const> builtinFlows();
const FlowDescriptor* findFlow(std::string_view name);

} // namespace bitwright
