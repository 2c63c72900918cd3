// SPDX-License-Identifier: GPL-3.0-or-later
// Elements below one byte, as files pack them (onnx.proto: TensorProto.raw_data).
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include "importers/onnx_import.h"
#include "ops/op_registry.h"

namespace bitwright::test {
namespace {

std::vector<double> imported(ElementType type, std::int64_t count, const std::string& raw)
{
    onnx::TensorProto proto;
    proto.set_data_type(static_cast<int>(type));
    proto.add_dims(count);
    proto.set_raw_data(raw);
    OnnxImport import("packed.onnx");
    const ImportedTensor result = importTensor(import, proto, "packed");
    return result.tensor ? asDoubles(*result.tensor) : std::vector<double>{};
}

TEST(PackedTensors, AreOneStreamOfBits)
{
    // Codes 1, 2, 4, 8 and 31: 6 bits each, low bits first.
    const std::string six{'\x81', '\x40', '\x20', '\x1F'};
    EXPECT_EQ(imported(ElementType::Float6E2M3, 5, six), (std::vector<double>{0.125, 0.25, 0.5, 1, 7.5}));
    EXPECT_EQ(imported(ElementType::Float6E3M2, 4, six.substr(0, 3)), (std::vector<double>{0.0625, 0.125, 0.25, 0.5}));
    EXPECT_EQ(imported(ElementType::Int4, 3, "\xF1\x08"), (std::vector<double>{1, -1, -8}));
    EXPECT_EQ(imported(ElementType::Uint2, 5, std::string{'\xE4', '\x02'}), (std::vector<double>{0, 1, 2, 3, 2}));
}

TEST(PackedTensors, ThatEndTooEarlyAreRefused)
{
    EXPECT_TRUE(imported(ElementType::Float6E2M3, 5, "abc").empty());
    EXPECT_TRUE(imported(ElementType::Int4, 5, "ab").empty());
}

TEST(PackedTensors, HoldOneCodePerTypedEntry)
{
    onnx::TensorProto proto;
    proto.set_data_type(static_cast<int>(ElementType::Float6E3M2));
    proto.add_dims(2);
    proto.add_int32_data(31);
    proto.add_int32_data(32 + 31);
    OnnxImport import("packed.onnx");
    const ImportedTensor result = importTensor(import, proto, "packed");
    ASSERT_TRUE(result.tensor);
    EXPECT_EQ(asDoubles(*result.tensor), (std::vector<double>{28, -28}));
}

TEST(SparseAttributes, BecomeDenseConstants)
{
    onnx::NodeProto proto;
    proto.set_op_type("Constant");
    proto.add_output("y");
    onnx::AttributeProto& attribute = *proto.add_attribute();
    attribute.set_name("sparse_value");
    attribute.set_type(onnx::AttributeProto::SPARSE_TENSOR);
    onnx::SparseTensorProto& sparse = *attribute.mutable_sparse_tensor();
    sparse.add_dims(5);
    sparse.mutable_values()->set_data_type(onnx::TensorProto::FLOAT);
    sparse.mutable_values()->add_dims(2);
    sparse.mutable_values()->add_float_data(1.5F);
    sparse.mutable_values()->add_float_data(-2.0F);
    sparse.mutable_indices()->set_data_type(onnx::TensorProto::INT64);
    sparse.mutable_indices()->add_dims(2);
    sparse.mutable_indices()->add_int64_data(1);
    sparse.mutable_indices()->add_int64_data(4);
    OnnxImport import("sparse.onnx");
    Graph graph;
    ValueScope scope(graph, nullptr);
    const Node node = importNode(import, proto, scope, 0);
    const auto result = findOperator("", "Constant")->run(RunContext{node, 13, {}});
    ASSERT_TRUE(result);
    EXPECT_EQ(asDoubles(result->front()), (std::vector<double>{0, 1.5, 0, 0, -2}));
}

} // namespace
} // namespace bitwright::test
