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
};

/// The window over @p input extents from the attributes strides, dilations, pads, auto_pad and, where allowed,
/// ceil_mode. @error shapeProblem, attributeProblem
Result<Window> windowOf(const Node& node, std::vector<std::int64_t> input, std::vector<std::int64_t> kernel,
                        bool has_ceil_mode);

/// For every output place: the input places that the kernel covers there, -1 where it lies on the padding.
/// [outputs][kernel places], both in C order.
std::vector<std::int64_t> coveredPlaces(const Window& window);

/// [N, spatial..., C] -> [N, C, spatial...], and back.
Shape channelsFirst(Shape shape);
Shape channelsLast(Shape shape);
Tensor toChannelsFirst(const Tensor& tensor);
Tensor toChannelsLast(const Tensor& tensor);

} // namespace bitwright
