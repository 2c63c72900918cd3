// SPDX-License-Identifier: GPL-3.0-or-later
// Edits: pure, all or nothing, reversible by hand.
#include <gtest/gtest.h>

#include "project/edit.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

FormatChoice fixed(int width, int integer)
{
    FixedFormat format;
    format.width_bits = width;
    format.integer_bits = integer;
    return NumberFormat{format};
}

DiagnosticCode codeOf(const Configuration& before, const Edit& edit)
{
    const auto result = applyEdit(before, edit);
    EXPECT_FALSE(result.ok());
    return result.ok() ? DiagnosticCode{} : result.error().code;
}

TEST(Edit, UnsettingTheLastDecisionGivesBackTheStart)
{
    const Configuration start;
    const auto set = applyEdit(start, SetFormat{"A", slots::kResult, fixed(8, 3)});
    ASSERT_TRUE(set.ok());
    EXPECT_FALSE(*set == start);
    const auto unset = applyEdit(*set, SetFormat{"A", slots::kResult, std::nullopt});
    ASSERT_TRUE(unset.ok());
    EXPECT_EQ(*unset, start);
}

TEST(Edit, LockedLayerRefusesEveryChangeButTheLock)
{
    const auto locked = applyEdit(Configuration{}, SetLayerLock{"A", true});
    ASSERT_TRUE(locked.ok());
    EXPECT_EQ(codeOf(*locked, SetFormat{"A", slots::kResult, fixed(8, 3)}), DiagnosticCode::LayerLocked);
    EXPECT_EQ(codeOf(*locked, SetTunable{"A", tunables::kReuseFactor, std::int64_t{2}}), DiagnosticCode::LayerLocked);
    EXPECT_EQ(codeOf(*locked, ResetLayer{"A"}), DiagnosticCode::LayerLocked);
    EXPECT_TRUE(applyEdit(*locked, SetLayerNote{"A", "keep"}).ok());
    const auto open = applyEdit(*locked, SetLayerLock{"A", false});
    ASSERT_TRUE(open.ok());
    EXPECT_EQ(*open, Configuration{});
}

TEST(Edit, BatchIsAllOrNothing)
{
    const auto locked = applyEdit(Configuration{}, SetLayerLock{"B", true});
    ASSERT_TRUE(locked.ok());
    EditBatch batch;
    batch.edits = {SetFormat{"A", slots::kResult, fixed(8, 3)}, SetFormat{"B", slots::kResult, fixed(8, 3)}};
    EXPECT_EQ(codeOf(*locked, batch), DiagnosticCode::LayerLocked);
    batch.edits.pop_back();
    const auto done = applyEdit(*locked, batch);
    ASSERT_TRUE(done.ok());
    EXPECT_TRUE(done->hasLayer("A"));
}

TEST(Edit, ImpossibleFormatsAndNumbersAreRefused)
{
    const Configuration c;
    EXPECT_EQ(codeOf(c, SetFormat{"A", slots::kResult, fixed(0, 0)}), DiagnosticCode::FormatRange);
    EXPECT_EQ(codeOf(c, SetFormat{"A", slots::kResult, fixed(1025, 0)}), DiagnosticCode::FormatRange);
    EXPECT_EQ(codeOf(c, SetFormat{"A", slots::kResult, fixed(8, 100000)}), DiagnosticCode::FormatRange);
    EXPECT_EQ(codeOf(c, SetTunable{"A", tunables::kReuseFactor, std::int64_t{0}}), DiagnosticCode::TunableRange);
    EXPECT_EQ(codeOf(c, SetTunable{"A", tunables::kReuseFactor, std::string("many")}), DiagnosticCode::TunableRange);
    EXPECT_EQ(codeOf(c, SetFormat{"A", "", fixed(8, 3)}), DiagnosticCode::SlotUnnamed);
}

TEST(Edit, DesignIsChecked)
{
    DesignSettings design;
    design.clock_ns = 0;
    EXPECT_EQ(codeOf(Configuration{}, SetDesign{design}), DiagnosticCode::DesignRange);
    design.clock_ns = 4;
    design.project_name = "1; rm";
    EXPECT_EQ(codeOf(Configuration{}, SetDesign{design}), DiagnosticCode::DesignRange);
    design.project_name = "trigger";
    const auto done = applyEdit(Configuration{}, SetDesign{design});
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done->design.clock_ns, 4);
}

TEST(Edit, ReplaceTakesOverTheWhole)
{
    Configuration other;
    other.design.io_type = IoType::Stream;
    const auto done = applyEdit(Configuration{}, ReplaceConfiguration{other});
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(*done, other);
}

} // namespace
} // namespace bitwright
