// SPDX-License-Identifier: GPL-3.0-or-later
/// Everything that reads bytes of strangers, each as a function of bytes that may refuse but not crash.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bitwright::test {

struct Reader {
    std::string_view name;                 ///< "model", "npy", "npz", "yaml", "project"
    void (*read)(const std::string& bytes);
};

std::span<const Reader> readers();
const Reader* findReader(std::string_view name);

} // namespace bitwright::test
