// SPDX-License-Identifier: GPL-3.0-or-later
/// The families of operators; each is defined in the file of its name.
#pragma once

#include <span>

#include "ops/op_descriptor.h"

namespace bitwright {

std::span<const OpDescriptor> activationOps();
std::span<const OpDescriptor> arithmeticOps();
std::span<const OpDescriptor> arrangementOps();
std::span<const OpDescriptor> attentionOps();
std::span<const OpDescriptor> bitwiseOps();
std::span<const OpDescriptor> castOps();
std::span<const OpDescriptor> constantOps();
std::span<const OpDescriptor> controlFlowOps();
std::span<const OpDescriptor> convolutionOps();
std::span<const OpDescriptor> cumulativeOps();
std::span<const OpDescriptor> deformableOps();
std::span<const OpDescriptor> einsumOps();
std::span<const OpDescriptor> gridSamplingOps();
std::span<const OpDescriptor> integerConvolutionOps();
std::span<const OpDescriptor> integerProductOps();
std::span<const OpDescriptor> linearOps();
std::span<const OpDescriptor> linearQuantisers();
std::span<const OpDescriptor> logicOps();
std::span<const OpDescriptor> lossOps();
std::span<const OpDescriptor> microsoftQuantisers();
std::span<const OpDescriptor> momentOps();
std::span<const OpDescriptor> movementOps();
std::span<const OpDescriptor> normalisationOps();
std::span<const OpDescriptor> orderingOps();
std::span<const OpDescriptor> paddingOps();
std::span<const OpDescriptor> poolingOps();
std::span<const OpDescriptor> qonnxLayers();
std::span<const OpDescriptor> qonnxQuantisers();
std::span<const OpDescriptor> recurrentOps();
std::span<const OpDescriptor> reductionOps();
std::span<const OpDescriptor> regionOps();
std::span<const OpDescriptor> reshapeOps();
std::span<const OpDescriptor> resizeOps();
std::span<const OpDescriptor> rotaryOps();
std::span<const OpDescriptor> scanOps();
std::span<const OpDescriptor> scatterOps();
std::span<const OpDescriptor> selectionOps();
std::span<const OpDescriptor> signalOps();
std::span<const OpDescriptor> slicingOps();
std::span<const OpDescriptor> statefulOps();
std::span<const OpDescriptor> transposedConvolutionOps();
std::span<const OpDescriptor> treeOps();
std::span<const OpDescriptor> unaryMathOps();
std::span<const OpDescriptor> uncomputedOps();
std::span<const OpDescriptor> unpoolingOps();
std::span<const OpDescriptor> windowOps();

} // namespace bitwright
