// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/words.h"

#include <algorithm>
#include <iterator>

#include "flows/hls4ml/tunables.h"

namespace bitwright::hls4ml {

namespace {

constexpr Word kPrecisionVariables[] = {
    {"default", slots::kDefault}, {"result", slots::kResult}, {"accum", slots::kAccumulator},
    {"weight", slots::kWeight},   {"bias", slots::kBias},     {"scale", slots::kScale},
    {"param", slots::kParameter},
};

constexpr Word kTypeKeys[] = {
    {"accum_t", slots::kAccumulator},       {"table_t", slots::kTable},
    {"exp_table_t", slots::kExpTable},      {"inv_table_t", slots::kInverseTable},
    {"inv_inp_t", slots::kInverseInput},    {"inp_norm_t", slots::kNormalisedInput},
};

constexpr Word kTunableKeys[] = {
    {"ReuseFactor", tunables::kReuseFactor},
    {"Strategy", tunables::kStrategy},
    {"TargetCycles", hls4ml::kTargetCycles},
    {"ParallelizationFactor", hls4ml::kParallelizationFactor},
    {"TableSize", tunables::kTableSize},
    {"ExpTableSize", hls4ml::kExpTableSize},
    {"InvTableSize", hls4ml::kInverseTableSize},
    {"Implementation", tunables::kImplementation},
    {"Skip", tunables::kSkip},
    {"Trace", tunables::kTrace},
};

constexpr std::string_view kLayerClasses[] = {
    "Activation",       "ApplyAlpha",      "BatchNormalization",   "BatchNormalizationQuantizedTanh",
    "BipolarQuant",     "Clone",           "Concatenate",          "Constant",
    "Conv",             "Conv1D",          "Conv2D",               "Dense",
    "DepthwiseConv1D",  "DepthwiseConv2D", "Dot",                  "Embedding",
    "GlobalPooling1D",  "GlobalPooling2D", "GRU",                  "HardActivation",
    "Input",            "LSTM",            "LayerNormalization",   "MatMul",
    "Merge",            "PReLU",           "ParametrizedActivation", "PointwiseConv1D",
    "PointwiseConv2D",  "Pooling1D",       "Pooling2D",            "Quant",
    "Repack",           "Reshape",         "Resize",               "SeparableConv1D",
    "SeparableConv2D",  "Softmax",         "TernaryTanh",          "Transpose",
    "ZeroPadding1D",    "ZeroPadding2D",
};

constexpr Word kMisleadingClasses[] = {
    {"InputLayer", "Input"},          {"BatchNormOnnx", "BatchNormalization"},
    {"ELU", "ParametrizedActivation"}, {"LeakyReLU", "ParametrizedActivation"},
    {"ThresholdedReLU", "ParametrizedActivation"}, {"ReLU", "Activation"},
};

constexpr std::string_view kTopKeys[] = {
    "OutputDir", "Version", "InputData", "OutputPredictions", "OnnxModel", "KerasModel", "KerasJson", "KerasH5",
    "PytorchModel", "Stamp", "InputShapes", "OutputShapes", "MaximumSize", "WriterConfig", "ProjectDir", "TraceOutput",
    "Board", "Interface", "Driver", "Precision", "InputDType", "OutputDType",
};
constexpr std::string_view kSectionKeys[] = {"Flows", "Optimizers", "SkipOptimizers"};
constexpr std::string_view kModelKeys[] = {
    "BramFactor", "TraceOutput", "ConvImplementation", "Compression", "PipelineStyle", "PipelineInterval", "BitExact",
    "ChannelsLastConversion", "AllowDAFallback", "AllowV2Fallback",
};
constexpr std::string_view kLayerKeys[] = {
    "ConvImplementation", "Compression", "TimeStepLoopParallelism", "Static",
    "RecurrentReuseFactor", "TableRangePower2", "AlgorithmType", "index", "class_name",
};

template <std::size_t N>
bool holds(const std::string_view (&list)[N], std::string_view key)
{
    return std::find(std::begin(list), std::end(list), key) != std::end(list);
}

constexpr Word kStrategies[] = {
    {"Latency", "latency"},
    {"Resource", "resource"},
    {"ResourceUnrolled", "resource_unrolled"},
    {"distributed_arithmetic", "distributed_arithmetic"},
};

} // namespace

std::span<const Word> precisionVariables() { return kPrecisionVariables; }
std::span<const Word> typeKeys() { return kTypeKeys; }
std::span<const Word> tunableKeys() { return kTunableKeys; }
std::span<const std::string_view> layerClasses() { return kLayerClasses; }
std::span<const Word> misleadingClasses() { return kMisleadingClasses; }
bool isKnownTopKey(std::string_view key) { return holds(kTopKeys, key); }
bool isKnownSectionKey(std::string_view key) { return holds(kSectionKeys, key); }
bool isKnownModelKey(std::string_view key) { return holds(kModelKeys, key); }
bool isKnownLayerKey(std::string_view key) { return holds(kLayerKeys, key); }

std::string_view nameOf(std::span<const Word> words, std::string_view key)
{
    const auto found = std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.key == key; });
    return found == words.end() ? std::string_view{} : found->name;
}

std::string_view keyOf(std::span<const Word> words, std::string_view name)
{
    const auto found = std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.name == name; });
    return found == words.end() ? std::string_view{} : found->key;
}

std::string canonicalClass(std::string_view lower_case)
{
    for (const std::string_view name : kLayerClasses) {
        if (lowerCase(name) == lower_case)
            return std::string(name);
    }
    return std::string(lower_case);
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::string snakeCase(std::string_view text)
{
    std::string snake;
    for (const char c : text) {
        const bool is_upper = c >= 'A' && c <= 'Z';
        if (is_upper && !snake.empty() && snake.back() != '_')
            snake += '_';
        snake += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return snake;
}

std::string_view strategyFromKey(std::string_view text)
{
    // People write Resource, resource, RESOURCE, resource_unrolled: letters decide.
    const auto lettersOf = [](std::string_view spelt) {
        std::string letters = lowerCase(spelt);
        std::erase_if(letters, [](char c) { return c == '_' || c == '-' || c == ' '; });
        return letters;
    };
    const std::string letters = lettersOf(text);
    if (letters == "da")
        return "distributed_arithmetic";
    const auto found = std::find_if(std::begin(kStrategies), std::end(kStrategies),
                                    [&](const Word& word) { return lettersOf(word.name) == letters; });
    return found == std::end(kStrategies) ? std::string_view{} : found->name;
}

std::string_view strategyKey(std::string_view name)
{
    return keyOf(kStrategies, name);
}

} // namespace bitwright::hls4ml
