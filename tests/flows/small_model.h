// SPDX-License-Identifier: GPL-3.0-or-later
/// Models made by hand, in the normal form that flows lower.
#pragma once

#include <string>
#include <vector>

#include "model/model.h"

namespace bitwright::test {

/// Builds a graph value by value; every value has a leading batch dimension of 1.
class SmallModel {
public:
    explicit SmallModel(Shape input_shape);

    ValueIndex input() const { return 0; }
    ValueIndex constant(const std::string& name, Shape shape, const std::vector<float>& values);
    ValueIndex integers(const std::string& name, const std::vector<std::int64_t>& values); ///< of rank 1
    /// Adds a node whose output has @p shape (with the batch dimension); its name is that of the node.
    ValueIndex node(const std::string& op_type, const std::string& name, std::vector<ValueIndex> inputs, Shape shape,
                    std::map<std::string, Attribute> attributes = {});
    /// A quantiser with its three constants.
    ValueIndex quant(const std::string& name, ValueIndex input, Shape shape, float scale, float bits, bool is_signed = true);
    Model finish(std::vector<ValueIndex> outputs);

private:
    ValueIndex value(const std::string& name, Shape shape);
    Model m_model;
};

/// x[n_in] -> MatMul_0 -> Add_0 -> Relu_0 -> MatMul_1 -> Add_1, weights small and irregular.
Model smallMlp(std::int64_t n_in, std::int64_t n_hidden, std::int64_t n_out);

} // namespace bitwright::test
