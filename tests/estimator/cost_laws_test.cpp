// SPDX-License-Identifier: GPL-3.0-or-later
// Acceptance values of the estimation reference, section 8, and the laws' contracts.
#include <cmath>

#include <gtest/gtest.h>

#include "circuit/cost_laws/convolution_law.h"
#include "circuit/cost_laws/dense_law.h"
#include "circuit/cost_laws/memory_law.h"
#include "circuit/cost_laws/network_law.h"
#include "circuit/cost_laws/weight_statistics.h"
#include "circuit/cost_profile.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

CodeTensor matrix(std::int64_t n_in, std::int64_t n_out, std::vector<std::int64_t> codes, int width = 16)
{
    CodeTensor tensor;
    tensor.shape = {n_in, n_out};
    tensor.format = FixedFormat{width, 6};
    tensor.codes = std::move(codes);
    return tensor;
}

std::vector<std::int64_t> mixedCodes(std::int64_t count, int width)
{
    std::vector<std::int64_t> codes;
    std::uint64_t state = 12345;
    const std::int64_t half = std::int64_t{1} << (width - 1);
    for (std::int64_t index = 0; index < count; ++index) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        codes.push_back(static_cast<std::int64_t>((state >> 33U) % static_cast<std::uint64_t>(2 * half)) - half);
    }
    return codes;
}

CostProfile profileOf(const std::string& tool, const std::string& version, const std::string& stage = "csynth")
{
    const Result<CostProfile> profile = loadCostProfile({tool, version, stage, "Virtex UltraScale+"});
    EXPECT_TRUE(profile) << (profile ? "" : profile.error().message());
    return profile ? *profile : CostProfile{};
}

DenseFacts facts(std::int64_t n_in, std::int64_t n_out, int width, std::int64_t reuse, Strategy strategy)
{
    DenseFacts result;
    result.n_in = n_in;
    result.n_out = n_out;
    result.weight_bits = width;
    result.reuse_factor = reuse;
    result.strategy = strategy;
    result.weights = weightStatistics(matrix(n_in, n_out, mixedCodes(n_in * n_out, width), width), n_in, n_out);
    return result;
}

double dspOf(const std::vector<std::int64_t>& codes, std::int64_t n_in, std::int64_t n_out, double threshold)
{
    const WeightStatistics statistics = weightStatistics(matrix(n_in, n_out, codes), n_in, n_out);
    return splitProducts(statistics, 16, ProductRule{threshold, 12, false}).dsp_constants;
}

TEST(CsdDigits, CountsTheNonAdjacentForm)
{
    EXPECT_EQ(csdDigits(0), 0);
    EXPECT_EQ(csdDigits(1), 1);
    EXPECT_EQ(csdDigits(-16), 1);
    EXPECT_EQ(csdDigits(15), 2);
    EXPECT_EQ(csdDigits(23), 3);
    EXPECT_EQ(csdDigits(11), 3);
    for (std::int64_t c = -5000; c <= 5000; ++c) {
        int digits = 0;
        for (std::int64_t rest = std::abs(c); rest != 0; rest /= 2)
            if (rest % 2 != 0) {
                ++digits;
                rest -= rest % 4 == 3 ? -1 : 1;
            }
        ASSERT_EQ(csdDigits(c), digits) << c;
    }
    EXPECT_EQ(csdDigits(INT64_MIN), 1);
    EXPECT_EQ(csdDigits(INT64_MAX), 2);
}

TEST(DspLaw, CountsDistinctWideConstantsOfEachInput)
{
    EXPECT_EQ(dspOf({23}, 1, 1, 21), 1);
    EXPECT_EQ(dspOf({15}, 1, 1, 21), 0);
    EXPECT_EQ(dspOf({-16}, 1, 1, 21), 0);
    EXPECT_EQ(dspOf({11}, 1, 1, 21), 0);
    EXPECT_EQ(dspOf({11}, 1, 1, 20), 1);
    EXPECT_EQ(dspOf({23, 23}, 1, 2, 21), 1);  // the same constant twice on one input
    EXPECT_EQ(dspOf({23, 23}, 2, 1, 21), 2);  // on two inputs
    EXPECT_EQ(dspOf({23, -23}, 1, 2, 21), 2); // signs do not share
}

TEST(DspLaw, HasTheThresholdOfItsTool)
{
    EXPECT_EQ(profileOf("vivado_hls", "2020.1").constant("dsp_threshold_bits"), 21);
    EXPECT_EQ(profileOf("vitis_hls", "2022.2").constant("dsp_threshold_bits"), 20);
    EXPECT_EQ(profileOf("vitis_hls", "2021.1").constant("dsp_threshold_bits"), 21);
    EXPECT_EQ(profileOf("vitis_hls", "").constant("dsp_threshold_bits"), 20);
}

TEST(ResourceLaw, GivesTheAcceptanceValues)
{
    const CostProfile profile = profileOf("vivado_hls", "2020.1");
    const Cost cost = denseCost(facts(64, 64, 8, 64, Strategy::Resource), profile);
    EXPECT_EQ(cost.dsp.value, 64);
    EXPECT_EQ(cost.initiation_interval_cycles.value, 64);
    EXPECT_GE(cost.latency_cycles.value, 65);
    EXPECT_LE(cost.latency_cycles.value, 66);
    EXPECT_EQ(cost.bram.value, 15);
    EXPECT_TRUE(cost.is_time_shared);
    EXPECT_EQ(denseCost(facts(32, 32, 16, 1024, Strategy::Resource), profile).bram.value, 2);
    const Cost measured = denseCost(facts(32, 32, 14, 1024, Strategy::Resource), profile);
    EXPECT_EQ(measured.bram.value, 2);
    EXPECT_EQ(measured.dsp.value, 1);
    EXPECT_EQ(measured.initiation_interval_cycles.value, 1024);
}

TEST(LatencyLaw, StaysNearThePublishedRun)
{
    // X = W = A = 16, 984 non-zero weights, 158 additions of shifted inputs: 28,385 LUT were reported.
    DenseFacts dense;
    dense.n_in = 64;
    dense.n_out = 16;
    dense.weights.nonzero = 984;
    dense.weights.mean_width_bits = 10;
    dense.weights.distinct[2][16] = 158;
    const Cost cost = denseCost(dense, profileOf("vitis_hls", "2022.2"));
    // The fit lies 15.3 % below this design.
    EXPECT_NEAR(cost.lut.value, 28385, 0.16 * 28385);
    EXPECT_EQ(cost.dsp.value, 0);
}

TEST(LatencyLaw, CutsFasterPipelinesMoreOften)
{
    const CostProfile profile = profileOf("vitis_hls", "2022.2");
    DenseFacts dense = facts(64, 32, 10, 1, Strategy::Latency);
    double cycles = 0;
    double bits = 0;
    for (const double clock_ns : {20.0, 10.0, 5.0, 3.3, 2.5, 2.0}) {
        dense.clock.period_ns = clock_ns;
        const DenseCounts counts = countDense(dense, profile);
        EXPECT_GE(counts.pipeline_cycles, cycles) << clock_ns;
        EXPECT_GE(counts.cut_bits, bits) << clock_ns;
        EXPECT_EQ(counts.cut_bits > 0, counts.pipeline_cycles > 0) << clock_ns;
        cycles = counts.pipeline_cycles;
        bits = counts.cut_bits;
    }
    EXPECT_GT(cycles, 2);
}

TEST(LatencyLaw, TakesTurnsAtFewMultipliers)
{
    // 64 to 6, 298 non-zero weights, 89 of them with a multiplier: Vitis HLS 2021.1 reported 4 DSP, 25 cycles, interval 26.
    DenseFacts dense;
    dense.n_in = 64;
    dense.n_out = 6;
    dense.reuse_factor = 100;
    dense.is_multiplier_forced = true;
    dense.input_bits = dense.weight_bits = 8;
    dense.weights.nonzero = 298;
    dense.weights.mean_width_bits = 5;
    dense.weights.distinct[3][6] = 89;
    dense.weights.distinct[2][5] = 149;
    const Result<CostProfile> profile = loadCostProfile({"vitis_hls", "2021.1", "csynth", "Zynq-7000"});
    ASSERT_TRUE(profile);
    const Cost cost = denseCost(dense, *profile);
    EXPECT_EQ(cost.dsp.value, 4);
    EXPECT_NEAR(cost.latency_cycles.value, 25, 1);
    EXPECT_NEAR(cost.initiation_interval_cycles.value, 26, 1);
}

TEST(ResourceLaw, LeavesOneProductOfSixBitWeightsInLuts)
{
    const CostProfile profile = profileOf("vivado_hls", "2020.1");
    EXPECT_EQ(denseCost(facts(224, 128, 6, 448, Strategy::Resource), profile).dsp.value, 63); // reported: 63 of 64
    EXPECT_EQ(denseCost(facts(224, 128, 8, 448, Strategy::Resource), profile).dsp.value, 64);
    EXPECT_EQ(denseCost(facts(224, 128, 4, 448, Strategy::Resource), profile).dsp.value, 0);
}

TEST(StreamLaw, GivesTheAcceptanceValues)
{
    const CostProfile profile = profileOf("vivado_hls", "2019.2");
    ConvolutionFacts convolution;
    convolution.product = facts(27, 16, 8, 1, Strategy::Latency);
    convolution.product.is_stream = true;
    convolution.kernel_height = convolution.kernel_width = 3;
    convolution.channels = 3;
    convolution.row_width = 32;
    convolution.input_pixels = 32 * 32;
    convolution.output_pixels = 30 * 30;
    const Cost cost = convolutionCost(convolution, profile);
    EXPECT_GE(cost.latency_cycles.value, 1027);
    EXPECT_LE(cost.latency_cycles.value, 1028);
}

TEST(Composition, TakesTheSlowestStreamStageAndOneMore)
{
    const CostProfile profile = profileOf("vivado_hls", "2019.2");
    Cost stages[3];
    const double cycles[] = {1027, 229, 40};
    std::vector<NamedCost> named;
    for (int stage = 0; stage < 3; ++stage) {
        const Amount amount{cycles[stage], cycles[stage], cycles[stage]};
        stages[stage].latency_cycles = stages[stage].initiation_interval_cycles = amount;
        named.push_back({"stage", &stages[stage]});
    }
    NetworkFacts network;
    network.is_stream = true;
    EXPECT_EQ(composeCosts(named, {0, 1, 2}, network, profile).initiation_interval_cycles.value, 1028);
    network.is_stream = false;
    EXPECT_EQ(composeCosts(named, {0, 1, 2}, network, profile).initiation_interval_cycles.value, 1027);
}

// Four products, three rectifiers and a softmax take 9 of the modules' own cycles; the report said 14.
TEST(Composition, CountsHandOversBetweenFunctions)
{
    const CostProfile profile = profileOf("vitis_hls", "2024.1");
    const double cycles[] = {1, 0, 1, 0, 1, 0, 1, 4};
    Cost stages[8];
    std::vector<NamedCost> named;
    std::vector<std::size_t> path;
    for (std::size_t stage = 0; stage < 8; ++stage) {
        stages[stage].latency_cycles = {cycles[stage], cycles[stage], cycles[stage]};
        named.push_back({"stage", &stages[stage]});
        path.push_back(stage);
    }
    NetworkFacts network;
    network.functions = 8;
    network.matrix_products = 4;
    EXPECT_NEAR(composeCosts(named, path, network, profile).latency_cycles.value, 14, 1);
}

TEST(Composition, WaitsForTransfersOfAnAxiWrapper)
{
    const CostProfile profile = profileOf("vivado_hls", "2019.2");
    Cost stage;
    stage.latency_cycles = {52, 52, 52};
    stage.initiation_interval_cycles = {15, 15, 15};
    NetworkFacts network;
    network.functions = network.matrix_products = 1;
    network.has_axi_wrapper = true;
    network.port_bits = 336;
    const Cost cost = composeCosts({{"stage", &stage}}, {0}, network, profile);
    EXPECT_GT(cost.latency_cycles.value, 52);
    EXPECT_EQ(cost.initiation_interval_cycles.value, cost.latency_cycles.value + 1);
}

TEST(MemoryLaw, StacksColumnsOfBlocks)
{
    EXPECT_EQ(constantMemoryBlocks(512, 36, 8), 1);
    EXPECT_EQ(constantMemoryBlocks(513, 36, 8), 2);
    EXPECT_EQ(constantMemoryBlocks(64, 64 * 8, 8), 15);
    EXPECT_EQ(constantMemoryBlocks(1152, 448, 14), 38); // measured
    EXPECT_EQ(constantMemoryBlocks(1152, 256, 8), 22);  // measured
    EXPECT_EQ(constantMemoryBlocks(576, 128, 2), 8);    // two-bit weights leave nothing to LUTs
    EXPECT_EQ(constantMemoryBlocks(576, 128, 8), 7);
    EXPECT_EQ(constantMemoryBlocks(0, 8, 8), 0);
    EXPECT_EQ(memoryBlocks(1024, 18), 1);
    EXPECT_EQ(memoryBlocks(1025, 18), 2);
}

TEST(ResourceLaw, IsMonotoneInReuse)
{
    for (const char* tool : {"vivado_hls", "vitis_hls"}) {
        const CostProfile profile = profileOf(tool, "");
        for (const int width : {4, 6, 8, 16}) {
            Cost before = denseCost(facts(64, 64, width, 2, Strategy::Resource), profile);
            for (std::int64_t reuse = 4; reuse <= 4096; reuse *= 2) {
                const Cost after = denseCost(facts(64, 64, width, reuse, Strategy::Resource), profile);
                EXPECT_LE(after.dsp.value, before.dsp.value) << tool << width << " " << reuse;
                EXPECT_GE(after.latency_cycles.value, before.latency_cycles.value) << tool << width << " " << reuse;
                before = after;
            }
        }
    }
}

TEST(DenseLaw, NeverGrowsWithNarrowerAccumulatorsOrWeights)
{
    for (const char* tool : {"vivado_hls", "vitis_hls"}) {
        const CostProfile profile = profileOf(tool, "");
        for (const Strategy strategy : {Strategy::Latency, Strategy::Resource})
            for (const std::int64_t reuse : {1, 16}) {
                Cost wide;
                for (int bits = 32; bits >= 4; --bits) {
                    DenseFacts dense = facts(32, 32, 8, reuse, strategy);
                    dense.accumulator_bits = dense.output_bits = bits;
                    const Cost narrow = denseCost(dense, profile);
                    if (bits < 32) {
                        EXPECT_LE(narrow.lut.value, wide.lut.value) << tool << " accumulator " << bits;
                        EXPECT_LE(narrow.ff.value, wide.ff.value) << tool << " accumulator " << bits;
                    }
                    wide = narrow;
                }
            }
        double dsp = 1e9;
        for (int bits = 16; bits >= 2; --bits) {
            const double narrower = denseCost(facts(32, 32, bits, 16, Strategy::Resource), profile).dsp.value;
            EXPECT_LE(narrower, dsp) << tool << " weight " << bits;
            dsp = narrower;
        }
    }
}

TEST(Terms, AddUpToEveryValue)
{
    for (const char* tool : {"vivado_hls", "vitis_hls"}) {
        const CostProfile profile = profileOf(tool, "");
        for (const Strategy strategy : {Strategy::Latency, Strategy::Resource})
            for (const std::int64_t reuse : {1, 2, 16, 64}) {
                const Cost cost = denseCost(facts(32, 16, 12, reuse, strategy), profile);
                for (const CostTarget target : kCostTargets) {
                    double sum = 0;
                    for (const CostTerm& term : cost.terms) {
                        if (term.target != costTargetName(target)) continue;
                        sum += term.amount;
                        EXPECT_EQ(term.amount, std::round(term.amount));
                        EXPECT_FALSE(term.name.empty() || term.unit.empty() || term.source.empty());
                    }
                    const Amount& amount = cost.amount(target);
                    EXPECT_EQ(sum, amount.value) << tool << " " << costTargetName(target);
                    EXPECT_LE(amount.low, amount.value);
                    EXPECT_GE(amount.high, amount.value);
                }
            }
    }
}

TEST(Extrapolation, IsMarkedOutsideTheBox)
{
    const CostProfile profile = profileOf("vivado_hls", "2020.1");
    const Cost inside = denseCost(facts(64, 64, 8, 1024, Strategy::Resource), profile);
    EXPECT_FALSE(inside.is_extrapolated) << inside.extrapolation;
    const Cost outside = denseCost(facts(2048, 64, 8, 2048, Strategy::Resource), profile);
    EXPECT_TRUE(outside.is_extrapolated);
    EXPECT_NE(outside.extrapolation.find("n_in 2048"), std::string::npos) << outside.extrapolation;
}

TEST(CostProfile, SaysWhatIsWrong)
{
    for (const char* text : {"", "[1]", "{}", R"({"schema": "bitwright.cost/1"})",
                             R"({"schema": "bitwright.cost/1", "profiles": [{"match": 3}]})",
                             R"({"schema": "bitwright.cost/1", "profiles": [{"id": "a", "stage": "csynth",
                                 "match": {"tool": "vitis_hls"}, "laws": [{"kernel": "dense"}]}]})"}) {
        const auto profile = parseCostProfile(text, "mine.json", {});
        ASSERT_FALSE(profile) << text;
        EXPECT_EQ(profile.error().code, DiagnosticCode::CostModelInvalid) << text;
    }
    const auto none = parseCostProfile(R"({"schema": "bitwright.cost/1", "profiles": []})", "mine.json", {});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, DiagnosticCode::CostModelMissing);
    EXPECT_FALSE(loadCostProfile({"catapult", "", "csynth", ""}));
}

TEST(CompareVersions, ReadsNumbers)
{
    EXPECT_EQ(compareVersions("2019.2", "2019.2.1"), -1);
    EXPECT_EQ(compareVersions("2022.10", "2022.2"), 1);
    EXPECT_EQ(compareVersions("2022.2", "2022.2"), 0);
    EXPECT_EQ(compareVersions("", "x"), 0);
}

} // namespace
} // namespace bitwright
