// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's entry: one program per reader.
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/readers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    bitwright::test::findReader(BITWRIGHT_READER)->read({reinterpret_cast<const char*>(data), size});
    return 0;
}
