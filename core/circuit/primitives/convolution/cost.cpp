// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/convolution/convolution.h"

#include "circuit/cost_laws/circuit_facts.h"
#include "circuit/cost_laws/convolution_law.h"
#include "circuit/primitives/dense/dense_facts.h"

namespace bitwright {

Cost convolutionCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    const auto& attributes = primitive.attributesAs<ConvolutionAttributes>();
    const ImageWindow& window = attributes.window;
    ConvolutionFacts facts;
    facts.product = denseFacts(circuit, primitive, profile);
    facts.kernel_height = window.kernel_height;
    facts.kernel_width = window.kernel_width;
    facts.channels = window.channels;
    facts.row_width = window.in_width;
    facts.input_pixels = window.inputPixels();
    facts.output_pixels = window.outputPixels();
    facts.parallelisation = attributes.parallelization_factor;
    return convolutionCost(facts, profile);
}

} // namespace bitwright
