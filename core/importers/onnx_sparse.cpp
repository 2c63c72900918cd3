// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <onnx/onnx_pb.h>

#include "importers/onnx_import.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

ImportedTensor importSparseTensor(OnnxImport& import, onnx::SparseTensorProto& proto, const std::string& name)
{
    constexpr std::int64_t kMaximumElements = std::int64_t{1} << 26;
    const auto wrong = [&](const char* reason) {
        import.report(DiagnosticCode::TensorSparse, {name, reason});
        return ImportedTensor{};
    };
    const Shape shape(proto.dims().begin(), proto.dims().end());
    const std::optional<std::int64_t> count = elementCount(shape);
    if (!count || *count > kMaximumElements) return wrong("its shape is impossible or too large");
    const ImportedTensor values = importTensor(import, *proto.mutable_values(), name);
    const ImportedTensor indices = importTensor(import, *proto.mutable_indices(), name);
    if (!values.tensor || !indices.tensor) return wrong("its values or indices are missing");
    const std::vector<std::int64_t> positions = asIntegers(*indices.tensor);
    const bool is_linear = indices.shape.size() == 1;
    const std::size_t columns = is_linear ? 1 : shape.size();
    const auto entries = static_cast<std::size_t>(values.tensor->size());
    if (columns == 0 || positions.size() != entries * columns) return wrong("its indices do not fit its values");
    const std::size_t bytes = elementBytes(values.type);
    const std::shared_ptr<std::byte[]> dense(new std::byte[static_cast<std::size_t>(*count) * bytes]());
    for (std::size_t entry = 0; entry < entries; ++entry) {
        std::int64_t offset = 0;
        for (std::size_t column = 0; column < columns; ++column) {
            const std::int64_t position = positions[entry * columns + column];
            const std::int64_t extent = is_linear ? *count : shape[column];
            if (position < 0 || position >= extent) return wrong("an index is out of range");
            offset = offset * extent + position;
        }
        std::copy_n(values.tensor->bytes().data() + entry * bytes, bytes, dense.get() + static_cast<std::size_t>(offset) * bytes);
    }
    return {Tensor(values.type, shape, dense), values.type, shape, {}};
}

} // namespace bitwright
