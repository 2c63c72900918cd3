// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/budget_strip.h"

#include "widgets/document.h"
#include "widgets/meter.h"
#include "widgets/text.h"

#include <QHBoxLayout>

#include <algorithm>
#include <cmath>

namespace bitwright {

namespace {

struct Resource {
    const char* key;
    const char* title;
    Amount Cost::*amount;
    double Part::*total;
};

constexpr Resource kResources[] = {
    {"lut", "LUT", &Cost::lut, &Part::lut},      {"ff", "FF", &Cost::ff, &Part::ff},
    {"dsp", "DSP", &Cost::dsp, &Part::dsp},      {"bram", "BRAM18", &Cost::bram, &Part::bram},
    {"uram", "URAM", &Cost::uram, &Part::uram},
};

QString intervalText(const Amount& amount)
{
    return BudgetStrip::tr("80 % interval: %1 to %2").arg(countText(amount.low), countText(amount.high));
}

QString provenance(const Estimate& estimate)
{
    return BudgetStrip::tr("Predicts what %1 reports; cost model %2.")
        .arg(toQString(estimate.stage), toQString(estimate.profile));
}

/// Less is better for costs.
void setChange(MeterReading& reading, double difference, int decimals, bool isMoreBetter)
{
    reading.change = changeText(difference, decimals);
    if (!reading.change.isEmpty())
        reading.judgement = (difference > 0) == isMoreBetter ? 1 : -1;
}

MeterReading readResource(const DesignView& view, const Resource& resource)
{
    MeterReading reading;
    reading.is_stale = view.is_cost_stale;
    const Amount& amount = view.estimate->total.*resource.amount;
    reading.value = countText(amount.value);
    const double available = view.estimate->part.*resource.total;
    if (available > 0) {
        reading.share = amount.value / available;
        reading.low = amount.low / available;
        reading.high = amount.high / available;
        reading.detail = percentText(*reading.share);
    }
    if (view.baseline_estimate)
        setChange(reading, amount.value - (view.baseline_estimate->total.*resource.amount).value, 0, false);
    reading.tool_tip = BudgetStrip::tr("%1 of %2 on %3")
                           .arg(countText(amount.value), countText(available), toQString(view.estimate->part.name))
                       + QLatin1Char('\n') + intervalText(amount) + QLatin1Char('\n') + provenance(*view.estimate);
    return reading;
}

MeterReading readLatency(const DesignView& view)
{
    MeterReading reading;
    reading.is_stale = view.is_cost_stale;
    const Amount& cycles = view.estimate->total.latency_cycles;
    reading.value = durationText(view.estimate->latency_ns);
    reading.detail = cycles.value == 1 ? BudgetStrip::tr("1 cycle") : BudgetStrip::tr("%1 cycles").arg(countText(cycles.value));
    if (view.baseline_estimate)
        setChange(reading, cycles.value - view.baseline_estimate->total.latency_cycles.value, 0, false);
    reading.tool_tip = BudgetStrip::tr("From the first input to the last output at %1 ns per cycle.")
                           .arg(realText(view.estimate->clock_ns, 4))
                       + QLatin1Char('\n') + intervalText(cycles) + QLatin1Char('\n') + provenance(*view.estimate);
    return reading;
}

MeterReading readInterval(const DesignView& view)
{
    MeterReading reading;
    reading.is_stale = view.is_cost_stale;
    const Amount& cycles = view.estimate->total.initiation_interval_cycles;
    reading.value = countText(cycles.value);
    reading.detail = cycles.value == 1 ? BudgetStrip::tr("cycle") : BudgetStrip::tr("cycles");
    if (view.baseline_estimate)
        setChange(reading, cycles.value - view.baseline_estimate->total.initiation_interval_cycles.value, 0, false);
    const double interval_ns = cycles.value * view.estimate->clock_ns;
    reading.tool_tip = BudgetStrip::tr("Initiation interval: a new input every %1 cycles.").arg(countText(cycles.value));
    if (interval_ns > 0)
        reading.tool_tip += QLatin1Char('\n') + BudgetStrip::tr("%1 inferences per second").arg(countText(1e9 / interval_ns));
    return reading;
}

QString sampleText(const Evaluation& evaluation)
{
    if (evaluation.isPartial())
        return BudgetStrip::tr("first %1 of %2 samples")
            .arg(countText(static_cast<double>(evaluation.samples)), countText(static_cast<double>(evaluation.total_samples)));
    return BudgetStrip::tr("%1 samples").arg(countText(static_cast<double>(evaluation.samples)));
}

/// A share such as accuracy, with its change in percentage points.
MeterReading readShare(const DesignView& view, std::optional<double> Quality::*figure, const QString& missing,
                       const QString& toolTip)
{
    MeterReading reading;
    reading.value = QStringLiteral("–");
    reading.tool_tip = missing;
    if (!view.evaluation)
        return reading;
    reading.is_stale = view.is_quality_stale;
    const auto value = view.evaluation->quality.*figure;
    if (!value)
        return reading;
    reading.value = percentText(*value);
    if (view.evaluation->isPartial())
        reading.detail = QStringLiteral("…");
    const auto before = view.baseline_evaluation ? view.baseline_evaluation->quality.*figure : std::nullopt;
    if (before && !view.evaluation->isPartial())
        setChange(reading, (*value - *before) * 100, 2, true);
    reading.tool_tip = toolTip + QLatin1Char('\n') + sampleText(*view.evaluation);
    return reading;
}

MeterReading readSqnr(const DesignView& view)
{
    MeterReading reading;
    reading.value = QStringLiteral("–");
    reading.tool_tip = BudgetStrip::tr("Signal to quantisation noise of the outputs against the reference run.");
    if (!view.evaluation || !view.evaluation->quality.sqnr_db)
        return reading;
    reading.is_stale = view.is_quality_stale;
    const double value = *view.evaluation->quality.sqnr_db;
    reading.value = decibelText(value);
    const auto before = view.baseline_evaluation ? view.baseline_evaluation->quality.sqnr_db : std::nullopt;
    if (before && std::isfinite(*before) && std::isfinite(value) && !view.evaluation->isPartial())
        setChange(reading, value - *before, 1, true);
    reading.tool_tip += QLatin1Char('\n') + sampleText(*view.evaluation);
    return reading;
}

MeterReading absent(const QString& why)
{
    MeterReading reading;
    reading.value = QStringLiteral("–");
    reading.tool_tip = why;
    return reading;
}

} // namespace

BudgetStrip::BudgetStrip(Document* document, const Theme* theme, QWidget* parent)
    : QWidget(parent), m_document(document)
{
    setObjectName(QStringLiteral("budgetStrip"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    const auto add = [&](const char* key, const QString& title) {
        auto* made = new Meter(title, theme);
        m_meters.emplace_back(QString::fromLatin1(key), made);
        row->addWidget(made, 1);
    };
    for (const Resource& resource : kResources)
        add(resource.key, QString::fromLatin1(resource.title));
    add("latency", tr("Latency"));
    add("ii", tr("Interval"));
    add("accuracy", tr("Accuracy"));
    add("agreement", tr("Agreement"));
    add("sqnr", tr("SQNR"));
    const auto refresh = [this] {
        refreshCost();
        refreshQuality();
    };
    connect(document, &Document::designChanged, this, refresh);
    connect(document, &Document::staleChanged, this, refresh);
    connect(document, &Document::costChanged, this, [this] { refreshCost(); });
    connect(document, &Document::qualityChanged, this, &BudgetStrip::refreshQuality);
    refresh();
}

Meter* BudgetStrip::meter(const QString& key) const
{
    for (const auto& [name, meter] : m_meters)
        if (name == key)
            return meter;
    return nullptr;
}

void BudgetStrip::refreshCost()
{
    const DesignView& view = m_document->view();
    if (!view.estimate) {
        QString why = tr("There is no estimate.");
        if (view.cost_problem)
            why = toQString(view.cost_problem->message());
        for (const char* key : {"lut", "ff", "dsp", "bram", "uram", "latency", "ii"})
            meter(QString::fromLatin1(key))->setReading(absent(why));
        return;
    }
    for (const Resource& resource : kResources)
        meter(QString::fromLatin1(resource.key))->setReading(readResource(view, resource));
    const bool hasUram = view.estimate->part.uram > 0 && view.estimate->total.uram.value > 0;
    meter(QStringLiteral("uram"))->setVisible(hasUram);
    meter(QStringLiteral("latency"))->setReading(readLatency(view));
    meter(QStringLiteral("ii"))->setReading(readInterval(view));
}

void BudgetStrip::refreshQuality()
{
    const DesignView& view = m_document->view();
    QString noLabels = tr("No labels are loaded.");
    if (view.evaluation && view.evaluation->is_synthetic)
        noLabels = tr("The samples are random numbers; load data to see the accuracy.");
    MeterReading accuracy = readShare(view, &Quality::accuracy, noLabels,
                                      tr("Share of samples whose class is the label, bit-accurate."));
    if (view.evaluation && view.evaluation->quality.reference_accuracy)
        accuracy.tool_tip += QLatin1Char('\n')
                             + tr("Reference: %1").arg(percentText(*view.evaluation->quality.reference_accuracy));
    meter(QStringLiteral("accuracy"))->setReading(accuracy);
    meter(QStringLiteral("agreement"))
        ->setReading(readShare(view, &Quality::agreement, tr("There is no reference run."),
                               tr("Share of samples with the class of the reference run.")));
    meter(QStringLiteral("sqnr"))->setReading(readSqnr(view));
}

} // namespace bitwright
