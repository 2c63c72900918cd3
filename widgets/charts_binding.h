// SPDX-License-Identifier: GPL-3.0-or-later
/// Feeds range and histogram charts from document and selection, and turns their drags into edits.
#pragma once

#include <QObject>

#include "numerics/number_format.h"

namespace bitwright {

class Document;
class HistogramChart;
class LayerEditor;
class RangeChart;
class SelectionHub;

class ChartsBinding final : public QObject {
    Q_OBJECT
public:
    struct Parts {
        Document* document;
        LayerEditor* editor;
        SelectionHub* selection;
        RangeChart* ranges;
        HistogramChart* histogram;
    };
    ChartsBinding(const Parts& parts, QObject* parent = nullptr);

private:
    void refresh();
    void refreshHistogram();
    void commit(const QString& source, const QString& layer, const FixedFormat& format, int number, bool isForAll);
    QString reason() const;

    Parts m;
};

} // namespace bitwright
