// SPDX-License-Identifier: GPL-3.0-or-later
/// What differs between two models, or two configurations; matched by name.
#pragma once

#include <string>
#include <vector>

#include "configuration/configuration.h"
#include "model/model.h"

namespace bitwright {

/// One difference. An empty side has nothing at that place.
struct Difference {
    std::string place; ///< "layers/MatMul_0/formats/weight", "node 'fc1'/alpha"
    std::string a;
    std::string b;
};

std::vector<Difference> compareConfigurations(const Configuration& a, const Configuration& b);

/// Nodes by name: operator, attributes, inputs. Constants by name: type, shape, largest difference. Inputs and outputs.
std::vector<Difference> compareModels(const Model& a, const Model& b);

} // namespace bitwright
