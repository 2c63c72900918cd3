// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/text_template.h"

#include <gtest/gtest.h>

using bitwright::fillTemplate;

TEST(TextTemplate, FillsEveryHole)
{
    EXPECT_EQ(fillTemplate("a @x@ b @y@@x@", {{"x", "1"}, {"y", "2"}}), "a 1 b 21");
}

TEST(TextTemplate, LeavesUnknownNamesAlone)
{
    EXPECT_EQ(fillTemplate("mail@host, @ and @other@", {{"x", "1"}}), "mail@host, @ and @other@");
}

TEST(TextTemplate, DoesNotSearchValues)
{
    EXPECT_EQ(fillTemplate("@x@", {{"x", "@y@"}, {"y", "2"}}), "@y@");
}

TEST(TextTemplate, FindsAHoleAfterALoneSign)
{
    EXPECT_EQ(fillTemplate("a@b @x@", {{"x", "1"}}), "a@b 1");
}
