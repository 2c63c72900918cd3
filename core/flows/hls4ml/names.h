// SPDX-License-Identifier: GPL-3.0-or-later
/// Which names a configuration of a model may use (hls4ml reference, section 4.1).
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "model/model.h"

namespace bitwright {

/// Names of a normal form's inputs, constants and nodes, as hls4ml's configuration lists them.
class ConfigurationNames {
public:
    explicit ConfigurationNames(const Model& model);

    /// Whether settings under this name reach something.
    bool isLayer(const std::string& name) const { return m_layers.count(name) != 0; }
    /// Listed by hls4ml's generator, without effect.
    bool isConstant(const std::string& name) const { return m_constants.count(name) != 0; }
    /// The layer that a name of hls4ml's own making stands for (`Dense_MatMul_0` -> `MatMul_0`), or "".
    std::string layerOfDerived(std::string_view name) const;

    const std::set<std::string>& layers() const { return m_layers; }
    const std::set<std::string>& constants() const { return m_constants; }

private:
    std::set<std::string> m_layers;
    std::set<std::string> m_constants;
};

} // namespace bitwright
