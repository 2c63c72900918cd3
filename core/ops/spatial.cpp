// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/spatial.h"

#include <algorithm>

#include <fmt/format.h>

#include "ops/gather_copy.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

constexpr std::int64_t kMaximumExtent = std::int64_t{1} << 31; // keeps the arithmetic below from overflowing

/// SAME padding: the output has ceil(input / stride) places; the odd pixel goes to the end or the beginning.
void padSame(Window& window, std::size_t axis, bool upper)
{
    const std::int64_t places = (window.input[axis] + window.stride[axis] - 1) / window.stride[axis];
    const std::int64_t covered = (places - 1) * window.stride[axis] + (window.kernel[axis] - 1) * window.dilation[axis] + 1;
    const std::int64_t total = std::max<std::int64_t>(covered - window.input[axis], 0);
    window.pad_begin[axis] = upper ? total / 2 : total - total / 2;
    window.pad_end[axis] = total - window.pad_begin[axis];
    window.output[axis] = places;
}

Result<void> place(const Node& node, Window& window, std::size_t axis, bool rounds_up)
{
    const std::int64_t extent = (window.kernel[axis] - 1) * window.dilation[axis] + 1;
    const std::int64_t room = window.input[axis] + window.pad_begin[axis] + window.pad_end[axis] - extent;
    if (room < 0)
        return shapeProblem(node, fmt::format("a kernel that covers {} elements does not fit {} with padding", extent, window.input[axis]));
    std::int64_t places = room / window.stride[axis] + 1;
    if (rounds_up && room % window.stride[axis] != 0) {
        ++places;
        // A window that would start in the padding at the end is left out.
        if ((places - 1) * window.stride[axis] >= window.input[axis] + window.pad_begin[axis]) --places;
    }
    window.output[axis] = places;
    return {};
}

} // namespace

Result<std::vector<std::int64_t>> perDimension(const Node& node, std::string_view name, std::size_t count,
                                               std::int64_t fallback, std::int64_t least)
{
    std::vector<std::int64_t> values = attributeInts(node, name);
    if (values.empty()) values.assign(count, fallback);
    const bool fits = values.size() == count && std::all_of(values.begin(), values.end(), [&](std::int64_t v) {
        return v >= least && v < kMaximumExtent;
    });
    if (!fits) return attributeProblem(node, name, fmt::format("it needs {} numbers of at least {}", count, least));
    return values;
}

Result<Window> windowOf(const Node& node, std::vector<std::int64_t> input, std::vector<std::int64_t> kernel,
                        bool has_ceil_mode)
{
    const std::size_t rank = input.size();
    if (kernel.size() != rank || std::any_of(kernel.begin(), kernel.end(), [](std::int64_t k) { return k < 1 || k >= kMaximumExtent; }))
        return shapeProblem(node, fmt::format("a kernel of shape {} does not fit {} spatial dimensions", shapeText(kernel), rank));
    if (std::any_of(input.begin(), input.end(), [](std::int64_t extent) { return extent >= kMaximumExtent; }))
        return shapeProblem(node, fmt::format("its input {} is too large", shapeText(input)));
    Result<std::vector<std::int64_t>> strides = perDimension(node, "strides", rank, 1, 1);
    if (!strides) return strides.error();
    Result<std::vector<std::int64_t>> dilations = perDimension(node, "dilations", rank, 1, 1);
    if (!dilations) return dilations.error();
    Result<std::vector<std::int64_t>> pads = perDimension(node, "pads", 2 * rank, 0, 0);
    if (!pads) return pads.error();
    const std::string mode = attributeString(node, "auto_pad", "NOTSET");
    const bool rounds_up = has_ceil_mode && attributeInt(node, "ceil_mode", 0) != 0;
    Window window{std::move(input), std::vector<std::int64_t>(rank, -1), std::move(kernel), *std::move(strides),
                  *std::move(dilations), std::vector<std::int64_t>(rank, 0), std::vector<std::int64_t>(rank, 0)};
    for (std::size_t axis = 0; axis < rank; ++axis) {
        if (mode == "NOTSET" || mode.empty()) {
            window.pad_begin[axis] = (*pads)[axis];
            window.pad_end[axis] = (*pads)[rank + axis];
        }
        if (window.input[axis] < 0) continue;
        if (mode == "SAME_UPPER" || mode == "SAME_LOWER") {
            padSame(window, axis, mode == "SAME_UPPER");
        } else if (Result<void> done = place(node, window, axis, rounds_up); !done) {
            return done.error();
        }
    }
    return window;
}

Window globalWindow(const std::vector<std::int64_t>& input)
{
    const std::vector<std::int64_t> ones(input.size(), 1);
    const std::vector<std::int64_t> zeros(input.size(), 0);
    return {input, ones, input, ones, ones, zeros, zeros};
}

bool isTabulable(const Window& window)
{
    const std::optional<std::int64_t> outputs = elementCount(window.output);
    const std::optional<std::int64_t> taps = elementCount(window.kernel);
    return outputs && taps && *outputs <= kMaximumPlaces / std::max<std::int64_t>(*taps, 1);
}

std::vector<std::int64_t> coveredPlaces(const Window& window)
{
    const std::size_t rank = window.input.size();
    const std::int64_t outputs = elementCount(window.output).value_or(0);
    const std::int64_t taps = elementCount(window.kernel).value_or(0);
    const std::vector<std::int64_t> out_steps = rowSteps(window.output);
    const std::vector<std::int64_t> tap_steps = rowSteps(window.kernel);
    const std::vector<std::int64_t> in_steps = rowSteps(window.input);
    std::vector<std::int64_t> places(static_cast<std::size_t>(outputs * taps));
    for (std::int64_t o = 0; o < outputs; ++o) {
        for (std::int64_t t = 0; t < taps; ++t) {
            std::int64_t at = 0;
            for (std::size_t axis = 0; axis < rank && at != kBeyondPadding; ++axis) {
                const std::int64_t x = o / out_steps[axis] % window.output[axis] * window.stride[axis] - window.pad_begin[axis] +
                                       t / tap_steps[axis] % window.kernel[axis] * window.dilation[axis];
                if (x >= window.input[axis] + window.pad_end[axis]) at = kBeyondPadding;
                else if (x < 0 || x >= window.input[axis]) at = kOnPadding;
                else if (at >= 0) at += x * in_steps[axis];
            }
            places[static_cast<std::size_t>(o * taps + t)] = at;
        }
    }
    return places;
}

Shape channelsFirst(Shape shape)
{
    if (shape.size() > 2) std::rotate(shape.begin() + 1, shape.end() - 1, shape.end());
    return shape;
}

Shape channelsLast(Shape shape)
{
    if (shape.size() > 2) std::rotate(shape.begin() + 1, shape.begin() + 2, shape.end());
    return shape;
}

Tensor toChannelsFirst(const Tensor& tensor)
{
    return copyStrided(tensor, channelsFirst(tensor.shape()), channelsFirst(rowSteps(tensor.shape())));
}

Tensor toChannelsLast(const Tensor& tensor)
{
    return copyStrided(tensor, channelsLast(tensor.shape()), channelsLast(rowSteps(tensor.shape())));
}

} // namespace bitwright
