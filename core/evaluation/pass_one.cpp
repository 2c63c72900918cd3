// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/pass_one.h"

#include <algorithm>
#include <cstring>

namespace bitwright {
namespace {

constexpr double kBatchSeconds = 0.25; ///< a long run shows something new about this often

std::vector<Tensor> slice(const std::vector<Tensor>& tensors, std::int64_t first, std::int64_t count)
{
    std::vector<Tensor> parts;
    for (const Tensor& tensor : tensors)
        parts.push_back(sliceSamples(tensor, first, count));
    return parts;
}

/// The outputs of all samples, filled batch by batch.
class Collected {
public:
    explicit Collected(std::int64_t samples) : m_samples(samples) {}

    void append(const std::vector<Tensor>& outputs, std::int64_t count)
    {
        if (m_bytes.empty()) allocate(outputs);
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            const std::span<const std::byte> bytes = outputs[i].bytes();
            const std::size_t offset = bytes.size() / static_cast<std::size_t>(std::max<std::int64_t>(count, 1)) *
                                       static_cast<std::size_t>(m_done);
            if (!bytes.empty()) std::memcpy(m_bytes[i].get() + offset, bytes.data(), bytes.size());
        }
        m_done += count;
    }
    /// The first samples, sharing the bytes; later batches write behind them.
    std::vector<Tensor> finished() const
    {
        std::vector<Tensor> tensors;
        for (std::size_t i = 0; i < m_bytes.size(); ++i) {
            Shape shape = m_shapes[i];
            shape[0] = m_done;
            tensors.emplace_back(m_types[i], std::move(shape), m_bytes[i]);
        }
        return tensors;
    }

private:
    void allocate(const std::vector<Tensor>& outputs)
    {
        for (const Tensor& output : outputs) {
            Shape shape = output.shape();
            shape[0] = m_samples;
            const std::size_t elements = static_cast<std::size_t>(elementCount(shape).value_or(0));
            m_bytes.emplace_back(new std::byte[elements * elementBytes(output.type())]);
            m_shapes.push_back(std::move(shape));
            m_types.push_back(output.type());
        }
    }

    std::int64_t m_samples;
    std::int64_t m_done = 0;
    std::vector<std::shared_ptr<std::byte[]>> m_bytes;
    std::vector<Shape> m_shapes;
    std::vector<ElementType> m_types;
};

} // namespace

Tensor sliceSamples(const Tensor& tensor, std::int64_t first, std::int64_t count)
{
    Shape shape = tensor.shape();
    const std::size_t row = tensor.bytes().size() / static_cast<std::size_t>(std::max<std::int64_t>(shape[0], 1));
    shape[0] = count;
    const SharedBytes bytes(tensor.sharedBytes(), tensor.sharedBytes().get() + row * static_cast<std::size_t>(first));
    return Tensor(tensor.type(), std::move(shape), bytes);
}

Result<PassOneResult> runPassOne(const EmulatorProgram& program, const std::vector<Tensor>& inputs,
                                 const PassOneOptions& options,
                                 const std::function<void(const std::vector<Tensor>&)>& partial)
{
    const std::int64_t samples = inputs.empty() ? 0 : inputs.front().shape()[0];
    Collected collected(samples);
    PassOneResult result;
    EmulatorOptions emulator_options;
    emulator_options.threads = options.threads;
    emulator_options.stop = options.stop;
    std::int64_t done = 0;
    std::int64_t batch = options.preview_samples > 0 ? std::min(options.preview_samples, samples) : samples;
    do {
        const Result<EmulatorRun> run = emulate(program, slice(inputs, done, batch), emulator_options);
        if (!run) return run.error();
        collected.append(run->outputs, batch);
        done += batch;
        result.seconds += run->seconds;
        if (done < samples && partial) partial(collected.finished());
        // The rest in one go where that is quick: every batch costs its start.
        const double per_sample = result.seconds / static_cast<double>(std::max<std::int64_t>(done, 1));
        const double wanted = per_sample > 0 ? kBatchSeconds / per_sample : static_cast<double>(samples);
        batch = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::min(wanted, 1e15)),
                                         std::min<std::int64_t>(256, samples - done), std::max<std::int64_t>(samples - done, 0));
    } while (done < samples);
    result.outputs = collected.finished();
    return result;
}

} // namespace bitwright
