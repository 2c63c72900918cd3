// SPDX-License-Identifier: GPL-3.0-or-later
/// Graph passes and the loop that runs them, in hls4ml's order: after every change it starts again with the first
/// pass, and the outcome depends on it.
#pragma once

#include <span>
#include <string_view>

#include "flows/hls4ml/constant_cache.h"
#include "flows/hls4ml/layer_graph.h"
#include "flows/hls4ml/type_choice.h"
#include "support/diagnostic.h"

namespace bitwright::hls4ml {

struct PassContext {
    LayerGraph& graph;
    ConstantCache& constants;
    Diagnostics& findings;
    const TypeChooser* types = nullptr; ///< null while the model is parsed, before any configuration counts
};

struct GraphPass {
    std::string_view name;
    /// Looks at one node; true when it changed the graph. The node may be gone then.
    bool (*apply)(PassContext&, LayerNode&);
};

/// The scale, if one power of two does for all elements: the quantiser is a type then.
std::optional<double> impliedScale(const QuantPayload& quant);

/// Whether @p node (may be null) is a scaling that can be moved elsewhere: hls4ml fails at those that a constant of the
/// model became.
bool isMovableScale(const LayerNode* node);
/// Other readers of @p scaling lose it when it moves behind @p product.
void warnWhereShared(PassContext& context, const LayerNode& scaling, const LayerNode& product);
/// A copy of @p scaling with other parameters that reads @p product.
LayerNode scalingBehind(const LayerNode& scaling, const LayerNode& product, Array scale, Array bias);

/// Runs until no pass changes anything.
void runPasses(PassContext& context, std::span<const GraphPass> passes);

/// What the model alone decides: quantisers absorbed, scales moved, constants merged into layers (section 3.3).
std::span<const GraphPass> parsePasses();
/// Fusions that depend on which results are left to inference, and the inference itself (section 3.2).
std::span<const GraphPass> convertPasses();
/// Layers that do nothing.
std::span<const GraphPass> optimisePasses();
/// Layers that streams need.
std::span<const GraphPass> streamPasses();
/// Binary networks: batch normalisation and sign in one comparison.
std::span<const GraphPass> quantisationPasses();
std::span<const GraphPass> backendPasses();

// Passes that live in files of their own.
bool moveScaleBelowAdd(PassContext&, LayerNode&);
bool moveScaleBelowMatMul(PassContext&, LayerNode&);
bool foldScaledConstant(PassContext&, LayerNode&);
bool moveScaleBelowConvolution(PassContext&, LayerNode&);
bool makeConvolution(PassContext&, LayerNode&);
bool padStream(PassContext&, LayerNode&);
bool markPointwise(PassContext&, LayerNode&);
bool poolSigns(PassContext&, LayerNode&);
bool mergeConstantToApplyAlpha(PassContext&, LayerNode&);
bool divideByConstantToApplyAlpha(PassContext&, LayerNode&);
bool matMulToDense(PassContext&, LayerNode&);
bool fuseConsecutiveBatchNormalisation(PassContext&, LayerNode&);
bool fuseBatchNormalisation(PassContext&, LayerNode&);
bool removeBatchNormalisationWithoutEffect(PassContext&, LayerNode&);
bool eliminateLinear(PassContext&, LayerNode&);
bool mergeLinear(PassContext&, LayerNode&);
bool removeTransposeWithoutEffect(PassContext&, LayerNode&);
bool inferTypes(PassContext&, LayerNode&);

} // namespace bitwright::hls4ml
