// SPDX-License-Identifier: GPL-3.0-or-later
/// What differs between two models, or two configurations.
#pragma once

#include <string>
#include <vector>

#include "configuration/configuration.h"
#include "evaluation/node_matching.h"
#include "model/model.h"

namespace bitwright {

/// One difference. An empty side has nothing at that place.
struct Difference {
    std::string place; ///< "layers/MatMul_0/formats/weight", "node 'fc1'/alpha"
    std::string a;
    std::string b;
    /// What kind it is, for views that group: "settings"; or "ports", "only in A", "only in B", "attributes",
    /// "wiring", "shapes", "formats", "weights".
    std::string section = "settings";
    /// Of weights: largest and relative (root of the sum of squares over that of A) difference.
    double largest = 0;
    double relative = 0;
};

std::vector<Difference> compareConfigurations(const Configuration& a, const Configuration& b);

/// Two models, node by node (`matchNodes`): what a view of differences shows.
struct ModelComparison {
    std::vector<NodeMatch> matches;
    std::vector<Difference> differences; ///< ports first, then along the nodes of A, then what only B has
};

/// Nodes that differ in operator, attributes, wiring, result shapes, number formats or constants; nodes that only
/// one side has; inputs and outputs.
ModelComparison compareModels(const Model& a, const Model& b);

} // namespace bitwright
