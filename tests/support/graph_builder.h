// SPDX-License-Identifier: GPL-3.0-or-later
/// Small models by hand, for tests.
#pragma once

#include <string>
#include <vector>

#include "model/model.h"

namespace bitwright::test {

inline Tensor floats(Shape shape, const std::vector<float>& values)
{
    return Tensor::of<float>(std::move(shape), values);
}

inline Tensor integers(const std::vector<std::int64_t>& values)
{
    return Tensor::of<std::int64_t>({static_cast<std::int64_t>(values.size())}, values);
}

class GraphBuilder {
public:
    ValueIndex input(const std::string& name, Shape shape)
    {
        const ValueIndex index = value(name);
        at(index).type = ElementType::Float32;
        at(index).shape = std::move(shape);
        m_model.graph.inputs.push_back(index);
        return index;
    }
    ValueIndex constant(Tensor tensor)
    {
        const ValueIndex index = value("c" + std::to_string(m_model.graph.values.size()));
        at(index).type = tensor.type();
        at(index).shape = tensor.shape();
        at(index).constant = std::move(tensor);
        return index;
    }
    ValueIndex node(const std::string& op, std::vector<ValueIndex> inputs, const std::string& domain = "")
    {
        const std::string name = op + "_n" + std::to_string(m_model.graph.nodes.size());
        const ValueIndex output = value(name + "_y");
        Node added;
        added.name = name;
        added.op_type = op;
        added.domain = domain;
        added.inputs = std::move(inputs);
        added.outputs = {output};
        added.came_from = {name};
        m_model.graph.nodes.push_back(std::move(added));
        return output;
    }
    /// Of the node added last.
    void attribute(const std::string& name, Attribute value) { m_model.graph.nodes.back().attributes[name] = std::move(value); }
    void opset(std::int64_t version) { m_model.opsets[""] = version; }
    Model finish(ValueIndex output)
    {
        m_model.graph.outputs = {output};
        linkValues(m_model.graph);
        return std::move(m_model);
    }

private:
    ValueIndex value(const std::string& name)
    {
        Value added;
        added.name = name;
        added.original_name = name;
        m_model.graph.values.push_back(std::move(added));
        return static_cast<ValueIndex>(m_model.graph.values.size() - 1);
    }
    Value& at(ValueIndex index) { return m_model.graph.values[static_cast<std::size_t>(index)]; }

    Model m_model;
};

} // namespace bitwright::test
