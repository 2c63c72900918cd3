// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

#include "circuit/operands.h"
#include "emulator/emulator.h"
#include "emulator/peer_layers.h"
#include "numerics/quantise.h"
#include "support/circuit_builders.h"
#include "support/peer_program.h"

namespace bitwright {
namespace {

constexpr std::int64_t kSamples = 40;

std::vector<test::PeerLayer> randomLayers(unsigned seed)
{
    test::PeerLayers draw(seed);
    std::vector<test::PeerLayer> layers;
    for (int i = 0; i < 12; ++i)
        for (auto make : {&test::PeerLayers::dense, &test::PeerLayers::scaleShift, &test::PeerLayers::activation,
                          &test::PeerLayers::tableFunction, &test::PeerLayers::softmax, &test::PeerLayers::merge})
            layers.push_back((draw.*make)());
    return layers;
}

/// The k-th datum of an input: the same formula here and in the program.
double datum(std::int64_t k) { return static_cast<double>((k * 7919 + 13) % 4001 - 2000) / 128.0; }

std::string programOf(const std::vector<test::PeerLayer>& layers)
{
    std::string text = "#include <cstdio>\n#include \"nnet_utils/nnet_dense.h\"\n#include \"nnet_utils/nnet_dense_latency.h\"\n"
                       "#include \"nnet_utils/nnet_dense_resource.h\"\n#include \"nnet_utils/nnet_activation.h\"\n"
                       "#include \"nnet_utils/nnet_batchnorm.h\"\n#include \"nnet_utils/nnet_merge.h\"\n"
                       "struct activ4 : nnet::activ_config { static const unsigned n_in = 4; };\n"
                       "struct merge4 : nnet::merge_config { static const unsigned n_elem1 = 4, n_elem2 = 4, n_elem = 4; };\n"
                       "template <class T> long long code(T t) { ap_int<T::width> b; b.range(T::width - 1, 0) = t.range(T::width - 1, 0); return b.to_int64(); }\n"
                       "static double datum(long k) { return double((k * 7919 + 13) % 4001 - 2000) / 128.0; }\n";
    std::string body;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const test::PeerLayer& layer = layers[i];
        const NumberFormat result = layer.circuit->value(layer.circuit->outputs[0].value).format;
        text += layer.declarations + fmt::format("void layer{}() {{\n  typedef {} Y;\n", i, test::apType(result));
        for (std::size_t k = 0; k < layer.input_formats.size(); ++k)
            text += fmt::format("  typedef {} X{};\n", test::apType(test::format(layer.input_formats[k])), k);
        text += fmt::format("  for (long s = 0; s < {}; ++s) {{\n", kSamples);
        for (std::size_t k = 0; k < layer.input_formats.size(); ++k)
            text += fmt::format("  X{0} x{0}[{1}]; for (long e = 0; e < {1}; ++e) x{0}[e] = X{0}(datum((s * {1} + e) * {2} + {0}));\n", k,
                                layer.n_in, layer.input_formats.size());
        text += fmt::format("  Y y[{0}];\n{1}  for (int e = 0; e < {0}; ++e) printf(\"%lld \", code(y[e]));\n  }}\n  printf(\"\\n\");\n}}\n",
                            layer.n_out, layer.call);
        body += fmt::format("  layer{}();\n", i);
    }
    return text + "int main() {\n" + body + "}\n";
}

std::vector<double> emulated(const test::PeerLayer& layer)
{
    std::vector<Tensor> inputs;
    const auto count = static_cast<std::int64_t>(layer.input_formats.size());
    for (std::int64_t k = 0; k < count; ++k) {
        std::vector<double> x;
        for (std::int64_t i = 0; i < kSamples * layer.n_in; ++i) x.push_back(datum(i * count + k));
        inputs.push_back(Tensor::of<double>({kSamples, layer.n_in}, x));
    }
    const auto program = compileCircuit(layer.circuit);
    const auto run = emulate(**program, inputs, {.threads = 1});
    const auto y = run->outputs[0].as<double>();
    return {y.begin(), y.end()};
}

std::string described(const test::PeerLayer& layer)
{
    const Primitive& primitive = layer.circuit->primitives[0];
    std::string text = layer.title;
    for (const std::string& format : layer.input_formats) text += " " + format;
    for (const auto& [slot, tensor] : primitive.constants) text += " " + slot + " " + shortName(tensor->format);
    for (const auto& [slot, format] : primitive.formats) text += " " + slot + " " + shortName(format);
    return text + " -> " + shortName(layer.circuit->value(layer.circuit->outputs[0].value).format);
}

TEST(PeerLayers, EqualTheOriginalFunctions)
{
    const auto templates = test::hls4mlTemplates();
    if (!templates) GTEST_SKIP() << "needs hls4ml: set BITWRIGHT_PEER_PYTHON";
    const std::vector<test::PeerLayer> layers = randomLayers(23);
    const auto output = test::outputOfPeerProgram(*templates, "peer_layers", programOf(layers));
    ASSERT_TRUE(output);
    std::istringstream lines(*output);
    std::size_t identical = 0;
    for (const test::PeerLayer& layer : layers) {
        std::string line;
        ASSERT_TRUE(std::getline(lines, line));
        std::istringstream numbers(line);
        std::vector<double> expected;
        const FixedFormat result = storageFormat(layer.circuit->value(layer.circuit->outputs[0].value).format);
        for (std::int64_t bits = 0; numbers >> bits;)
            expected.push_back(codeToDouble(wrapped(WideInt(bits), result.width_bits, result.is_signed), result));
        EXPECT_EQ(emulated(layer), expected) << described(layer);
        identical += emulated(layer) == expected ? 1 : 0;
    }
    std::printf("%zu of %zu random layers equal the original functions\n", identical, layers.size());
}

} // namespace
} // namespace bitwright
