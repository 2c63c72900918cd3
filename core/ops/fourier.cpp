// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/fourier.h"

#include <bit>
#include <cstdint>
#include <numbers>

#include <unsupported/Eigen/FFT>

namespace bitwright {
namespace {

/// Eigen's transform takes time proportional to N times the largest prime factor of N.
constexpr std::size_t kLargestFactor = 64;

bool hasSmallFactors(std::size_t length)
{
    for (std::size_t factor = 2; factor <= kLargestFactor; ++factor)
        while (length % factor == 0) length /= factor;
    return length == 1;
}

ComplexRow direct(const ComplexRow& row)
{
    Eigen::FFT<double> transform;
    ComplexRow out(row.size());
    transform.fwd(out.data(), row.data(), static_cast<Eigen::Index>(row.size()));
    return out;
}

/// Bluestein: 2kn = k^2 + n^2 - (k - n)^2 makes the transform a convolution, whose length is free.
ComplexRow byConvolution(const ComplexRow& row)
{
    const std::size_t length = row.size();
    const std::size_t padded = std::bit_ceil(2 * length - 1);
    ComplexRow chirp(length);
    for (std::size_t n = 0; n < length; ++n) {
        const std::size_t square = static_cast<std::uint64_t>(n) * n % (2 * length); // keeps the angle exact
        chirp[n] = std::polar(1.0, -std::numbers::pi * static_cast<double>(square) / static_cast<double>(length));
    }
    ComplexRow signal(padded);
    ComplexRow kernel(padded);
    for (std::size_t n = 0; n < length; ++n) {
        signal[n] = row[n] * chirp[n];
        kernel[n] = std::conj(chirp[n]);
        if (n > 0) kernel[padded - n] = kernel[n];
    }
    ComplexRow product = direct(signal);
    const ComplexRow response = direct(kernel);
    for (std::size_t i = 0; i < padded; ++i) product[i] = std::conj(product[i] * response[i]);
    const ComplexRow convolved = direct(product); // the conjugate of the inverse, times its length
    ComplexRow out(length);
    for (std::size_t k = 0; k < length; ++k) out[k] = chirp[k] * std::conj(convolved[k]) / static_cast<double>(padded);
    return out;
}

} // namespace

ComplexRow fourier(const ComplexRow& row, bool inverse)
{
    if (row.size() < 2) return row; // Eigen has no transform of one point
    ComplexRow turned = row;
    if (inverse)
        for (std::complex<double>& x : turned) x = std::conj(x);
    ComplexRow out = hasSmallFactors(row.size()) ? direct(turned) : byConvolution(turned);
    if (inverse)
        for (std::complex<double>& y : out) y = std::conj(y) / static_cast<double>(row.size());
    return out;
}

} // namespace bitwright
