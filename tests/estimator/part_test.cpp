// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimator/part.h"

#include <gtest/gtest.h>

#include "support/diagnostic_codes.h"
#include "support/resources.h"

namespace bitwright {
namespace {

TEST(Parts, AreReadFromTheResources)
{
    EXPECT_EQ(builtinParts().size(), 60U);
    for (const Part& part : builtinParts()) {
        EXPECT_FALSE(part.name.empty());
        EXPECT_GT(part.lut, 0) << part.name;
        EXPECT_GE(part.slr_count, 1) << part.name;
        EXPECT_TRUE(part.lut_kind == "lut6" || part.lut_kind == "alut" || part.lut_kind == "lut4") << part.name;
    }
}

TEST(FindPart, TakesTheExactName)
{
    const Result<Part> part = findPart("xcvu13p-flga2577-2-e");
    ASSERT_TRUE(part);
    EXPECT_EQ(part->lut, 1728000);
    EXPECT_EQ(part->dsp, 12288);
    EXPECT_EQ(part->bram, 5376);
    EXPECT_EQ(part->family, "Virtex UltraScale+");
    EXPECT_EQ(part->vendor, "AMD");
}

TEST(FindPart, IgnoresCaseAndHyphens)
{
    const Result<Part> part = findPart("XC7Z020CLG400-1");
    ASSERT_TRUE(part);
    EXPECT_EQ(part->device, "Z-7020");
}

TEST(FindPart, TakesAUniquePrefix)
{
    const Result<Part> part = findPart("xcu250");
    ASSERT_TRUE(part);
    EXPECT_EQ(part->device, "U250");
}

TEST(FindPart, TakesAnOrderCodeOfAKnownDevice)
{
    const Result<Part> part = findPart("xcku115-flvb2104-2-i");
    ASSERT_TRUE(part);
    EXPECT_EQ(part->device, "KU115");
    EXPECT_EQ(part->name, "xcku115-flvb2104-2-i");
    EXPECT_FALSE(findPart("xcku1150-flvb2104"));
}

TEST(FindPart, AsksForMoreWhereSeveralFit)
{
    const Result<Part> part = findPart("xcvu");
    ASSERT_FALSE(part);
    EXPECT_EQ(part.error().code, DiagnosticCode::PartAmbiguous);
    EXPECT_NE(part.error().message().find("'xcvu13p-flga2577-2-e'"), std::string::npos) << part.error().message();
}

TEST(FindPart, NamesTheNearestWhereNoneFits)
{
    const Result<Part> part = findPart("xczu9ge-ffvb1156-2-e");
    ASSERT_FALSE(part);
    EXPECT_EQ(part.error().code, DiagnosticCode::PartUnknown);
    EXPECT_NE(part.error().message().find("'xczu9eg-ffvb1156-2-e'"), std::string::npos) << part.error().message();
    EXPECT_FALSE(findPart(""));
    EXPECT_FALSE(findPart(std::string(100'000, 'x')));
}

TEST(ParseParts, SaysWhatIsWrong)
{
    for (const char* text : {"", "[]", "{}", R"({"schema": "bitwright.parts/1"})", R"({"schema": 3, "parts": []})",
                             R"({"schema": "bitwright.parts/1", "vendor": "x", "parts": [{"name": 1}]})"}) {
        const auto parts = parseParts(text, "mine.json");
        ASSERT_FALSE(parts) << text;
        EXPECT_EQ(parts.error().code, DiagnosticCode::PartsInvalid) << text;
    }
}

TEST(Resources, StayInsideTheirFolder)
{
    EXPECT_FALSE(resourcePath("../CMakeLists.txt"));
    EXPECT_FALSE(resourcePath("/etc/passwd"));
    EXPECT_FALSE(resourceText("cost_models/none.json"));
    EXPECT_TRUE(resourceText("parts/amd.json"));
}

} // namespace
} // namespace bitwright
