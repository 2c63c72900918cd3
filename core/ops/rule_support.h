// SPDX-License-Identifier: GPL-3.0-or-later
/// What the rules of many operators share: axes, broadcasting (onnx: docs/Broadcasting.md), findings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ops/op_descriptor.h"

namespace bitwright {

/// Results above this many elements are refused: no network for a chip comes near, and a hostile file must
/// not fill the memory.
constexpr std::int64_t kMaximumElements = std::int64_t{1} << 29;

Diagnostic shapeProblem(const Node& node, std::string reason);
Diagnostic typeProblem(const Node& node, ElementType type);
Diagnostic valueProblem(const Node& node, std::string reason);
Diagnostic attributeProblem(const Node& node, std::string_view attribute, std::string reason);
Diagnostic sizeProblem(const Node& node, const Shape& shape);
Diagnostic missingInput(const Node& node, std::size_t input);

/// @p axis counted from the front, or nothing when it is out of [-rank, rank).
std::optional<std::size_t> normalAxis(std::int64_t axis, std::size_t rank);
/// Axes counted from the front, ascending, each once. @error shapeProblem when one is out of range
Result<std::vector<std::size_t>> normalAxes(const Node& node, const std::vector<std::int64_t>& axes,
                                            std::size_t rank);

/// The one axis that a node works along. @error attributeProblem on `axis`
Result<std::size_t> axisOf(const Node& node, std::int64_t axis, const Shape& shape);

/// A shape seen along one axis: element k of row (o, i) is element `(o * length + k) * inner + i`.
struct AxisRows {
    std::int64_t outer = 0;
    std::int64_t length = 0;
    std::int64_t inner = 0;
};
AxisRows rowsAlong(const Shape& shape, std::size_t axis);

/// Whether a result of that shape is refused. @error sizeProblem
Result<void> checkSize(const Node& node, const Shape& shape);

/// The common shape, or nothing when the extents clash. Unknown extents (-1) give way to known ones.
std::optional<Shape> broadcastShape(const Shape& a, const Shape& b);
/// Step in elements per output dimension, 0 where @p shape is stretched.
std::vector<std::int64_t> broadcastSteps(const Shape& shape, const Shape& out);
/// Products of the extents behind each dimension.
std::vector<std::int64_t> rowSteps(const Shape& shape);

/// One output with the type and shape of input 0.
Result<std::vector<TensorFacts>> sameAsInput(const ShapeContext& context);
/// Shape of the broadcast of all inputs, type of the first.
Result<std::vector<TensorFacts>> broadcastOfInputs(const ShapeContext& context);

/// Input 1 as it meets input 0. Up to opset 6 the attributes `broadcast` and `axis` say where its first dimension goes.
Tensor alignedOperand(const RunContext& context);
/// Shape and type of a result of two operands. Up to opset 6 they are those of the first.
Result<std::vector<TensorFacts>> binaryShape(const ShapeContext& context);
/// batchElementwise, for two operands that are aligned as above.
bool batchBinary(const BatchContext& context);

/// Element by element, with broadcasting: rows stay apart when every batched input has full rank and no
/// other input has an extent of its own in dimension 0.
bool batchElementwise(const BatchContext& context);
/// Element by element on input 0 alone; the others are parameters that hold for all samples.
bool batchFirstInput(const BatchContext& context);

bool isFloatType(ElementType type); ///< real floating point of any width
bool isIntegerType(ElementType type); ///< 8 to 64 bits
/// Text, complex numbers and unknown types: no arithmetic.
bool isOpaqueType(ElementType type);
/// Small floating-point types as float32, others as they are.
Tensor widened(const Tensor& tensor);

std::vector<TensorFacts> oneOutput(ElementType type, std::optional<Shape> shape);
/// Converts every element; values out of range saturate (callers that need C's wrap do it themselves).
Tensor convertTo(const Tensor& tensor, ElementType type);

/// The element type that attribute @p name gives by its ONNX number; Undefined where there is no such type.
ElementType attributeType(const Node& node, std::string_view name, ElementType fallback);
/// float32 numbers that round to any small floating-point type as the exact elements do.
std::vector<float> asRoundableFloats(const Tensor& tensor);
/// A parameter of one element, or nothing where it is omitted or has another size.
std::optional<std::int64_t> singleInteger(const Tensor* tensor);
std::optional<double> singleNumber(const Tensor* tensor);

/// In which the reference computes: float64 in itself, everything else in float32.
ElementType workingType(ElementType type);

/// The parameter @p name of an operator that moved it from an attribute to input @p input: nothing where
/// neither is there, or the input is not known yet.
std::optional<std::vector<std::int64_t>> integersFrom(const ShapeContext& context, std::string_view name,
                                                      std::size_t input);
std::optional<std::vector<std::int64_t>> integersFrom(const RunContext& context, std::string_view name,
                                                      std::size_t input);

} // namespace bitwright
