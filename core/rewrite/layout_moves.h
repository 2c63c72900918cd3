// SPDX-License-Identifier: GPL-3.0-or-later
/// Transpositions between channels first and channels last, and the moves that make them meet
/// (qonnx: transformation/channels_last.py).
#pragma once

#include "rewrite/work_graph.h"

namespace bitwright {

/// The order of axes, by rank.
using Layout = std::vector<std::int64_t> (*)(std::size_t rank);
std::vector<std::int64_t> toLast(std::size_t rank);
std::vector<std::int64_t> toFirst(std::size_t rank);
Shape permuted(const Shape& shape, const std::vector<std::int64_t>& order);

/// Whether the node is that transposition.
bool isLayout(WorkGraph& work, NodeIndex index, Layout layout);
/// A transposition of @p input to @p output, or to a fresh value for kNone. It stands for no node of the file.
Node layoutTranspose(WorkGraph& work, ValueIndex input, ValueIndex output, Layout layout);
Tensor transposedTensor(const WorkGraph& work, const Tensor& tensor, Layout layout);
/// Whether one node reads the value, once, and the model does not hand it out.
bool hasOneReader(WorkGraph& work, ValueIndex value);
/// Reorders the rows of the constant matrix of a MatMul or Gemm for data of shape @p from [1, spatial..., C] that come
/// channels last instead of first. @return false where the matrix is no constant, or its quantiser knows rows
bool permuteRows(WorkGraph& work, NodeIndex product, const Shape& from);

// ---- Moves: each tries one at the given node and says whether it did

bool cancelPair(WorkGraph& work, NodeIndex index);
bool moveUpstream(WorkGraph& work, NodeIndex index);
bool moveDownstream(WorkGraph& work, NodeIndex index);
bool movePastFork(WorkGraph& work, NodeIndex index);

} // namespace bitwright
