// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/lru_cache.h"

#include <string>

#include <gtest/gtest.h>

namespace bitwright {
namespace {

TEST(LruCache, ForgetsWhatWasUsedLongestAgo)
{
    LruCache<int, std::string> cache(3);
    for (int key = 1; key <= 3; ++key)
        cache.insert(key, std::to_string(key));
    EXPECT_EQ(cache.find(1), "1");
    cache.insert(4, "4");
    EXPECT_FALSE(cache.find(2).has_value());
    EXPECT_EQ(cache.find(1), "1");
    EXPECT_EQ(cache.size(), 3U);
}

TEST(LruCache, KeepsWithinItsWeight)
{
    LruCache<int, int> cache(10);
    cache.insert(1, 1, 6);
    cache.insert(2, 2, 4);
    cache.insert(2, 3, 5);
    EXPECT_FALSE(cache.find(1).has_value());
    EXPECT_EQ(cache.find(2), 3);
    cache.insert(3, 3, 11);
    EXPECT_FALSE(cache.find(3).has_value());
    EXPECT_EQ(cache.weight(), 5U);
}

} // namespace
} // namespace bitwright
