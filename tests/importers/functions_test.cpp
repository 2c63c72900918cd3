// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include "importers/importer.h"
#include "ops/reference_run.h"
#include "support/diagnostic_codes.h"
#include "support/graph_builder.h"

namespace bitwright {
namespace {

using test::floats;

/// A model file in a folder of its own, gone afterwards.
class FunctionFile : public testing::Test {
protected:
    FunctionFile()
    {
        std::filesystem::create_directories(m_folder);
        m_model.set_ir_version(8);
        importOpsets(*m_model.mutable_opset_import());
        addValue(*m_model.mutable_graph()->add_input(), "x");
        addValue(*m_model.mutable_graph()->add_output(), "y");
    }
    ~FunctionFile() override { std::filesystem::remove_all(m_folder); }

    static void addValue(onnx::ValueInfoProto& value, const std::string& name)
    {
        value.set_name(name);
        auto& tensor = *value.mutable_type()->mutable_tensor_type();
        tensor.set_elem_type(onnx::TensorProto::FLOAT);
        tensor.mutable_shape()->add_dim()->set_dim_value(1);
        tensor.mutable_shape()->add_dim()->set_dim_value(2);
    }
    template <class List>
    static void importOpsets(List& list)
    {
        list.Add()->set_version(17);
        auto& local = *list.Add();
        local.set_domain("local");
        local.set_version(1);
    }
    template <class Holder>
    static onnx::NodeProto& addNode(Holder& holder, const std::string& op, std::initializer_list<const char*> inputs, const char* output, const char* domain = "")
    {
        onnx::NodeProto& node = *holder.add_node();
        node.set_op_type(op);
        node.set_domain(domain);
        for (const char* input : inputs) node.add_input(input);
        node.add_output(output);
        return node;
    }
    /// Function a -> b.
    onnx::FunctionProto& addFunction(const std::string& name)
    {
        onnx::FunctionProto& function = *m_model.add_functions();
        function.set_name(name);
        function.set_domain("local");
        importOpsets(*function.mutable_opset_import());
        function.add_input("a");
        function.add_output("b");
        return function;
    }
    /// LeakyRelu whose slope is the attribute `slope` of the function around it.
    static void addSlope(onnx::NodeProto& node, const char* name)
    {
        auto& attribute = *node.add_attribute();
        attribute.set_name(name);
        attribute.set_ref_attr_name("slope");
        attribute.set_type(onnx::AttributeProto::FLOAT);
    }
    static void setSlope(onnx::NodeProto& node, float slope)
    {
        auto& attribute = *node.add_attribute();
        attribute.set_name("slope");
        attribute.set_f(slope);
        attribute.set_type(onnx::AttributeProto::FLOAT);
    }
    Result<std::shared_ptr<const Model>> import() const
    {
        const std::string path = (m_folder / "model.onnx").string();
        std::ofstream file(path, std::ios::binary);
        m_model.SerializeToOstream(&file);
        file.close();
        return importModel(path);
    }
    std::vector<float> outputs(const std::vector<float>& x) const
    {
        const auto model = import();
        EXPECT_TRUE(model) << model.error().rendered();
        if (!model) return {};
        EXPECT_TRUE((*model)->findings.empty());
        const auto run = runReference(**model, {floats({1, 2}, x)});
        EXPECT_TRUE(run) << run.error().rendered();
        return run ? asFloats(run->outputs[0]) : std::vector<float>();
    }

    onnx::ModelProto m_model;
    const std::filesystem::path m_folder = std::filesystem::temp_directory_path() /
                                           fmt::format("bitwright-functions-{}", testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(FunctionFile, CallsBecomeTheNodesOfTheFunction)
{
    onnx::FunctionProto& function = addFunction("Double");
    addNode(function, "Add", {"a", "a"}, "b");
    addNode(*m_model.mutable_graph(), "Double", {"x"}, "t", "local").set_name("first");
    addNode(*m_model.mutable_graph(), "Double", {"t"}, "y", "local").set_name("second");
    EXPECT_EQ(outputs({1, -3}), (std::vector<float>{4, -12}));
    const auto model = import();
    ASSERT_EQ((*model)->graph.nodes.size(), 2u);
    EXPECT_EQ((*model)->graph.nodes[1].name, "second/Add_0");
    EXPECT_EQ((*model)->graph.nodes[1].came_from, std::vector<std::string>{"second"});
}

TEST_F(FunctionFile, AttributesGoThroughNestedCalls)
{
    onnx::FunctionProto& inner = addFunction("Leaky");
    addSlope(addNode(inner, "LeakyRelu", {"a"}, "b"), "alpha");
    inner.add_attribute("slope");
    onnx::FunctionProto& outer = addFunction("Twice");
    addSlope(addNode(outer, "Leaky", {"a"}, "t", "local"), "slope");
    addSlope(addNode(outer, "Leaky", {"t"}, "b", "local"), "slope");
    outer.add_attribute("slope");
    setSlope(addNode(*m_model.mutable_graph(), "Twice", {"x"}, "y", "local"), 0.5F);
    EXPECT_EQ(outputs({3, -4}), (std::vector<float>{3, -1}));
}

/// The branches read the function's parameter by its name, which the caller does not know.
TEST_F(FunctionFile, BranchesReadTheParameters)
{
    onnx::FunctionProto& function = addFunction("Choose");
    addNode(function, "ReduceMax", {"a"}, "most");
    auto& keep = *function.mutable_node(0)->add_attribute();
    keep.set_name("keepdims");
    keep.set_i(0);
    keep.set_type(onnx::AttributeProto::INT);
    addNode(function, "Cast", {"most"}, "is_there");
    auto& to = *function.mutable_node(1)->add_attribute();
    to.set_name("to");
    to.set_i(onnx::TensorProto::BOOL);
    to.set_type(onnx::AttributeProto::INT);
    onnx::NodeProto& branch = addNode(function, "If", {"is_there"}, "b");
    for (const char* name : {"then_branch", "else_branch"}) {
        auto& attribute = *branch.add_attribute();
        attribute.set_name(name);
        attribute.set_type(onnx::AttributeProto::GRAPH);
        onnx::GraphProto& graph = *attribute.mutable_g();
        onnx::NodeProto& node = addNode(graph, name == std::string("then_branch") ? "LeakyRelu" : "Abs", {"a"}, "r");
        if (name == std::string("then_branch")) addSlope(node, "alpha");
        addValue(*graph.add_output(), "r");
    }
    function.add_attribute("slope");
    addNode(*m_model.mutable_graph(), "Neg", {"x"}, "negative");
    setSlope(addNode(*m_model.mutable_graph(), "Choose", {"negative"}, "y", "local"), 0.25F);
    EXPECT_EQ(outputs({8, -2}), (std::vector<float>{-2, 2}));
}

TEST_F(FunctionFile, ResultsThatHandAParameterOnAreCopied)
{
    onnx::FunctionProto& function = addFunction("Nothing");
    function.set_output(0, "a");
    addNode(*m_model.mutable_graph(), "Nothing", {"x"}, "y", "local");
    EXPECT_EQ(outputs({3, -4}), (std::vector<float>{3, -4}));
}

TEST_F(FunctionFile, FunctionsThatCallThemselvesAreRefused)
{
    addNode(addFunction("Here"), "There", {"a"}, "b", "local");
    addNode(addFunction("There"), "Here", {"a"}, "b", "local");
    addNode(*m_model.mutable_graph(), "Here", {"x"}, "y", "local");
    const auto model = import();
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, DiagnosticCode::FunctionCyclic) << model.error().rendered();
}

TEST_F(FunctionFile, ExpansionsBeyondAllReasonAreRefused)
{
    addNode(addFunction("F0"), "Neg", {"a"}, "b");
    for (int level = 1; level < 40; ++level) {
        onnx::FunctionProto& function = addFunction(fmt::format("F{}", level));
        addNode(function, fmt::format("F{}", level - 1), {"a"}, "t", "local");
        addNode(function, fmt::format("F{}", level - 1), {"t"}, "b", "local");
    }
    addNode(*m_model.mutable_graph(), "F39", {"x"}, "y", "local");
    const auto model = import();
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, DiagnosticCode::FunctionExpansion) << model.error().rendered();
}

} // namespace
} // namespace bitwright
