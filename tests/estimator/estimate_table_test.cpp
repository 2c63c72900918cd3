// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimator/estimate_table.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "support/diagnostic_codes.h"
#include "support/file.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

constexpr const char* kRow =
    R"({"row_id": 1, "group": "a", "kind": "network", "tool": "vivado_hls", "tool_version": "2020.1", "part": "xcu250",
        "clock_ns": 5, "stage": "csynth", "io": "parallel", "strategy": "resource", "layers": [{"type": "dense",
        "n_in": 64, "n_out": 64, "W": 8, "X": 16, "A": 16, "rf": 64, "strat": "resource", "nz": 4096}]})";

std::string oneLine(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

TEST(EstimateTable, PredictsEveryTargetOfARow)
{
    const auto rows = estimateTableRows(oneLine(kRow));
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1U);
    const TableRowEstimate& row = rows->front();
    ASSERT_TRUE(row.is_estimated) << row.note;
    EXPECT_EQ(row.row_id, "1");
    EXPECT_EQ(row.cost.dsp.value, 64);
    EXPECT_EQ(row.cost.bram.value, 15);
    EXPECT_EQ(row.cost.initiation_interval_cycles.value, 64);
    EXPECT_GT(row.cost.lut.value, 1000);
    const std::string csv = tableCsv(*rows);
    EXPECT_TRUE(csv.starts_with("row_id,lut,lut_lo,lut_hi,ff,ff_lo,ff_hi,dsp,dsp_lo,dsp_hi,bram,bram_lo,bram_hi,"
                                "latency_cycles,latency_cycles_lo,latency_cycles_hi,ii,ii_lo,ii_hi,note\n"));
}

TEST(EstimateTable, RefusesWithAReason)
{
    const std::string rows_text =
        R"({"row_id": "x", "tool": "oneapi", "stage": "csynth", "layers": [{"type": "dense"}]})" "\n\n"
        R"({"row_id": "y", "tool": "vitis", "tool_version": "2023.1", "layers": [{"type": "?"}]})" "\n"
        R"({"row_id": "z", "tool": "vitis", "tool_version": "2023.1"})" "\n"
        R"({"row_id": "w", "tool": "vitis", "tool_version": "2023.1", "layers": [{"type": "dense", "n_in": -3}]})";
    const auto rows = estimateTableRows(rows_text);
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 4U);
    for (const TableRowEstimate& row : *rows) {
        EXPECT_FALSE(row.is_estimated) << row.row_id;
        EXPECT_FALSE(row.note.empty()) << row.row_id;
    }
    EXPECT_NE(tableCsv(*rows).find("x,,,,,,,,,,,,,,,,,,,\""), std::string::npos);
}

TEST(EstimateTable, NamesTheLineThatCannotBeRead)
{
    for (const char* text : {"{", "[]", "{}", "\n{\"row_id\": 1}\nnonsense"}) {
        const auto rows = estimateTableRows(text);
        ASSERT_FALSE(rows) << text;
        EXPECT_EQ(rows.error().code, DiagnosticCode::TableRowInvalid);
        EXPECT_NE(rows.error().message().find("line "), std::string::npos);
    }
}

TEST(EstimateTable, SurvivesHostileNumbers)
{
    const char* layers[] = {R"({"type": "dense", "n_in": 1e9, "n_out": 1e9, "W": 1e9, "X": -1, "rf": 1e9, "nz": 1e12})",
                            R"({"type": "dense", "n_in": 3, "n_out": 2, "W": 0.2, "nz": 1e300, "pow2": -4, "csd": 1e12})",
                            R"({"type": "softmax", "n": 1e9})", R"({"type": "relu", "n": "many"})",
                            R"({"type": "conv2d", "n_in": 1e9, "n_out": 1e9, "pin": 1e9, "k": [0, -1, 1000000000000]})",
                            R"({"type": "pool2d", "pin": 0, "C": 1e9})", R"({"type": 7})"};
    for (const char* layer : layers)
        for (const char* io : {"stream", "parallel"}) {
            const std::string text = std::string(R"({"row_id": 1, "tool": "vitis", "clock_ns": 0, "io": ")") + io +
                                     R"(", "layers": [)" + layer + "]}";
            EXPECT_TRUE(estimateTableRows(text)) << text;
        }
}

TEST(EstimateTable, KeepsItsAccuracyOnTheSweep)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    const auto text = readFile(test::sharedData("estimation/rows_shared.jsonl"));
    ASSERT_TRUE(text);
    const auto rows = estimateTableRows(*text);
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->size(), 960U);
    const auto estimated = std::count_if(rows->begin(), rows->end(), [](const auto& row) { return row.is_estimated; });
    EXPECT_GE(estimated, 850);
}

} // namespace
} // namespace bitwright
