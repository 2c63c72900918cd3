// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include <gtest/gtest.h>

#include "ops/op_registry.h"

namespace bitwright {
namespace {

bool isSentence(const std::string& text)
{
    return text.size() > 10 && text.front() >= 'A' && text.front() <= 'Z' && text.back() == '.';
}

TEST(Operators, AreListedOnce)
{
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const OpDescriptor* op : builtinOperators()) {
        EXPECT_TRUE(seen.emplace(op->domain, op->op_type).second) << op->op_type;
    }
    EXPECT_GT(seen.size(), 80u);
}

TEST(Operators, SayInASentenceWhatTheyLack)
{
    for (const OperatorCoverage& row : operatorCoverage()) {
        EXPECT_TRUE(row.shape_reason.empty() || isSentence(row.shape_reason)) << row.op_type;
        EXPECT_TRUE(row.reference_reason.empty() || isSentence(row.reference_reason)) << row.op_type;
    }
    for (const OpDescriptor* op : builtinOperators()) {
        EXPECT_TRUE(op->batch || isSentence(std::string(op->batch.reason()))) << op->op_type;
    }
}

TEST(Operators, AreFoundByDomainAndName)
{
    EXPECT_NE(findOperator("", "MatMul"), nullptr);
    EXPECT_NE(findOperator(kQonnxDomain, "Quant"), nullptr);
    EXPECT_EQ(findOperator("", "Quant"), nullptr);
}

} // namespace
} // namespace bitwright
