// SPDX-License-Identifier: GPL-3.0-or-later
/// Which type and which tunables a layer of hls4ml's gets from the configuration (hls4ml reference, section 3.1).
#pragma once

#include <string>

#include "configuration/configuration.h"
#include "flows/hls4ml/layer_graph.h"

namespace bitwright::hls4ml {

/// Answers for layers that hls4ml made: it copies the entry of the model's node (merged with that of the node's
/// class) to each of them, and then asks layer, layer type and model in this order.
class TypeChooser {
public:
    explicit TypeChooser(const Configuration& configuration) : m_configuration(configuration) {}

    /// The type of a slot that `Precision` decides.
    TypeVariable precision(const SettingsOrigin& origin, const std::string& class_name, const std::string& slot) const;
    TypeVariable precision(const LayerNode& node, const std::string& slot) const
    {
        return precision(node.origin, node.className(), slot);
    }
    /// The type of a table, which only the layer and its type decide, or @p built_in.
    TypeVariable table(const LayerNode& node, const std::string& slot, const NumberFormat& built_in) const;
    std::optional<TunableChoice> tunable(const LayerNode& node, const std::string& name) const;
    /// A tunable that is no more than an attribute of the layer: the model has no say.
    std::optional<TunableChoice> attribute(const LayerNode& node, const std::string& name) const;
    std::int64_t number(const LayerNode& node, const std::string& name, std::int64_t fallback) const;

    NumberFormat modelDefault() const;
    std::optional<FixedFormat> maximum() const;
    IoType ioType() const { return m_configuration.design.io_type; }

    /// Gives the node the types that it has when hls4ml makes it, and those of its weights.
    void assign(LayerNode& node) const;
    /// The same for one weight, after a pass has replaced it.
    void assignWeight(LayerNode& node, const std::string& slot, const WeightVariable& weight) const;

private:
    const LayerSettings* typeSettings(const std::string& class_name) const;

    const Configuration& m_configuration;
};

FixedFormat fixedFormat(int width, int integer, bool is_signed);
FixedFormat integerFormat(int width, bool is_signed);

} // namespace bitwright::hls4ml
