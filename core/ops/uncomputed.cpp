// SPDX-License-Identifier: GPL-3.0-or-later
// Operators of the default domain that are known and have no reference execution: random numbers, text, sequences,
// optional values, image files (onnx: docs/Operators.md).
#include <array>

#include "ops/families.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

constexpr NotSupported kRandom{"The result is random, so no two runs would agree."};
constexpr NotSupported kText{"Text is not computed here: a network on a chip works on numbers."};
constexpr NotSupported kSequence{"Sequences of tensors are not supported: a network on a chip has a fixed number of values."};
constexpr NotSupported kOptional{"Optional values are not supported: a network on a chip has all of its values."};
constexpr NotSupported kImage{"Image files are decoded before the network, not in it."};

/// The shape is an attribute, the type another.
Result<std::vector<TensorFacts>> randomShape(const ShapeContext& context)
{
    return oneOutput(attributeType(context.node, "dtype", ElementType::Float32), attributeInts(context.node, "shape"));
}

/// The shape is the input's; so is the type, unless an attribute says otherwise.
Result<std::vector<TensorFacts>> randomLikeShape(const ShapeContext& context)
{
    return oneOutput(attributeType(context.node, "dtype", context.type(0)), context.inputs[0].shape);
}

Result<std::vector<TensorFacts>> multinomialShape(const ShapeContext& context)
{
    const Shape* from = context.shape(0);
    const std::int64_t rows = from && from->size() == 2 ? from->front() : -1;
    return oneOutput(attributeType(context.node, "dtype", ElementType::Int32), Shape{rows, attributeInt(context.node, "sample_size", 1)});
}

constexpr OpDescriptor uncomputed(std::string_view name, int since, NotSupported gap)
{
    return {"", name, since, 0, gap, gap, gap};
}

constexpr std::array kOps{
    OpDescriptor{"", "Bernoulli", 15, 1, randomLikeShape, kRandom, kRandom},
    OpDescriptor{"", "Multinomial", 7, 1, multinomialShape, kRandom, kRandom},
    OpDescriptor{"", "RandomNormal", 1, 0, randomShape, kRandom, kRandom},
    OpDescriptor{"", "RandomNormalLike", 1, 1, randomLikeShape, kRandom, kRandom},
    OpDescriptor{"", "RandomUniform", 1, 0, randomShape, kRandom, kRandom},
    OpDescriptor{"", "RandomUniformLike", 1, 1, randomLikeShape, kRandom, kRandom},
    uncomputed("RegexFullMatch", 20, kText),
    uncomputed("StringConcat", 20, kText),
    uncomputed("StringNormalizer", 10, kText),
    uncomputed("StringSplit", 20, kText),
    uncomputed("TfIdfVectorizer", 9, kText),
    uncomputed("ConcatFromSequence", 11, kSequence),
    uncomputed("SequenceAt", 11, kSequence),
    uncomputed("SequenceConstruct", 11, kSequence),
    uncomputed("SequenceEmpty", 11, kSequence),
    uncomputed("SequenceErase", 11, kSequence),
    uncomputed("SequenceInsert", 11, kSequence),
    uncomputed("SequenceLength", 11, kSequence),
    uncomputed("SequenceMap", 17, kSequence),
    uncomputed("SplitToSequence", 11, kSequence),
    uncomputed("Optional", 15, kOptional),
    uncomputed("OptionalGetElement", 15, kOptional),
    uncomputed("OptionalHasElement", 15, kOptional),
    uncomputed("ImageDecoder", 20, kImage),
};

} // namespace

std::span<const OpDescriptor> uncomputedOps()
{
    return kOps;
}

} // namespace bitwright
