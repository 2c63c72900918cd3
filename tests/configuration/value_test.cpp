// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration as a value: sharing, comparison, resolution.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "configuration/configuration.h"

namespace bitwright {
namespace {

using ::testing::ElementsAre;

FormatChoice fixed(int width, int integer)
{
    FixedFormat format;
    format.width_bits = width;
    format.integer_bits = integer;
    return NumberFormat{format};
}

LayerSettings withFormat(const std::string& slot, FormatChoice choice)
{
    LayerSettings settings;
    settings.formats[slot] = std::move(choice);
    return settings;
}

TEST(Configuration, CopiesShareLayersThatDidNotChange)
{
    Configuration before;
    before.setLayer("A", withFormat(slots::kResult, fixed(8, 3)));
    before.setLayer("B", withFormat(slots::kResult, fixed(8, 3)));
    Configuration after = before;
    EXPECT_EQ(&before.layer("A"), &after.layer("A"));
    after.setLayer("A", withFormat(slots::kResult, fixed(9, 3)));
    EXPECT_EQ(&before.layer("B"), &after.layer("B"));
    EXPECT_THAT(before.changedLayers(after), ElementsAre("A"));
    after.setLayer("A", withFormat(slots::kResult, fixed(8, 3)));
    EXPECT_EQ(before, after);
    EXPECT_EQ(contentHash(before), contentHash(after));
}

TEST(Configuration, LayersOnOneSideCountAsChanged)
{
    Configuration left, right;
    left.setLayer("A", withFormat(slots::kResult, Auto{}));
    right.setLayer("B", withFormat(slots::kResult, Auto{}));
    EXPECT_THAT(left.changedLayers(right), ElementsAre("A", "B"));
    EXPECT_FALSE(left == right);
}

TEST(Resolve, AsksLayerThenTypeThenModel)
{
    Configuration c;
    const auto source = [&] { return resolveFormat(c, "MatMul_0", "Dense", slots::kWeight); };
    EXPECT_FALSE(source());
    c.model = withFormat(slots::kDefault, fixed(16, 6));
    EXPECT_EQ(source()->source, SettingSource::ModelDefault);
    c.model.formats[slots::kWeight] = fixed(15, 6);
    EXPECT_EQ(source()->source, SettingSource::Model);
    c.layer_types["dense"] = withFormat(slots::kDefault, fixed(14, 6));
    EXPECT_EQ(source()->source, SettingSource::LayerTypeDefault);
    c.layer_types["dense"].formats[slots::kWeight] = fixed(13, 6);
    EXPECT_EQ(source()->source, SettingSource::LayerType);
    c.setLayer("MatMul_0", withFormat(slots::kDefault, fixed(12, 6)));
    EXPECT_EQ(source()->source, SettingSource::LayerDefault);
    c.setLayer("MatMul_0", withFormat(slots::kWeight, Auto{}));
    EXPECT_EQ(source()->source, SettingSource::Layer);
    EXPECT_EQ(describe(source()->value), "auto");
}

TEST(Resolve, AutoStopsTheSearchWhereUnsetGoesOn)
{
    Configuration c;
    c.model = withFormat(slots::kDefault, fixed(16, 6));
    c.setLayer("L", withFormat(slots::kBias, fixed(4, 1)));
    EXPECT_EQ(describe(resolveFormat(c, "L", "T", slots::kResult)->value), "fixed<16,6>");
    c.setLayer("L", withFormat(slots::kResult, Auto{}));
    EXPECT_EQ(describe(resolveFormat(c, "L", "T", slots::kResult)->value), "auto");
}

TEST(Resolve, TunablesAskTheSameLevels)
{
    Configuration c;
    c.model.tunables[tunables::kReuseFactor] = std::int64_t{2};
    EXPECT_EQ(resolveTunable(c, "L", "Dense", tunables::kReuseFactor)->source, SettingSource::Model);
    c.layer_types["dense"].tunables[tunables::kReuseFactor] = std::int64_t{4};
    EXPECT_EQ(describe(resolveTunable(c, "L", "Dense", tunables::kReuseFactor)->value), "4");
    EXPECT_FALSE(resolveTunable(c, "L", "Dense", tunables::kStrategy));
}

} // namespace
} // namespace bitwright
