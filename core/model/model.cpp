// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model.h"

#include <algorithm>

namespace bitwright {
namespace {

constexpr std::int64_t kNewestOnnxOpset = 28;

} // namespace

ValueIndex Graph::findValue(std::string_view wanted) const
{
    const auto found = std::find_if(values.begin(), values.end(), [&](const Value& v) { return v.name == wanted; });
    return found == values.end() ? kNone : static_cast<ValueIndex>(found - values.begin());
}

NodeIndex Graph::findNode(std::string_view wanted) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const Node& n) { return n.name == wanted; });
    return found == nodes.end() ? kNone : static_cast<NodeIndex>(found - nodes.begin());
}

std::int64_t Model::opset(const std::string& domain) const
{
    const auto found = opsets.find(domain);
    if (found != opsets.end()) return std::min(found->second, domain.empty() ? kNewestOnnxOpset : found->second);
    return domain.empty() ? kNewestOnnxOpset : 1;
}

} // namespace bitwright
