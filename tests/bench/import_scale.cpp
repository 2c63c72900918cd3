// SPDX-License-Identifier: GPL-3.0-or-later
// From a file to its first picture, for generated networks of 1,000 to 50,000 nodes: CPU seconds per step and memory.
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "evaluation/graph_summary.h"
#include "flows/flow.h"
#include "importers/importer.h"
#include "importers/onnx_writer.h"
#include "layout/grouping.h"
#include "rewrite/normal_form.h"
#include "support/graph_builder.h"

namespace bitwright {
namespace {

/// Blocks of a dense layer, its shape plumbing, a branch and a merge, with scoped names.
Model network(int nodes)
{
    test::GraphBuilder builder;
    builder.opset(13);
    ValueIndex x = builder.input("x", {1, 16});
    const ValueIndex first = builder.constant(Tensor::of<std::int64_t>({}, std::vector<std::int64_t>{0}));
    const ValueIndex axes = builder.constant(test::integers({0}));
    const ValueIndex rest = builder.constant(test::integers({16}));
    for (int block = 0; block * 10 < nodes; ++block) {
        const ValueIndex weight = builder.constant(test::floats({16, 16}, std::vector<float>(256, 0.01F * static_cast<float>(block % 7 + 1))));
        const ValueIndex bias = builder.constant(test::floats({16}, std::vector<float>(16, 0.5F)));
        const ValueIndex y = builder.node("Gemm", {x, weight, bias});
        builder.attribute("transB", std::int64_t{1});
        const ValueIndex a = builder.node("Relu", {y});
        const ValueIndex shape = builder.node("Shape", {a});
        const ValueIndex batch = builder.node("Gather", {shape, first});
        const ValueIndex batches = builder.node("Unsqueeze", {batch, axes});
        const ValueIndex target = builder.node("Concat", {batches, rest});
        builder.attribute("axis", std::int64_t{0});
        const ValueIndex b = builder.node("Reshape", {a, target});
        const ValueIndex c = builder.node("Tanh", {b});
        const ValueIndex d = builder.node("Mul", {c, bias});
        x = builder.node("Add", {d, x});
    }
    Model model = builder.finish(x);
    int number = 0;
    for (Node& node : model.graph.nodes) {
        node.name = fmt::format("/encoder/layer.{}/{}", number / 10, node.name);
        ++number;
    }
    return model;
}

double cpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void measure(const std::string& path)
{
    double last = cpuSeconds();
    const auto lap = [&] {
        const double now = cpuSeconds();
        return now - std::exchange(last, now);
    };
    const auto model = importModel(path);
    const double imported = lap();
    const auto normal = normalForm(**model);
    const double normalised = lap();
    const FlowDescriptor& flow = *builtinFlows().front();
    const Configuration configuration = flow.initial(*normal);
    const std::vector<Layer> layers = flow.layers(*normal, configuration);
    const double listed = lap();
    GraphSummarySources sources;
    sources.model = normal.get();
    sources.layers = &layers;
    sources.configuration = &configuration;
    const GraphSummary summary = summariseGraph(sources);
    const GraphSummary overview = overviewOf(summary);
    const double grouped = lap();
    const Drawing drawing = drawGraph(overview);
    const double drawn = lap();
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto file = std::filesystem::file_size(path);
    fmt::print("{:>6} nodes {:>5.1f} MB | import {:.3f} normal form {:.3f} layers {:.3f} groups {:.3f} drawing {:.3f} | sum {:.3f} s | "
               "{} of {} boxes | {} MB (4 x file + 64: {} MB)\n",
               (*model)->graph.nodes.size(), static_cast<double>(file) / 1e6, imported, normalised, listed, grouped, drawn,
               imported + normalised + listed + grouped + drawn, overview.nodes.size(), summary.nodes.size(), usage.ru_maxrss / 1024,
               4 * file / (1 << 20) + 64);
    std::fflush(stdout);
}

} // namespace
} // namespace bitwright

int main()
{
    using namespace bitwright;
    const std::string path = (std::filesystem::temp_directory_path() / fmt::format("import_scale_{}.onnx", ::getpid())).string();
    for (const int nodes : {1'000, 10'000, 50'000}) {
        // Each size and step in a process of its own, because the peak of memory never falls.
        const auto apart = [](auto work) {
            const pid_t child = ::fork();
            if (child == 0) {
                work();
                ::_exit(0);
            }
            ::waitpid(child, nullptr, 0);
        };
        apart([&] { (void)writeOnnx(network(nodes), path); });
        apart([&] { measure(path); });
    }
    std::filesystem::remove(path);
    return 0;
}
