// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/names.h"

namespace bitwright {

namespace {

constexpr std::string_view kPrefixes[] = {"bnbt_", "bn_", "Dense_", "repack_", "clone_"};
constexpr std::string_view kSuffixes[] = {"_act", "_scale", "_rescale"};

} // namespace

ConfigurationNames::ConfigurationNames(const Model& model)
{
    const Graph& graph = model.graph;
    for (const ValueIndex input : graph.inputs)
        m_layers.insert(graph.value(input).name);
    for (const Node& node : graph.nodes)
        m_layers.insert(node.name);
    for (const Value& value : graph.values) {
        if (value.isConstant())
            m_constants.insert(value.name);
    }
}

std::string ConfigurationNames::layerOfDerived(std::string_view name) const
{
    std::string_view core = name;
    for (bool shortened = true; shortened;) {
        shortened = false;
        for (const std::string_view prefix : kPrefixes) {
            if (core.size() > prefix.size() && core.substr(0, prefix.size()) == prefix) {
                core.remove_prefix(prefix.size());
                shortened = true;
            }
        }
        if (isLayer(std::string(core)))
            return core == name ? std::string() : std::string(core);
    }
    for (const std::string_view suffix : kSuffixes) {
        if (core.size() > suffix.size() && core.substr(core.size() - suffix.size()) == suffix) {
            const std::string base(core.substr(0, core.size() - suffix.size()));
            if (isLayer(base))
                return base;
        }
    }
    return {};
}

} // namespace bitwright
