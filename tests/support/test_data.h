// SPDX-License-Identifier: GPL-3.0-or-later
/// Where test data live: some in the repository, more beside it.
#pragma once

#include <string>

namespace bitwright::test {

/// Path below `tests/data`.
std::string testData(const std::string& relative);
/// Whether the larger data set stands beside the repository.
bool hasSharedData();
/// Path below the larger data set. Tests that need it skip where it is missing:
///     if (!hasSharedData()) GTEST_SKIP() << "needs the larger test data";
std::string sharedData(const std::string& relative);
/// A fresh empty folder below the test's working directory, emptied on each call with the same name.
std::string temporaryFolder(const std::string& name);

} // namespace bitwright::test
