// SPDX-License-Identifier: GPL-3.0-or-later
/// Windows that slide over spatial dimensions: what convolution and pooling share (onnx: docs/Operators.md, Conv).
#pragma once

#include <cstdint>
#include <vector>

#include "ops/op_descriptor.h"

namespace bitwright {

/// One entry per spatial dimension. Input extent -1 is unknown, and so is the output extent then.
struct Window {
    std::vector<std::int64_t> input;
    std::vector<std::int64_t> output;
    std::vector<std::int64_t> kernel;
    std::vector<std::int64_t> stride;
    std::vector<std::int64_t> dilation;
    std::vector<std::int64_t> pad_begin;
    std::vector<std::int64_t> pad_end;
};

/// Tables of places above this size are refused.
constexpr std::int64_t kMaximumPlaces = std::int64_t{1} << 26;
/// What `coveredPlaces` says of places outside the input.
constexpr std::int64_t kOnPadding = -1;
constexpr std::int64_t kBeyondPadding = -2; ///< of a last window that rounding up let in

/// The window over @p input extents from the attributes strides, dilations, pads, auto_pad and, where allowed,
/// ceil_mode. @error shapeProblem, attributeProblem
Result<Window> windowOf(const Node& node, std::vector<std::int64_t> input, std::vector<std::int64_t> kernel,
                        bool has_ceil_mode);

/// A window that covers all of @p input at once.
Window globalWindow(const std::vector<std::int64_t>& input);

/// The attribute @p name with one number per dimension of @p count, each at least @p least.
/// @error attributeProblem
Result<std::vector<std::int64_t>> perDimension(const Node& node, std::string_view name, std::size_t count,
                                               std::int64_t fallback, std::int64_t least);

/// For every output place: the input places that the kernel covers there, negative where it lies outside.
/// [outputs][kernel places], both in C order. @pre outputs * kernel places <= kMaximumPlaces
std::vector<std::int64_t> coveredPlaces(const Window& window);
/// Whether the table of places of @p window has a permitted size.
bool isTabulable(const Window& window);

/// [N, spatial..., C] -> [N, C, spatial...], and back.
Shape channelsFirst(Shape shape);
Shape channelsLast(Shape shape);
Tensor toChannelsFirst(const Tensor& tensor);
Tensor toChannelsLast(const Tensor& tensor);

} // namespace bitwright
