// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "fuzz/readers.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestSeedBytes = 64 << 10; // larger files are mostly weights

std::vector<std::string> seedsWith(const fs::path& folder, const std::string& ending)
{
    std::vector<fs::path> paths;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ending && entry.file_size() <= kLargestSeedBytes) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> seeds;
    for (const fs::path& path : paths) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return seeds;
}

/// Some bytes changed, doubled, dropped or set to what breaks arithmetic.
std::string mutated(std::string bytes, std::mt19937& random)
{
    const int changes = 1 + static_cast<int>(random() % 6);
    for (int i = 0; i < changes && !bytes.empty(); ++i) {
        const std::size_t at = random() % bytes.size();
        switch (random() % 6) {
        case 0: bytes[at] = static_cast<char>(random()); break;
        case 1: bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8))); break;
        case 2: bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 32)); break;
        case 3: bytes.erase(at, random() % 16); break;
        case 4: bytes.replace(at, std::min<std::size_t>(9, bytes.size() - at), "\xff\xff\xff\xff\xff\xff\xff\xff\x7f"); break;
        default: bytes.resize(at); break;
        }
    }
    return bytes;
}

/// @return the longest time that one answer took, in seconds
double readAll(const test::Reader& reader, const std::vector<std::string>& seeds, int count, unsigned seed)
{
    std::mt19937 random(seed); // fixed: a failure can be repeated
    double longest = 0;
    for (int i = 0; i < count; ++i) {
        const std::string bytes = mutated(seeds[random() % seeds.size()], random);
        const auto start = std::chrono::steady_clock::now();
        reader.read(bytes);
        longest = std::max(longest, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return longest;
}

/// How many mutations; more for a night than for every run.
int rounds(int usual)
{
    const char* factor = std::getenv("BITWRIGHT_FUZZ_FACTOR");
    return factor ? usual * std::max(1, std::atoi(factor)) : usual;
}

unsigned firstSeed()
{
    const char* seed = std::getenv("BITWRIGHT_FUZZ_SEED");
    return seed ? static_cast<unsigned>(std::atoi(seed)) : 1U;
}

void expectAnswers(std::string_view name, const std::vector<std::string>& seeds, int count)
{
    ASSERT_FALSE(seeds.empty()) << name;
    const double longest = readAll(*test::findReader(name), seeds, rounds(count), firstSeed());
    std::cout << name << ": " << rounds(count) << " mutations of " << seeds.size() << " files, longest " << longest << " s\n";
    EXPECT_LT(longest, 2.0) << name;
}

TEST(MutatedFiles, ModelsGetAnAnswerSoon)
{
    std::vector<std::string> seeds = seedsWith(BITWRIGHT_SAMPLES, ".onnx");
    if (test::hasSharedData())
        for (const char* folder : {"synth", "reports"})
            for (std::string& seed : seedsWith(test::sharedData(folder), ".onnx")) seeds.push_back(std::move(seed));
    expectAnswers("model", seeds, 6000);
}

TEST(MutatedFiles, ArraysGetAnAnswerSoon)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    expectAnswers("npy", seedsWith(test::sharedData("reports"), ".npy"), 1500);
    expectAnswers("npz", seedsWith(test::sharedData("reports"), ".npz"), 500);
}

TEST(MutatedFiles, ConfigurationsGetAnAnswerSoon)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    expectAnswers("yaml", seedsWith(test::sharedData("reports"), ".yml"), 1500);
}

TEST(MutatedFiles, ProjectsGetAnAnswerSoon)
{
    const std::string project = R"({"format": "bitwright project", "version": 1, "model": {"path": "m.onnx"},
        "configuration": {"flow": "hls4ml", "model": {"formats": {"default": "fixed<16,6>"}}, "layers": {}}})";
    expectAnswers("project", {project}, 1000);
}

} // namespace
} // namespace bitwright
