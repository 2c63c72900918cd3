// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "importers/importer.h"
#include "rewrite/normal_form.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// One model of the golden cases and the names that hls4ml's configuration gave its nodes.
struct NamedModel {
    std::string path;
    json nodes; ///< "config_nodes"
    json names; ///< "config_names"
};

std::vector<NamedModel> goldenModels()
{
    std::set<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(test::sharedData("hls4ml"))) folders.insert(entry.path());
    std::vector<NamedModel> models;
    std::set<std::string> seen;
    for (const fs::path& folder : folders) {
        const json info = json::parse(std::ifstream(folder / "case.json"));
        const auto path = test::sharedData(info["models_dir"].get<std::string>() + "/" + info["model"].get<std::string>());
        if (seen.insert(path).second) models.push_back({path, info["config_nodes"], info["config_names"]});
    }
    return models;
}

std::set<std::string> namesOfNormalForm(const Model& normal)
{
    std::set<std::string> names;
    for (const Node& node : normal.graph.nodes) names.insert(node.name);
    for (const Value& value : normal.graph.values)
        if (value.isConstant()) names.insert(value.name);
    for (const ValueIndex input : normal.graph.inputs) names.insert(normal.graph.value(input).name);
    return names;
}

TEST(NormalForm, NodesHaveTheNamesOfHls4mlsConfiguration)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    const std::vector<NamedModel> models = goldenModels();
    ASSERT_GT(models.size(), 50u);
    for (const NamedModel& golden : models) {
        SCOPED_TRACE(golden.path);
        const auto model = importModel(golden.path);
        ASSERT_TRUE(model) << model.error().rendered();
        const auto normal = normalForm(**model);
        for (const auto& [name, info] : golden.nodes.items()) {
            if (info["original_index"].is_null()) continue;
            const auto original = info["original_index"].get<std::size_t>();
            const NodeIndex index = normal->graph.findNode(name);
            if (info["op"] == "Identity" || info["op"] == "Dropout") continue; // hls4ml skips them as well
            ASSERT_NE(index, kNone) << name << "\n" << modelText(*normal);
            EXPECT_EQ(normal->graph.node(index).op_type, info["op"].get<std::string>()) << name;
            EXPECT_EQ(normal->graph.node(index).came_from.front(), (*model)->graph.nodes[original].name) << name;
        }
        const std::set<std::string> names = namesOfNormalForm(*normal);
        for (const auto& [name, original] : golden.names.items()) EXPECT_TRUE(names.contains(name)) << name;
        for (const Node& node : normal->graph.nodes)
            EXPECT_TRUE(golden.names.contains(node.name) || isInputLayout(normal->graph, node)) << modelText(*normal) << node.name;
    }
}

} // namespace
} // namespace bitwright
