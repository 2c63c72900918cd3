// SPDX-License-Identifier: GPL-3.0-or-later
/// Fixed-point conversion written a second time, slowly, on rationals and strings of bits, to check the program's.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include "numerics/code_tensor.h"

namespace bitwright::test {

using Rational = boost::multiprecision::cpp_rational;

/// 2^exponent, any sign of the exponent.
Rational powerOfTwo(int exponent);
/// The number that @p code of @p format stands for.
Rational valueOf(const WideInt& code, const FixedFormat& format);
/// The code that storing @p value gives by the tables of section 1.2; `ap_fixed` only.
WideInt referenceCode(const Rational& value, const FixedFormat& format);

} // namespace bitwright::test
