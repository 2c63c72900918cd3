// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_data.h"

#include <filesystem>

namespace bitwright::test {

std::string testData(const std::string& relative)
{
    return std::string(BITWRIGHT_TEST_DATA "/") + relative;
}

bool hasSharedData()
{
    return std::filesystem::is_directory(BITWRIGHT_SHARED_DATA "/hls4ml");
}

std::string sharedData(const std::string& relative)
{
    return std::string(BITWRIGHT_SHARED_DATA "/") + relative;
}

std::string temporaryFolder(const std::string& name)
{
    const std::filesystem::path folder = std::filesystem::current_path() / "scratch" / name;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder.string();
}

} // namespace bitwright::test
