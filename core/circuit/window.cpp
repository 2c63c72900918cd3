// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/window.h"

namespace bitwright {

std::int64_t ImageWindow::inputPixel(std::int64_t output, std::int64_t tap) const
{
    const std::int64_t y = output / out_width * stride_height + tap / kernel_width * dilation_height - pad_top;
    const std::int64_t x = output % out_width * stride_width + tap % kernel_width * dilation_width - pad_left;
    return y < 0 || y >= in_height || x < 0 || x >= in_width ? -1 : y * in_width + x;
}

bool ImageWindow::reachesPadding() const
{
    const std::int64_t last_y = (out_height - 1) * stride_height + (kernel_height - 1) * dilation_height - pad_top;
    const std::int64_t last_x = (out_width - 1) * stride_width + (kernel_width - 1) * dilation_width - pad_left;
    return pad_top > 0 || pad_left > 0 || last_y >= in_height || last_x >= in_width;
}

void ImageWindow::hashInto(ContentHasher& hasher) const
{
    for (const std::int64_t extent : {in_height, in_width, channels, kernel_height, kernel_width, stride_height, stride_width,
                                      dilation_height, dilation_width, pad_top, pad_left, out_height, out_width})
        hasher.add(extent);
}

} // namespace bitwright
