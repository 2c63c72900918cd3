# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings, sanitizers and the floating-point contract, linked PRIVATE by every target.
add_library(bitwright_options INTERFACE)
target_compile_options(bitwright_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers
    # GCC 12 sees overlapping copies in `"literal" + std::string` (GCC bug 105651).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    # Reference results must not depend on the instruction set: no contraction, no fast-math.
    -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # False alarms of GCC 12 inside Boost.Multiprecision once its integers are inlined.
    target_compile_options(bitwright_options INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow
                           -Wno-stringop-overread -Wno-maybe-uninitialized)
endif()
if(BITWRIGHT_WERROR)
    target_compile_options(bitwright_options INTERFACE -Werror)
endif()
if(BITWRIGHT_SANITIZE)
    target_compile_options(bitwright_options INTERFACE
        -fsanitize=${BITWRIGHT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(bitwright_options INTERFACE -fsanitize=${BITWRIGHT_SANITIZE})
endif()

# Headers of libraries only, so that no edit of ours ever rebuilds everything. Files still include what they use.
set(BITWRIGHT_STANDARD_HEADERS
    <algorithm> <array> <cmath> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set> <span> <string>
    <string_view> <unordered_map> <utility> <variant> <vector> <fmt/format.h> <boost/multiprecision/cpp_int.hpp>)
