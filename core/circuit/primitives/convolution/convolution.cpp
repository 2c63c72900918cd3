// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/convolution/convolution.h"

#include "circuit/operands.h"
#include "circuit/primitives/dense/product_kernel.h"

namespace bitwright {

namespace {

ProductReads readsOf(const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<ConvolutionAttributes>();
    return ProductReads::windows(attributes.window, attributes.groups, attributes.n_out);
}

/// What a window can hold: any code of the image, and the zeros around it.
CodeInterval windowInterval(const Primitive& primitive, const ValueRange& input)
{
    const CodeInterval hull = input.hull();
    return primitive.attributesAs<ConvolutionAttributes>().window.reachesPadding() ? hullOf(hull, {0, 0}) : hull;
}

} // namespace

void ConvolutionAttributes::hashInto(ContentHasher& hasher) const
{
    DenseAttributes::hashInto(hasher);
    window.hashInto(hasher);
    hasher.add(groups).add(parallelization_factor);
}

std::unique_ptr<Kernel> convolutionKernel(const KernelRequest& request)
{
    return productKernel(request, readsOf(request.primitive));
}

std::optional<VectorForm> convolutionVectorForm(const Circuit& circuit, const Primitive& primitive,
                                                std::span<const ValueRange> inputs)
{
    const ValueRange window{{windowInterval(primitive, inputs.front())}};
    std::optional<DenseForm> form = productForm(circuit, primitive, window);
    if (!form) return std::nullopt;
    form->reads = readsOf(primitive);
    form->rows = form->reads->rows;
    return VectorForm(*std::move(form));
}

std::vector<ValueRange> convolutionRange(const Circuit& circuit, const Primitive& primitive,
                                         std::span<const ValueRange> inputs)
{
    const CodeInterval window = windowInterval(primitive, inputs.front());
    return {ValueRange{{productRowRange(circuit, primitive, window).hull()}}};
}

const PrimitiveDescriptor& convolutionPrimitive()
{
    static constexpr PrimitiveDescriptor kDescriptor{
        .name = "convolution",
        .title = "Convolution",
        .emulate = convolutionKernel,
        .vector_form = convolutionVectorForm,
        .range = convolutionRange,
        .cost = convolutionCost,
        .hls = convolutionHls,
    };
    return kDescriptor;
}

} // namespace bitwright
