// SPDX-License-Identifier: GPL-3.0-or-later
/// The header of a `.npy` file: a Python dictionary literal, read without Python's generality.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/tensor.h"

namespace bitwright {

struct NpyHeader {
    std::string descr; ///< NumPy's type text, "<f4"; structured types as their whole literal
    bool is_fortran_order = false;
    Shape shape;
};

/// What a type text means.
struct NpyElement {
    ElementType type = ElementType::Undefined;
    bool is_big_endian = false;
};

/// Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
/// @return the header, or nothing with @p problem set to the end of a sentence
std::optional<NpyHeader> parseNpyHeader(std::string_view text, std::string& problem);

/// Nothing where the type is no number that a tensor can hold.
std::optional<NpyElement> npyElement(std::string_view descr);
/// NumPy's little-endian type text; empty where NumPy has no such type.
std::string_view npyDescr(ElementType type);

/// The whole head of a version 1 file, magic to line end, padded to 64 bytes.
std::string formatNpyHead(std::string_view descr, const Shape& shape);

} // namespace bitwright
