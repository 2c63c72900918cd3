// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/model.h"

namespace bitwright {
namespace {

const Attribute* findAttribute(const Node& node, std::string_view name)
{
    const auto found = node.attributes.find(std::string(name));
    return found == node.attributes.end() ? nullptr : &found->second;
}

template <class T>
const T* attributeAs(const Node& node, std::string_view name)
{
    const Attribute* attribute = findAttribute(node, name);
    return attribute ? std::get_if<T>(attribute) : nullptr;
}

} // namespace

bool hasAttribute(const Node& node, std::string_view name)
{
    return findAttribute(node, name) != nullptr;
}

std::int64_t attributeInt(const Node& node, std::string_view name, std::int64_t fallback)
{
    if (const auto* value = attributeAs<std::int64_t>(node, name)) return *value;
    if (const auto* value = attributeAs<float>(node, name); value && *value > -1e18F && *value < 1e18F)
        return static_cast<std::int64_t>(*value);
    return fallback;
}

double attributeFloat(const Node& node, std::string_view name, double fallback)
{
    if (const auto* value = attributeAs<float>(node, name)) return static_cast<double>(*value);
    if (const auto* value = attributeAs<std::int64_t>(node, name)) return static_cast<double>(*value);
    return fallback;
}

std::string attributeString(const Node& node, std::string_view name, std::string_view fallback)
{
    const auto* value = attributeAs<std::string>(node, name);
    return value ? *value : std::string(fallback);
}

std::vector<std::int64_t> attributeInts(const Node& node, std::string_view name)
{
    if (const auto* values = attributeAs<std::vector<std::int64_t>>(node, name)) return *values;
    if (const auto* value = attributeAs<std::int64_t>(node, name)) return {*value};
    return {};
}

std::vector<double> attributeFloats(const Node& node, std::string_view name)
{
    if (const auto* values = attributeAs<std::vector<float>>(node, name))
        return std::vector<double>(values->begin(), values->end());
    if (const auto* value = attributeAs<float>(node, name)) return {static_cast<double>(*value)};
    return {};
}

const Tensor* attributeTensor(const Node& node, std::string_view name)
{
    return attributeAs<Tensor>(node, name);
}

} // namespace bitwright
