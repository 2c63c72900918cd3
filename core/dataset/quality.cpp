// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/quality.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bitwright {
namespace {

constexpr std::size_t kDeepestTopK = 5;

/// Elements per sample when they are a vector of class scores, else 0.
std::int64_t classCount(const Tensor& output)
{
    const Shape& shape = output.shape();
    if (shape.empty() || shape[0] == 0) return 0;
    std::int64_t wide = 1;
    for (std::size_t axis = 1; axis < shape.size(); ++axis) {
        if (shape[axis] > 1 && wide > 1) return 0;
        wide *= shape[axis];
    }
    return wide;
}

/// Answers of two or more classes even where one unit decides between two.
std::int64_t shownClasses(std::int64_t units)
{
    return units == 1 ? 2 : units;
}

double share(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::int64_t equalCount(std::span<const std::int64_t> a, std::span<const std::int64_t> b)
{
    std::int64_t count = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        count += a[i] == b[i] ? 1 : 0;
    return count;
}

void countConfusion(Quality& quality, std::span<const std::int64_t> answers, std::span<const std::int64_t> labels)
{
    const std::int64_t classes = shownClasses(quality.classes);
    if (classes > 1000) return; // a table that nobody reads
    quality.confusion.assign(static_cast<std::size_t>(classes * classes), 0);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (labels[i] < 0 || labels[i] >= classes) continue;
        ++quality.confusion[static_cast<std::size_t>(labels[i] * classes + answers[i])];
    }
}

/// How many classes come before @p label in @p scores, earlier ones first among equals.
std::size_t rankOf(std::span<const double> scores, std::size_t label)
{
    std::size_t rank = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (scores[i] > scores[label] || (scores[i] == scores[label] && i < label)) ++rank;
    }
    return rank;
}

void countTopK(Quality& quality, const std::vector<double>& scores, std::span<const std::int64_t> labels)
{
    const auto classes = static_cast<std::size_t>(quality.classes);
    std::vector<std::int64_t> hits(std::min(kDeepestTopK, classes), 0);
    for (std::size_t sample = 0; sample < labels.size(); ++sample) {
        if (labels[sample] < 0 || static_cast<std::size_t>(labels[sample]) >= classes) continue;
        const std::span<const double> row(scores.data() + sample * classes, classes);
        const std::size_t rank = rankOf(row, static_cast<std::size_t>(labels[sample]));
        for (std::size_t k = rank; k < hits.size(); ++k)
            ++hits[k];
    }
    for (const std::int64_t count : hits)
        quality.top_k.push_back(share(count, quality.samples));
}

void measureClasses(Quality& quality, const Tensor& output, const std::vector<Tensor>& reference,
                    std::span<const std::int64_t> labels)
{
    const std::vector<std::int64_t> answers = classesOf(output);
    if (answers.empty()) return;
    quality.classes = classCount(output);
    labels = labels.first(std::min(labels.size(), answers.size()));
    if (labels.size() == answers.size()) {
        quality.accuracy = share(equalCount(answers, labels), quality.samples);
        countConfusion(quality, answers, labels);
        if (quality.classes > 1) countTopK(quality, asDoubles(output), labels);
    }
    if (reference.empty()) return;
    std::vector<std::int64_t> expected = classesOf(reference.front());
    if (expected.size() < answers.size()) return;
    expected.resize(answers.size());
    quality.agreement = share(equalCount(answers, expected), quality.samples);
    if (labels.size() == answers.size()) quality.reference_accuracy = share(equalCount(expected, labels), quality.samples);
}

/// Sums over all outputs; elements whose reference is no number are left out.
void measureError(Quality& quality, const std::vector<Tensor>& outputs, const std::vector<Tensor>& reference)
{
    double signal = 0, noise = 0, absolute = 0, largest = 0;
    std::int64_t elements = 0;
    for (std::size_t which = 0; which < outputs.size() && which < reference.size(); ++which) {
        if (reference[which].size() < outputs[which].size()) return;
        const std::vector<double> values = asDoubles(outputs[which]);
        const std::vector<double> wanted = asDoubles(reference[which]);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double expected = wanted[i];
            if (!std::isfinite(expected)) continue;
            const double difference = values[i] - expected;
            signal += expected * expected;
            noise += difference * difference;
            absolute += std::abs(difference);
            largest = std::max(largest, std::abs(difference));
            ++elements;
        }
    }
    if (elements == 0) return;
    quality.mean_square_error = noise / static_cast<double>(elements);
    quality.mean_absolute_error = absolute / static_cast<double>(elements);
    quality.maximum_error = largest;
    if (noise == 0)
        quality.sqnr_db = std::numeric_limits<double>::infinity();
    else if (signal > 0)
        quality.sqnr_db = 10 * std::log10(signal / noise);
}

} // namespace

std::vector<std::int64_t> classesOf(const Tensor& output)
{
    const std::int64_t units = classCount(output);
    if (units == 0) return {};
    const std::vector<double> scores = asDoubles(output);
    std::vector<std::int64_t> classes(static_cast<std::size_t>(output.shape()[0]));
    for (std::size_t sample = 0; sample < classes.size(); ++sample) {
        const auto row = scores.begin() + static_cast<std::ptrdiff_t>(sample) * units;
        classes[sample] = units == 1 ? (*row > 0.5 ? 1 : 0) : std::max_element(row, row + units) - row;
    }
    return classes;
}

std::optional<double> sqnrDb(std::span<const double> values, std::span<const double> reference)
{
    double signal = 0;
    double noise = 0;
    for (std::size_t i = 0; i < std::min(values.size(), reference.size()); ++i) {
        if (!std::isfinite(reference[i])) continue;
        const double difference = values[i] - reference[i];
        signal += reference[i] * reference[i];
        noise += difference * difference;
    }
    if (noise == 0) return std::numeric_limits<double>::infinity();
    if (signal == 0) return std::nullopt;
    return 10 * std::log10(signal / noise);
}

Quality measureQuality(const std::vector<Tensor>& outputs, const std::vector<Tensor>& reference,
                       std::span<const std::int64_t> labels)
{
    Quality quality;
    if (outputs.empty() || outputs.front().shape().empty()) return quality;
    quality.samples = outputs.front().shape()[0];
    measureClasses(quality, outputs.front(), reference, labels);
    if (!reference.empty()) measureError(quality, outputs, reference);
    return quality;
}

} // namespace bitwright
