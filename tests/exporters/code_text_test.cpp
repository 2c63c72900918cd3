// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/code_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "numerics/integer_math.h"

namespace bitwright {
namespace {

using testing::HasSubstr;

CodeTensor codes(FixedFormat format, std::vector<std::int64_t> values)
{
    return {.shape = {static_cast<std::int64_t>(values.size())}, .format = format, .codes = std::move(values)};
}

TEST(CodeWord, ReadsBackWhatWasWritten)
{
    const FixedFormat narrow{.width_bits = 64, .integer_bits = 3};
    const CodeTensor tensor = codes(narrow, {0, -1, 17, INT64_MIN, INT64_MAX});
    for (std::size_t i = 0; i < tensor.size(); ++i) {
        std::string word;
        appendCodeWord(word, tensor, i);
        WideInt code;
        ASSERT_TRUE(parseCodeWord(word, narrow, code)) << word;
        EXPECT_EQ(code, tensor.at(i));
    }
}

TEST(CodeWord, ReadsBackCodesOfManyWords)
{
    for (const bool is_signed : {true, false}) {
        const FixedFormat wide{.width_bits = 130, .integer_bits = 20, .is_signed = is_signed};
        CodeTensor tensor{.shape = {4}, .format = wide};
        const WideInt top = powerOfTwo<WideInt>(is_signed ? 129 : 130) - 1;
        tensor.wide_codes = {0, 1, top, is_signed ? WideInt(-top - 1) : WideInt(top - 5)};
        for (std::size_t i = 0; i < tensor.size(); ++i) {
            std::string word;
            appendCodeWord(word, tensor, i);
            WideInt code;
            ASSERT_TRUE(parseCodeWord(word, wide, code)) << word;
            EXPECT_EQ(code, tensor.at(i)) << word;
        }
    }
}

TEST(CodeWord, RefusesWhatIsNotACode)
{
    WideInt code;
    const FixedFormat narrow{.width_bits = 8, .integer_bits = 3};
    const FixedFormat wide{.width_bits = 70, .integer_bits = 3};
    for (const char* word : {"", "-", "1.5", "12a", "0x12", "nan"})
        EXPECT_FALSE(parseCodeWord(word, narrow, code)) << word;
    for (const char* word : {"", "12", "0x12", "0xzzzzzzzzzzzzzzzzzz"})
        EXPECT_FALSE(parseCodeWord(word, wide, code)) << word;
}

TEST(ArrayHeader, TakesTheNarrowestType)
{
    const auto tensor = std::make_shared<CodeTensor>(codes({.width_bits = 3, .integer_bits = 1}, {-4, 3}));
    const std::string text = arrayHeader({"layer1_weight", tensor});
    EXPECT_THAT(text, HasSubstr("typedef signed char layer1_weight_code_t;"));
    EXPECT_THAT(text, HasSubstr("typedef ap_int<3> layer1_weight_code_t;"));
    EXPECT_THAT(text, HasSubstr("layer1_weight[2] = {\n    -4, 3,"));
}

TEST(ArrayHeader, SplitsLongCodesIntoWords)
{
    auto tensor = std::make_shared<CodeTensor>();
    tensor->shape = {1};
    tensor->format = FixedFormat{.width_bits = 66, .integer_bits = 3};
    tensor->wide_codes = {-1};
    EXPECT_THAT(arrayHeader({"w", tensor}), HasSubstr("{{0xffffffffffffffffULL, 0x3ULL}}"));
}

} // namespace
} // namespace bitwright
