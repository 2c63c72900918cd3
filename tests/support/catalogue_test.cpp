// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <regex>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

struct Entry {
    std::string_view name;
    DiagnosticCode code;
    std::string_view text;
};

constexpr std::array kEntries{
#define BW_DIAG(code, severity, text) Entry{#code, DiagnosticCode::code, text},
#include "support/diagnostics.def"
#undef BW_DIAG
};

TEST(Catalogue, NamesEveryCodeAsItIsWritten)
{
    for (const Entry& entry : kEntries) EXPECT_EQ(codeName(entry.code), entry.name);
}

/// A text may end with an argument that is itself a sentence.
TEST(Catalogue, HoldsFullSentences)
{
    const std::regex impolite(R"(\b[Pp]lease\b|\bOops|!|std::|nullptr|\b(int64_t|size_t|vector<))");
    for (const Entry& entry : kEntries) {
        const std::string text(entry.text);
        EXPECT_TRUE(text.ends_with('.') || text.ends_with('}')) << entry.name << ": " << text;
        EXPECT_FALSE(std::regex_search(text, impolite)) << entry.name << ": " << text;
    }
}

/// Sentences with arguments missing or doubled show holes to the user; none may be skipped in the numbering.
TEST(Catalogue, NumbersArgumentsWithoutGaps)
{
    for (const Entry& entry : kEntries) {
        std::array<bool, 10> is_used{};
        for (std::size_t i = 0; i + 2 < entry.text.size(); ++i)
            if (entry.text[i] == '{' && entry.text[i + 1] >= '0' && entry.text[i + 1] <= '9')
                is_used[static_cast<std::size_t>(entry.text[i + 1] - '0')] = true;
        bool has_ended = false;
        for (const bool used : is_used) {
            EXPECT_FALSE(used && has_ended) << entry.name << ": " << entry.text;
            has_ended = has_ended || !used;
        }
    }
}

TEST(Catalogue, ShowsTheTextItselfWhereArgumentsAreMissing)
{
    for (const Entry& entry : kEntries) {
        if (entry.text.find("{0}") == std::string_view::npos) continue;
        EXPECT_EQ(Diagnostic{entry.code}.message(), entry.text);
    }
}

} // namespace
} // namespace bitwright
