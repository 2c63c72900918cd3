// SPDX-License-Identifier: GPL-3.0-or-later
// DFT and STFT (onnx: docs/Operators.md). Complex numbers are the last dimension.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/fourier.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

/// What one node transforms: the axis, the number of points, the form of the result.
struct Transform {
    std::size_t axis = 0;
    std::int64_t points = 0;
    bool inverse = false;
    bool onesided = false;

    bool isRealResult() const { return inverse && onesided; }
    std::int64_t resultLength() const { return onesided && !inverse ? points / 2 + 1 : points; }
};

/// Nothing where the length or the axis is not known yet. The axis is an attribute up to opset 19, then input 2.
template <class Context>
Result<std::optional<Transform>> transformOf(const Context& context, const Shape& shape, const Tensor* length, const Tensor* axis)
{
    using Open = std::optional<Transform>;
    const auto is_open = [&](std::size_t input, const Tensor* tensor) {
        return context.node.inputs.size() > input && context.node.inputs[input] != kNone && !tensor;
    };
    if (is_open(1, length) || is_open(2, axis)) return Open{};
    const std::int64_t fallback = context.opset < 20 ? attributeInt(context.node, "axis", 1) : -2;
    Result<std::size_t> place = axisOf(context.node, axis ? singleInteger(axis).value_or(-1) : fallback, shape);
    if (!place) return place.error();
    if (*place + 1 >= shape.size() || (shape.back() != 1 && shape.back() != 2))
        return shapeProblem(context.node, fmt::format("{} holds no real or complex numbers along axis {}", shapeText(shape), *place));
    Transform transform;
    transform.axis = *place;
    transform.inverse = attributeInt(context.node, "inverse", 0) != 0;
    transform.onesided = attributeInt(context.node, "onesided", 0) != 0;
    const std::int64_t extent = shape[*place];
    if (extent < 0 && !length) return Open{};
    transform.points = transform.isRealResult() ? 2 * (extent - 1) : extent;
    if (length) transform.points = singleInteger(length).value_or(-1);
    if (transform.points < 1 || transform.points > kMaximumElements)
        return valueProblem(context.node, fmt::format("a transform of {} points is impossible", transform.points));
    return Open(transform);
}

Shape transformedShape(Shape shape, const Transform& transform)
{
    shape[transform.axis] = transform.resultLength();
    shape.back() = transform.isRealResult() ? 1 : 2;
    return shape;
}

Result<std::vector<TensorFacts>> dftShape(const ShapeContext& context)
{
    const Shape* shape = context.shape(0);
    if (!shape) return oneOutput(context.type(0), std::nullopt);
    if (shape->empty() || shape->back() < 0) return oneOutput(context.type(0), Shape(shape->size(), -1));
    Result<std::optional<Transform>> transform = transformOf(context, *shape, context.constant(1), context.constant(2));
    if (!transform) return transform.error();
    return oneOutput(context.type(0), *transform ? transformedShape(*shape, **transform) : Shape(shape->size(), -1));
}

/// One row of complex points, cut or filled up with zeros; one side of a spectrum is completed.
ComplexRow pointsOf(const Transform& transform, const std::vector<double>& x, std::int64_t first, std::int64_t step,
                    std::int64_t extent, bool is_complex)
{
    ComplexRow row(static_cast<std::size_t>(transform.points));
    const std::int64_t used = std::min(transform.points, extent);
    for (std::int64_t k = 0; k < used; ++k) {
        const auto at = static_cast<std::size_t>(first + k * step);
        row[static_cast<std::size_t>(k)] = {x[at], is_complex ? x[at + 1] : 0};
    }
    if (transform.isRealResult())
        for (std::size_t k = row.size() / 2 + 1; k < row.size(); ++k) row[k] = std::conj(row[row.size() - k]);
    return row;
}

Result<std::vector<Tensor>> runDft(const RunContext& context)
{
    const Shape& shape = context[0].shape();
    if (!isFloatType(context[0].type())) return typeProblem(context.node, context[0].type());
    if (shape.empty()) return shapeProblem(context.node, "a scalar has no axis");
    Result<std::optional<Transform>> transform = transformOf(context, shape, context.find(1), context.find(2));
    if (!transform) return transform.error();
    const Shape out = transformedShape(shape, **transform);
    if (Result<void> fits = checkSize(context.node, out); !fits) return fits.error();
    const std::vector<double> x = asDoubles(context[0]);
    const AxisRows from = rowsAlong(shape, (*transform)->axis);
    const AxisRows to = rowsAlong(out, (*transform)->axis);
    const bool is_complex = shape.back() == 2;
    const std::int64_t columns = is_complex ? from.inner / 2 : from.inner;
    std::vector<double> y(static_cast<std::size_t>(elementCount(out).value_or(0)));
    const std::int64_t width = out.back();
    for (std::int64_t o = 0; o < from.outer; ++o)
        for (std::int64_t i = 0; i < columns; ++i) {
            const ComplexRow row = pointsOf(**transform, x, o * from.length * from.inner + i * shape.back(), from.inner, from.length, is_complex);
            const ComplexRow result = fourier(row, (*transform)->inverse);
            for (std::int64_t k = 0; k < to.length; ++k) {
                const auto at = static_cast<std::size_t>((o * to.length + k) * to.inner + i * width);
                y[at] = result[static_cast<std::size_t>(k)].real();
                if (width == 2) y[at + 1] = result[static_cast<std::size_t>(k)].imag();
            }
        }
    return std::vector<Tensor>{convertTo(Tensor::of<double>(out, y), context[0].type())};
}

bool batchDft(const BatchContext& context)
{
    if (!batchFirstInput(context) || !context.inputs[0].shape) return false;
    const ShapeContext facts{context.node, context.opset, context.inputs};
    const Result<std::optional<Transform>> transform = transformOf(facts, *context.inputs[0].shape, facts.constant(1), facts.constant(2));
    return transform && *transform && (*transform)->axis != 0;
}

// ---- STFT: frames of the signal, each times the window

struct Frames {
    std::int64_t count = 0;
    std::int64_t length = 0;
    std::int64_t step = 0;
};

Result<Frames> framesOf(const Node& node, const Shape& signal, std::int64_t step, const Tensor* length, const Shape* window)
{
    if (signal.size() != 3 || (signal[2] != 1 && signal[2] != 2))
        return shapeProblem(node, fmt::format("{} holds no signals", shapeText(signal)));
    Frames frames{0, signal[1], step};
    if (window) frames.length = elementCount(*window).value_or(-1);
    if (length) frames.length = singleInteger(length).value_or(-1);
    if (window && elementCount(*window) != frames.length) return shapeProblem(node, "its window has not the length of a frame");
    if (frames.length < 1 || frames.length > signal[1] || frames.step < 1)
        return valueProblem(node, fmt::format("frames of {} samples every {} do not fit {}", frames.length, frames.step, shapeText(signal)));
    frames.count = (signal[1] - frames.length) / frames.step + 1;
    return frames;
}

Shape framesShape(const Node& node, const Shape& signal, const Frames& frames)
{
    const bool onesided = attributeInt(node, "onesided", 1) != 0;
    return {signal[0], frames.count, onesided ? frames.length / 2 + 1 : frames.length, 2};
}

Result<std::vector<TensorFacts>> stftShape(const ShapeContext& context)
{
    const Shape* signal = context.shape(0);
    const std::optional<std::int64_t> step = singleInteger(context.constant(1));
    const bool is_open = (context.has(2) && !context.shape(2)) || (context.has(3) && !context.constant(3));
    if (!signal || !step || is_open || signal->size() != 3 || (*signal)[1] < 0 || (*signal)[2] < 0)
        return oneOutput(context.type(0), Shape{signal && !signal->empty() ? signal->front() : -1, -1, -1, 2});
    Result<Frames> frames = framesOf(context.node, *signal, *step, context.constant(3), context.shape(2));
    if (!frames) return frames.error();
    return oneOutput(context.type(0), framesShape(context.node, *signal, *frames));
}

Result<std::vector<Tensor>> runStft(const RunContext& context)
{
    const Shape& signal = context[0].shape();
    const Tensor* window = context.find(2);
    if (!isFloatType(context[0].type())) return typeProblem(context.node, context[0].type());
    Result<Frames> frames = framesOf(context.node, signal, singleInteger(&context[1]).value_or(0), context.find(3), window ? &window->shape() : nullptr);
    if (!frames) return frames.error();
    const Shape out = framesShape(context.node, signal, *frames);
    if (Result<void> fits = checkSize(context.node, out); !fits) return fits.error();
    const std::vector<double> x = asDoubles(context[0]);
    const std::vector<double> factors = window ? asDoubles(*window) : std::vector<double>(static_cast<std::size_t>(frames->length), 1);
    std::vector<double> y;
    y.reserve(static_cast<std::size_t>(elementCount(out).value_or(0)));
    ComplexRow row(static_cast<std::size_t>(frames->length));
    for (std::int64_t n = 0; n < signal[0]; ++n)
        for (std::int64_t f = 0; f < frames->count; ++f) {
            for (std::size_t k = 0; k < row.size(); ++k) {
                const auto at = static_cast<std::size_t>((n * signal[1] + f * frames->step + static_cast<std::int64_t>(k)) * signal[2]);
                row[k] = std::complex<double>(x[at], signal[2] == 2 ? x[at + 1] : 0) * factors[k];
            }
            const ComplexRow spectrum = fourier(row, false);
            for (std::size_t k = 0; k < static_cast<std::size_t>(out[2]); ++k) {
                y.push_back(spectrum[k].real());
                y.push_back(spectrum[k].imag());
            }
        }
    return std::vector<Tensor>{convertTo(Tensor::of<double>(out, y), context[0].type())};
}

constexpr std::array kOps{
    OpDescriptor{"", "DFT", 17, 1, dftShape, runDft, batchDft},
    OpDescriptor{"", "STFT", 17, 2, stftShape, runStft, batchFirstInput},
};

} // namespace

std::span<const OpDescriptor> signalOps()
{
    return kOps;
}

} // namespace bitwright
