// SPDX-License-Identifier: GPL-3.0-or-later
/// The discrete Fourier transform of any length, in float64.
#pragma once

#include <complex>
#include <vector>

namespace bitwright {

using ComplexRow = std::vector<std::complex<double>>;

/// y[k] = sum of x[n] * exp(-2 pi i k n / N); the inverse turns the other way and divides by N.
/// @cost N log N for every N
ComplexRow fourier(const ComplexRow& row, bool inverse);

} // namespace bitwright
