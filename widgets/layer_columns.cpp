// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_columns.h"

#include "widgets/text.h"

#include <QCoreApplication>
#include <QStringList>

namespace bitwright {

namespace {

template <Amount Cost::*Field>
std::optional<double> costOf(const LayerRow& row)
{
    const Cost* cost = row.view.cost(row.layer.id);
    return cost ? std::optional((cost->*Field).value) : std::nullopt;
}

template <class Read>
std::optional<double> statistic(const LayerRow& row, Read read)
{
    const ValueReport* report = row.view.report(row.layer.id);
    if (!report || report->statistics.elements == 0)
        return std::nullopt;
    return read(*report);
}

template <std::int64_t ValueStatistics::*Field>
std::optional<double> shareOf(const LayerRow& row)
{
    return statistic(row, [](const ValueReport& report) {
        return static_cast<double>(report.statistics.*Field) / static_cast<double>(report.statistics.elements);
    });
}

std::optional<double> smallest(const LayerRow& row)
{
    return statistic(row, [](const ValueReport& report) { return report.statistics.minimum; });
}
std::optional<double> largest(const LayerRow& row)
{
    return statistic(row, [](const ValueReport& report) { return report.statistics.maximum; });
}
std::optional<double> sqnr(const LayerRow& row)
{
    const ValueReport* report = row.view.report(row.layer.id);
    return report ? report->sqnr_db : std::nullopt;
}
std::optional<double> constants(const LayerRow& row)
{
    return static_cast<double>(row.facts.constants);
}
std::optional<double> constantBits(const LayerRow& row)
{
    return static_cast<double>(row.facts.constant_bits);
}

QString nameOf(const LayerRow& row)
{
    return toQString(row.layer.id);
}
QString typeOf(const LayerRow& row)
{
    return toQString(row.layer.type);
}
QString nodesOf(const LayerRow& row)
{
    QStringList names;
    for (const std::string& name : row.layer.came_from)
        names.append(toQString(name));
    return names.join(QStringLiteral(", "));
}
QString inputShape(const LayerRow& row)
{
    return row.facts.input_shape;
}
QString outputShape(const LayerRow& row)
{
    return row.facts.output_shape;
}
QString wholeNumber(double value)
{
    return countText(value);
}
QString fourDigits(double value)
{
    return realText(value, 4);
}

#define BW_COLUMN(title, help) QT_TRANSLATE_NOOP("LayerColumn", title), QT_TRANSLATE_NOOP("LayerColumn", help)
using enum ColumnKind;
using enum ColumnSource;
constexpr LayerColumn kColumns[] = {
    {Text, Always, "name", BW_COLUMN("Layer", "Name in the configuration."), 14, true, nameOf, {}, {}, false},
    {Text, Always, "type", BW_COLUMN("Type", "What the flow builds for it."), 13, true, typeOf, {}, {}, false},
    {Text, Always, "nodes", BW_COLUMN("Nodes", "Nodes of the model file that it stands for."), 18, false, nodesOf, {}, {}, false},
    {Text, Always, "in", BW_COLUMN("Input", "Shape of its input, without the batch."), 8, true, inputShape, {}, {}, false},
    {Text, Always, "out", BW_COLUMN("Output", "Shape of its output, without the batch."), 8, true, outputShape, {}, {}, false},
    {Format, Always, slots::kWeight, BW_COLUMN("Weights", "Number format of the weights."), 20, true, {}, {}, {}, false},
    {Format, Always, slots::kBias, BW_COLUMN("Bias", "Number format of the bias."), 15, true, {}, {}, {}, false},
    {Format, Always, slots::kAccumulator, BW_COLUMN("Accumulator", "Number format in which products are added up."), 15, true, {}, {}, {}, false},
    {Format, Always, slots::kResult, BW_COLUMN("Result", "Number format of what the layer hands on."), 25, true, {}, {}, {}, false},
    {Tunable, Always, tunables::kReuseFactor, BW_COLUMN("Reuse", "How often each multiplier is used per inference."), 7, true, {}, {}, {}, false},
    {Tunable, Always, tunables::kStrategy, BW_COLUMN("Strategy", "How the multiplications are built."), 11, true, {}, {}, {}, false},
    {Number, Cost, "constants", BW_COLUMN("Constants", "Weights, biases and other constants."), 10, true, {}, constants, wholeNumber, true},
    {Number, Cost, "bits", BW_COLUMN("Constant bits", "Bits that the constants take."), 12, true, {}, constantBits, wholeNumber, true},
    {Number, Cost, "lut", BW_COLUMN("LUT", "Estimated look-up tables."), 8, true, {}, costOf<&bitwright::Cost::lut>, wholeNumber, true},
    {Number, Cost, "ff", BW_COLUMN("FF", "Estimated flip-flops."), 8, true, {}, costOf<&bitwright::Cost::ff>, wholeNumber, true},
    {Number, Cost, "dsp", BW_COLUMN("DSP", "Estimated DSP blocks."), 7, true, {}, costOf<&bitwright::Cost::dsp>, wholeNumber, true},
    {Number, Cost, "bram", BW_COLUMN("BRAM18", "Estimated block memories of 18 kbit."), 8, true, {}, costOf<&bitwright::Cost::bram>, wholeNumber, true},
    {Number, Cost, "latency", BW_COLUMN("Latency (cycles)", "Estimated clock cycles from first input to last output."), 14, true, {}, costOf<&bitwright::Cost::latency_cycles>, wholeNumber, false},
    {Number, Cost, "ii", BW_COLUMN("II (cycles)", "Estimated clock cycles between two inputs."), 10, true, {}, costOf<&bitwright::Cost::initiation_interval_cycles>, wholeNumber, false},
    {Number, Statistics, "min", BW_COLUMN("Minimum", "Smallest value over the samples."), 10, true, {}, smallest, fourDigits, false},
    {Number, Statistics, "max", BW_COLUMN("Maximum", "Largest value over the samples."), 10, true, {}, largest, fourDigits, false},
    {Number, Statistics, "sat", BW_COLUMN("Saturated", "Share of the values that hit the limit of the format."), 10, true, {}, shareOf<&ValueStatistics::saturations>, percentText, false},
    {Number, Statistics, "wrap", BW_COLUMN("Wrapped", "Share of the values whose upper bits were lost."), 10, true, {}, shareOf<&ValueStatistics::wraps>, percentText, false},
    {Number, Statistics, "under", BW_COLUMN("Underflow", "Share of the values that became zero without being zero."), 10, true, {}, shareOf<&ValueStatistics::underflows>, percentText, false},
    {Number, Statistics, "sqnr", BW_COLUMN("SQNR", "Signal to quantisation noise against the reference, up to here."), 9, true, {}, sqnr, decibelText, false},
    {Lock, Always, "lock", BW_COLUMN("Lock", "Protects the layer from edits."), 5, true, {}, {}, {}, false},
    {Note, Always, "note", BW_COLUMN("Note", "Yours."), 20, true, {}, {}, {}, false},
};
#undef BW_COLUMN

} // namespace

std::span<const LayerColumn> layerColumns()
{
    return kColumns;
}

int layerColumnIndex(const QString& key)
{
    for (std::size_t i = 0; i < std::size(kColumns); ++i)
        if (key == QLatin1String(kColumns[i].key))
            return static_cast<int>(i);
    return -1;
}

} // namespace bitwright
